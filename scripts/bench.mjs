// `npm run bench`: builds, runs every bench/*.ts and prints its ratios, each with the bar it has to stay below.
import { readdirSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { build, dependenciesAreStale, giveUp, installDependencies, quietEnvironment, ROOT } from "./setup.mjs";

if (dependenciesAreStale()) {
  const installed = installDependencies();
  if (!installed.ok) giveUp("The packages could not be installed; check the network.", installed.output);
}
const built = build();
if (!built.ok) giveUp("The sources do not compile; see above.", built.output);

const wanted = process.argv.slice(2);
const benches = readdirSync(`${ROOT}bench`).filter((name) => name.endsWith(".ts") && name !== "pairs.ts");
const chosen = benches.filter((name) => wanted.length === 0 || wanted.includes(name.slice(0, -3)));
const failed = chosen.filter((name) => {
  process.stdout.write(`# ${name}\n`);
  const words = ["--import", "tsx", `bench/${name}`];
  return spawnSync(process.execPath, words, { cwd: ROOT, env: quietEnvironment(), stdio: "inherit" }).status !== 0;
});
if (failed.length > 0) process.stdout.write(`failed: ${failed.join(", ")}\n`);
process.exitCode = failed.length === 0 && chosen.length > 0 ? 0 : 1;
