// Last part of the build: what the package ships. All of core/ is one file, what imports cdktf a second, the program two
// more: a start reads three files instead of seven hundred. Modules stand in them as functions that run when they are first
// asked for. Each entry of package.json is a line that asks, once as CommonJS and once as an ES module: both lead to the
// same classes, so that `instanceof` holds whichever way they came.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";
import { hovered } from "./hovers.mjs";
import { ROOT } from "./setup.mjs";

const DIST = `${ROOT}dist`;
const require = createRequire(import.meta.url);

/** Packages of which core/ needs functions only, none of them before something is asked. */
const PACKAGES = /^(?:ajv|diff|fflate|handlebars|js-yaml)(?:\/|$)/;

/** The entries of the package, by their path below it, and the module that each exports. */
const ENTRIES = {
  index: "index",
  core: "core/index",
  targets: "constructs/targets/index",
  aws: "constructs/targets/aws-target",
  docker: "constructs/targets/docker-target",
  kubernetes: "constructs/targets/kubernetes-target",
  testing: "constructs/testing/index",
  matchers: "matchers/index",
  "matchers/vitest": "matchers/vitest",
  "matchers/jest": "matchers/jest",
  "matchers/node-test": "matchers/node-test",
};

/** Where the tables of parameters are. */
const TABLES = "core/vocabulary/";

/** Entries that are imported for what they do to another package: as ES modules they import that one's ES module. */
const REGISTERING = ["matchers/vitest", "matchers/jest"];

/** `cdktf` and its fork bear the same constructs, which do not mix: exactly one has to be there. */
const DOOR = `
const found = ["cdktf", "cdktn"].filter((name) => {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
});
if (found.length !== 1) {
  const what = found.length === 0 ? "neither cdktf nor cdktn is installed" : "both cdktf and cdktn are installed, and their constructs do not mix";
  const fix = found.length === 0 ? "run \`npm install cdktf constructs\`" : "remove one of them";
  throw new Error(\`cdktf-httpd-balancer: \${what}; \${fix}\`);
}
module.exports = require(found[0]);
`;

const SHARED = {
  absWorkingDir: ROOT,
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

/** Modules that `compile-judges.mjs` wrote stand in dist/ only. */
const compiledJudges = {
  name: "compiled judges",
  setup({ onResolve }) {
    onResolve({ filter: /\/judge\.js$/ }, ({ path, resolveDir }) => {
      const from = relative(ROOT, resolve(resolveDir, path));
      return /^core\/(?:spec|scenario)\/judge\.js$/.test(from) ? { path: `${DIST}/${from}` } : undefined;
    });
  },
};

/** Modules of core/ that the other files ask core's for; gathered while those are built. */
const asked = new Set(["core/index"]);

/** What imports a module of core/ asks the file of core/ for it. */
const coreElsewhere = (file) => ({
  name: "core elsewhere",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.{1,2}\/.*\.js$/ }, ({ path, resolveDir, namespace }) => {
      if (namespace !== "file") return undefined;
      const name = relative(ROOT, resolve(resolveDir, path)).replace(/\.js$/, "");
      return name.startsWith("core/") ? { path: name, namespace: "core" } : undefined;
    });
    onResolve({ filter: /./, namespace: "core" }, ({ path }) => ({ path, external: true }));
    onLoad({ filter: /./, namespace: "core" }, ({ path }) => {
      asked.add(path);
      return { contents: `module.exports = require(${JSON.stringify(file)})(${JSON.stringify(path)});` };
    });
  },
});

const door = {
  name: "door to cdktf",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cdktf$/ }, ({ path }) => ({ path, namespace: "door" }));
    onLoad({ filter: /./, namespace: "door" }, () => ({ contents: DOOR, resolveDir: ROOT }));
  },
};

/** Packages are loaded when something of theirs is first used: few who import the constructs ever need them. */
const packagesWhenUsed = {
  name: "packages when used",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: PACKAGES }, ({ path, namespace }) =>
      namespace === "package" ? { path, external: true } : { path, namespace: "package" },
    );
    onLoad({ filter: /./, namespace: "package" }, ({ path }) => {
      const exported = require(path);
      const names = Object.getOwnPropertyNames(exported).filter((name) => /^(?!__)[A-Za-z_$][\w$]*$/.test(name));
      const rows = names.map((name) => `get ${name}() { return require(${JSON.stringify(path)}).${name}; },\n`);
      // Whoever imports asks for this mark at once.
      return { contents: `module.exports = {\n__esModule: ${exported.__esModule === true},\n${rows.join("")}};\n` };
    });
  },
};

/** A file that hands out modules by name, each loaded when it is first asked for. */
function modulesFile(names, outfile, plugins) {
  const rows = names.map((name) => `${JSON.stringify(name)}: () => require("./${name}.ts"),\n`).join("");
  const contents = `const MODULES = {\n${rows}};\nmodule.exports = (name) => MODULES[name]();\n`;
  return build({ ...SHARED, stdin: { contents, resolveDir: ROOT }, outfile: `${DIST}/${outfile}`, plugins });
}

/** The program is loaded with what an earlier run compiled of it. */
const compiledBefore = (files) => ({
  name: "compiled before",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/start\.js$/ }, ({ path, importer }) =>
      importer === `${ROOT}cli/main.ts` ? { path, namespace: "compiled" } : undefined,
    );
    onLoad({ filter: /./, namespace: "compiled" }, () => ({
      contents: `import { join } from "node:path";
        import { loadCompiled } from "./load-compiled.js";
        const load = (file, mark) => loadCompiled(join(__dirname, file), mark, (work) => process.once("exit", work));
        ${files.map((file) => `module.exports = load(${JSON.stringify(file)}, ${JSON.stringify(markOf(file))});`).join("\n")}`,
      resolveDir: `${ROOT}cli`,
    }));
  },
});

function markOf(file) {
  return createHash("sha256")
    .update(readFileSync(join(DIST, "cli", file)))
    .digest("hex")
    .slice(0, 16);
}

for (const folder of ["bundle", "cli", "entries", "types"]) {
  rmSync(`${DIST}/${folder}`, { recursive: true, force: true });
}

const started = `${DIST}/cli/start.js`;
await build({
  ...SHARED,
  entryPoints: ["cli/start.ts"],
  outfile: started,
  plugins: [coreElsewhere("../bundle/core.js")],
});
const shipped = Object.values(ENTRIES).filter((name) => name !== ENTRIES.core);
await modulesFile(shipped, "bundle/library.js", [door, coreElsewhere("./core.js")]);
await modulesFile([...asked].sort(), "bundle/core.js", [compiledJudges, packagesWhenUsed]);
const files = ["../bundle/core.js", "start.js"];
await build({ ...SHARED, entryPoints: ["cli/main.ts"], outdir: `${DIST}/cli`, plugins: [compiledBefore(files)] });

await Promise.all(Object.entries(ENTRIES).map(([entry, module]) => writeEntry(entry, module)));
copyTypes(Object.values(ENTRIES).map((module) => `${module}.d.ts`));

/** The three files of an entry: CommonJS, ES module, and the types of the latter. */
async function writeEntry(entry, module) {
  const up = (path) => {
    const found = relative(dirname(`entries/${entry}`), path);
    return found.startsWith(".") ? found : `./${found}`;
  };
  const file = entry === "core" ? "bundle/core.js" : "bundle/library.js";
  const write = (extension, text) => {
    mkdirSync(dirname(`${DIST}/entries/${entry}`), { recursive: true });
    writeFileSync(`${DIST}/entries/${entry}${extension}`, text);
  };
  // With `module.exports = require(...)` Node takes the file for a re-export and reads all of the other for its names.
  write(".js", `"use strict";\nconst load = require("${up(file)}");\nmodule.exports = load("${module}");\n`);
  if (REGISTERING.includes(entry)) {
    const matchers = (text) => text.replaceAll('"./matchers.js"', `"${up("entries/matchers.mjs")}"`);
    const types = readFileSync(`${DIST}/${module}.d.ts`, "utf8");
    write(".mjs", matchers(await asModule(module)));
    write(".d.mts", types.replaceAll(/"\.\/([\w-]+)\.js"/g, `"${up("types/matchers/$1.js")}"`));
    return;
  }
  const names = await exportsOf(module);
  write(".mjs", `import module from "${up(`entries/${entry}.js`)}";\nexport const { ${names.join(", ")} } = module;\n`);
  write(".d.mts", `export * from "${up(`types/${module}.js`)}";\n`);
}

/** A module in the words of JavaScript, its imports as they stand. */
async function asModule(module) {
  const built = await build({ absWorkingDir: ROOT, entryPoints: [`${module}.ts`], write: false, format: "esm" });
  return built.outputFiles[0].text;
}

/** Names of the values that a module exports. */
async function exportsOf(module) {
  const out = { write: false, metafile: true, outfile: "names.js" };
  const { metafile } = await build({ ...SHARED, ...out, entryPoints: [`${module}.ts`], format: "esm" });
  return Object.values(metafile.outputs)[0].exports;
}

/** Types that the entries reach, and no others, stand in dist/types. */
function copyTypes(first) {
  const wanted = [...first];
  const copied = new Set();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (copied.has(name) || !existsSync(`${DIST}/${name}`)) continue;
    copied.add(name);
    const text = readFileSync(`${DIST}/${name}`, "utf8");
    mkdirSync(dirname(`${DIST}/types/${name}`), { recursive: true });
    writeFileSync(`${DIST}/types/${name}`, name.startsWith(TABLES) ? hovered(text) : text);
    for (const [, path] of text.matchAll(/(?:from |import |import\()"(\.[^"]+)\.js"/g)) {
      wanted.push(`${join(dirname(name), path)}.d.ts`);
    }
  }
}
