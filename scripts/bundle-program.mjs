// Last part of the build: the program of dist/cli/ in two files, one that answers `--version` and one with all the rest.
// A start reads one file instead of some two hundred; what a command does not need is not even compiled by Node.
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

/** The second file; another module of that name, in another folder, is a part of it. */
const SECOND_FILE = {
  name: "second file",
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/start\.js$/ }, ({ path, importer }) =>
      importer === `${ROOT}cli/main.ts` ? { path, external: true } : undefined,
    );
  },
};

await build({
  entryPoints: [`${ROOT}cli/main.ts`, `${ROOT}cli/start.ts`],
  outdir: `${ROOT}dist/cli`,
  bundle: true,
  packages: "external",
  external: ["../../package.json"],
  plugins: [COMPILED_JUDGES, SECOND_FILE],
  platform: "node",
  target: "node20",
  format: "cjs",
  // `import()` has Node read the text twice more to find out what it exports; `require` has not.
  supported: { "dynamic-import": false },
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
});
