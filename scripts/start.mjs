// `npm start`: from a fresh clone to the article's httpd.conf and Terraform. Needs Node and npm packages, nothing else.
import { createRequire } from "node:module";
import { existsSync, rmSync } from "node:fs";
import { build, dependenciesAreStale, installDependencies, ROOT, runTool, step } from "./setup.mjs";

const OUT = "cdktf.out/stacks/active-passive";

step("installing packages", dependenciesAreStale() ? installDependencies : undefined, {
  failed: "The packages could not be installed. Check that npm reaches its registry, then run `npm start` again.",
});
step("compiling TypeScript", build, { failed: "The sources do not compile; see above." });
step("running `cdktf synth`", synthesize, { failed: "`cdktf synth` failed; see above." });

const require = createRequire(import.meta.url);
const { tour } = require("../dist/stacks/tour.js");
process.stdout.write(`${tour(ROOT)}\n`);

function synthesize() {
  rmSync(`${ROOT}cdktf.out`, { recursive: true, force: true });
  const result = runTool("cdktf-cli/bundle/bin/cdktf", ["synth"]);
  return { ...result, ok: result.ok && existsSync(`${ROOT}${OUT}/cdk.tf.json`) };
}
