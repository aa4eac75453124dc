// `npm run deploy`: `cdktf deploy` of the article on this machine, with Terraform's built-in provider and a real httpd.
// `npm run destroy` stops exactly what was started.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { build, dependenciesAreStale, giveUp, installDependencies, ROOT, run, runTool, step } from "./setup.mjs";

const RECORD = `${ROOT}run/demo.json`;
const REQUESTS = 12;
const command = process.argv[2] === "destroy" ? "destroy" : "deploy";

step("installing packages", dependenciesAreStale() ? installDependencies : undefined, {
  failed: "The packages could not be installed. Check that npm reaches its registry, then run this again.",
});
step("compiling TypeScript", build, { failed: "The sources do not compile; see above." });
const reason = missing();
if (reason !== undefined) giveUp(reason, "");
step(`running \`cdktf ${command}\``, cdktf, { failed: `\`cdktf ${command}\` failed; see above.` });
if (command === "deploy") await show();

function cdktf() {
  const app = ["--app", "node dist/stacks/demo.js", "--output", "cdktf.demo.out"];
  return runTool("cdktf-cli/bundle/bin/cdktf", [command, "--auto-approve", ...app, "demo"]);
}

/** The one sentence about what is not there, or undefined. */
function missing() {
  if (!run("terraform", ["-version"]).ok) {
    return "terraform is not on PATH; install terraform 1.5 or newer, then run this again.";
  }
  try {
    createRequire(import.meta.url)("../dist/live/program.js").findHttpd(process.env);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** Asks the running httpd and shows who answers. */
async function show() {
  const gone = "The demo does not answer: it ended since it was deployed. Run `npm run destroy`, then deploy it again.";
  if (!existsSync(RECORD)) giveUp(gone, "");
  const { url, names } = JSON.parse(readFileSync(RECORD, "utf8"));
  const served = [];
  for (let request = 0; request < REQUESTS; request++) {
    const response = await fetch(url).catch(() => giveUp(gone, ""));
    await response.arrayBuffer();
    served.push(names[response.headers.get("x-stub-node")] ?? `httpd:${response.status}`);
  }
  process.stdout.write(`httpd serves at ${url}\n`);
  process.stdout.write(`  asked ${REQUESTS} times    ${served.join(" ")}\n`);
  process.stdout.write(`  ask it yourself   curl -i ${url}\n`);
  process.stdout.write("  stop it           npm run destroy\n");
}
