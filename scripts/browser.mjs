// `npm run check:browser`: every file of core/ bundles for a browser, and the bundle starts where there is no Node.
import { readdirSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { ROOT } from "./setup.mjs";

const files = readdirSync(`${ROOT}core`, { recursive: true }).filter((name) => name.endsWith(".ts"));
const imports = files.map((name) => `import "./core/${name.replaceAll("\\", "/")}";\n`);
const bundle = await build({
  stdin: { contents: imports.join(""), resolveDir: ROOT },
  bundle: true,
  platform: "browser",
  format: "iife",
  treeShaking: false,
  write: false,
  logLevel: "error",
}).catch(() => undefined);
if (bundle === undefined) process.exit(1);

// What a browser and every other platform with JavaScript has, beside the language itself.
runInContext(bundle.outputFiles[0].text, createContext({ TextEncoder, TextDecoder, URL }));
process.stdout.write(
  `core: ${files.length} files start without Node, ${bundle.outputFiles[0].text.length} characters\n`,
);
