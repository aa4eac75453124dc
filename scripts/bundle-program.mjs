// Last part of the build: the program of dist/cli/ in two files, one that answers `--version` and one with all the rest.
// A start reads one file instead of some two hundred; what a command does not need is not even compiled by Node.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./setup.mjs";

/** Modules that `compile-judges.mjs` wrote stand in dist/ only. */
const COMPILED_JUDGES = {
  name: "compiled judges",
  setup({ onResolve }) {
    onResolve({ filter: /\/judge\.js$/ }, ({ path, resolveDir }) => {
      const from = `${resolveDir.slice(ROOT.length)}/${path.slice(2)}`;
      return /^core\/(?:spec|scenario)\/judge\.js$/.test(from) ? { path: `${ROOT}dist/${from}` } : undefined;
    });
  },
};

/** In the first file, the second one is loaded with what an earlier run compiled of it. */
const secondFile = (mark) => ({
  name: "second file",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/start\.js$/ }, ({ path, importer }) =>
      importer === `${ROOT}cli/main.ts` ? { path, namespace: "compiled" } : undefined,
    );
    onLoad({ filter: /./, namespace: "compiled" }, () => ({
      contents: `import { loadCompiled } from "./load-compiled.js";
        module.exports = loadCompiled(__dirname + "/start.js", ${JSON.stringify(mark)}, (work) => process.once("exit", work));`,
      resolveDir: `${ROOT}cli`,
    }));
  },
});

const SHARED = {
  outdir: `${ROOT}dist/cli`,
  bundle: true,
  packages: "external",
  external: ["../../package.json"],
  platform: "node",
  target: "node20",
  format: "cjs",
  // `import()` has Node read the text twice more to find out what it exports; `require` has not.
  supported: { "dynamic-import": false },
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
};
const started = `${ROOT}dist/cli/start.js`;
await build({ ...SHARED, entryPoints: [`${ROOT}cli/start.ts`], plugins: [COMPILED_JUDGES] });
for (const name of readdirSync(dirname(started))) {
  if (name.endsWith(".cache")) rmSync(`${dirname(started)}/${name}`);
}
const mark = createHash("sha256").update(readFileSync(started)).digest("hex").slice(0, 16);
await build({ ...SHARED, entryPoints: [`${ROOT}cli/main.ts`], plugins: [secondFile(mark)] });
