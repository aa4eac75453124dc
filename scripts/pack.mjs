// `npm pack` runs this last: what only the published package needs.
import { writeFileSync } from "node:fs";
import { ROOT } from "./setup.mjs";

/** `cdktf` and its fork bear the same constructs, which do not mix: exactly one has to be there. */
const DOOR = `"use strict";
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

writeFileSync(`${ROOT}dist/constructs/cdktf.js`, DOOR);
