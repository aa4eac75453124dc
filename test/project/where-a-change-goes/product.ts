import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import type { Plugin } from "esbuild";
import type * as findings from "../../../constructs/findings.js";
import type * as contract from "../../../constructs/testing/target-contract.js";
import type * as layouts from "../../../constructs/httpd-layout.js";
import type * as core from "../../../core/index.js";
import type * as entry from "../../../index.js";
import type * as command from "../../support/command.js";
import { ROOT } from "./overlay.js";

/** What is asked of the program whose sources were changed. */
export type Product = typeof command & typeof core & typeof findings & typeof layouts & typeof contract & typeof entry;

const ENTRY = [
  ...["test/support/command.js", "core/index.js", "constructs/findings.js", "constructs/httpd-layout.js"],
  ...["constructs/testing/target-contract.js", "index.js"],
];

/** The entries, and deployment targets that were added: nothing in the program names a target, only users do. */
function entries(texts: ReadonlyMap<string, string>): string {
  const added = [...texts.keys()].filter(
    (file) => file.startsWith("constructs/targets/") && !existsSync(join(ROOT, file)),
  );
  return [...ENTRY, ...added.map((file) => file.replace(/\.ts$/, ".js"))]
    .map((path) => `export * from "./${path}";`)
    .join("\n");
}

/** The program with other texts in the place of some of its files. */
export async function productWith(texts: ReadonlyMap<string, string>): Promise<Product> {
  const home = join(ROOT, "test-results");
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, "change-"));
  const outfile = join(folder, "product.cjs");
  try {
    await build({
      stdin: { contents: entries(texts), resolveDir: ROOT },
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      packages: "external",
      logLevel: "error",
      plugins: [laidOver(texts)],
    });
    return createRequire(__filename)(outfile) as Product;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function laidOver(texts: ReadonlyMap<string, string>): Plugin {
  const paths = new Map([...texts].map(([file, text]) => [join(ROOT, file), text]));
  return {
    name: "changed sources",
    setup(builder) {
      builder.onResolve({ filter: /^\..*\.js$/ }, ({ path, resolveDir }) => {
        const source = join(resolveDir, path).replace(/\.js$/, ".ts");
        return paths.has(source) ? { path: source } : undefined;
      });
      builder.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = paths.get(path);
        return contents === undefined ? undefined : { contents, loader: "ts" };
      });
    },
  };
}
