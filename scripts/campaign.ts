import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { attackBalancers } from "./campaign/balancers.js";
import { attackCounterexamples } from "./campaign/counterexamples.js";
import { attackByNaiveSearch } from "./campaign/naive.js";
import { attackDeploys } from "./campaign/deploys.js";
import { attackByFuzz } from "./campaign/fuzz.js";
import { attackKubernetes } from "./campaign/kubernetes.js";
import { attackPromises } from "./campaign/promises.js";
import { attackRunbooks } from "./campaign/runbooks.js";
import { attackVerdicts } from "./campaign/verdicts.js";
import { attackWays } from "./campaign/ways.js";
import type { Attack, Find } from "./campaign/attack.js";

/*
 * Attacks with fresh seeds what the tests hold with fixed ones: the promises by walks of simulate and by a plain search,
 * counterexamples, runbooks, deploys, the way of a request and the balancers by a real httpd, manifests by a real API
 * server of Kubernetes. What differs is made as
 * small as it goes and written as a fixture, which a test plays from then on (those of `deploys` and `kubernetes`
 * are for a person to read). Then it ends with status 1.
 */

const ATTACKS: Readonly<Record<string, Attack>> = {
  promises: attackPromises,
  naive: attackByNaiveSearch,
  counterexamples: attackCounterexamples,
  runbooks: attackRunbooks,
  ways: attackWays,
  balancers: attackBalancers,
  verdicts: attackVerdicts,
  deploys: attackDeploys,
  fuzz: attackByFuzz,
  kubernetes: attackKubernetes,
};

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    seed: { type: "string" },
    only: { type: "string", multiple: true, default: Object.keys(ATTACKS) },
    out: { type: "string", default: join(__dirname, "../test/fixtures") },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000_007);
const chosen = values.only.flatMap((name) => {
  const attack = ATTACKS[name];
  if (attack === undefined)
    throw new Error(`--only: found '${name}', allowed is one of ${Object.keys(ATTACKS).join(", ")}`);
  return [[name, attack] as const];
});
const share = (60_000 * Number(values.minutes)) / chosen.length;

async function main(): Promise<void> {
  for (const [name, attack] of chosen) {
    const { counts, finds } = await attack(seed, Date.now() + share);
    for (const [what, count] of [...counts].sort()) console.log(`${name.padEnd(10)} ${what.padEnd(40)} ${count}`);
    for (const find of finds) write(name, find);
    console.log(`${name}: seed ${seed}, ${finds.length} finds`);
    if (finds.length > 0) process.exitCode = 1;
  }
}

function write(name: string, { place, fixture }: Find): void {
  const folder = join(values.out, name);
  const file = join(folder, `${seed}-${place}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify(fixture, null, 2)}\n`);
  console.log(`written: ${file}`);
}

void main();
