// `npm run demo:review`: what a pull request's review says of the article's stack, as a comment, a page and a picture.
import { createRequire } from "node:module";
import { build, dependenciesAreStale, installDependencies, ROOT, step } from "./setup.mjs";

step("installing packages", dependenciesAreStale() ? installDependencies : undefined, {
  failed: "The packages could not be installed. Check that npm reaches its registry, then run it again.",
});
step("compiling TypeScript", build, { failed: "The sources do not compile; see above." });

const require = createRequire(import.meta.url);
const { reviewDemo } = require("../dist/stacks/review-demo.js");
process.stdout.write(`${reviewDemo(`${ROOT}cdktf.out/review`)}\n`);
