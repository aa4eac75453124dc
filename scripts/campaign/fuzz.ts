import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { randomOf } from "../../test/differential/random.js";
import { beginnings } from "../../test/fuzz/files.js";
import type { Beginnings } from "../../test/fuzz/files.js";
import { mutatedFile, playCase, randomCase } from "../../test/fuzz/play.js";
import type { Attacked, Find } from "./attack.js";

/** Mutated files of a kind that are kept to be mutated further, because their answer was a new one. */
const MOST_KEPT = 2_000;

/** Faults of which each is written: more of one campaign are mostly the same. */
const MOST_FINDS = 20;

/** What is played just now stands here, for the case that it never ends. */
const NOW = join(__dirname, "../../test-results/fuzz-now.json");

/** Mutated files over all commands; what is answered as nothing before is a beginning from then on. */
export async function attackByFuzz(seed: number, until: number): Promise<Attacked> {
  const counts = new Map<string, number>();
  const count = (what: string, by = 1): unknown => counts.set(what, (counts.get(what) ?? 0) + by);
  const finds: Find[] = [];
  const kept = keeper();
  mkdirSync(join(NOW, ".."), { recursive: true });
  const before = heapMegabytes();
  for (let place = 0; Date.now() < until && finds.length < MOST_FINDS; place++) {
    const { kind, ...fixture } = randomCase(randomOf(seed, place), kept.all());
    writeFileSync(NOW, JSON.stringify(fixture));
    const { fault, shape } = await playCase(fixture);
    count(`files: ${kind}`);
    if (kept.isNew(shape)) kept.keep(kind, mutatedFile(fixture));
    if (fault !== undefined) finds.push({ place, fixture: { ...fixture, fault } });
  }
  count("kinds of answers", kept.kinds());
  count("megabytes kept before", before);
  count("megabytes kept after", heapMegabytes());
  return { counts, finds };
}

interface Keeper {
  all(): Beginnings;
  isNew(shape: string): boolean;
  keep(kind: keyof Beginnings, text: string): void;
  kinds(): number;
}

/** The files to mutate, and the answers that were seen. */
function keeper(): Keeper {
  const shapes = new Set<number>();
  let all = beginnings();
  return {
    all: () => all,
    isNew(shape) {
      const known = shapes.size;
      return shapes.add(hashOf(shape)).size > known;
    },
    keep(kind, text) {
      all = { ...all, [kind]: [...all[kind], text].slice(-MOST_KEPT) };
    },
    kinds: () => shapes.size,
  };
}

function hashOf(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}

/** What is still held once everything that can go is gone. */
function heapMegabytes(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}
