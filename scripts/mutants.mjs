// `npm run mutants -- ROOM... [PART]`: changes core/ROOM in one place at a time and asks whether a test of the fast lane
// fails. PART is a word of the paths of some files, or `2/5` for the second fifth of them.
// Stryker makes the changes; its own runner starts a test runner for each, which takes seconds, so all tests of a room
// are bundled and played in one process instead. Ends with status 1 when less than 80 of 100 changes are found.
import { fork } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInstrumenter } from "@stryker-mutator/instrumenter";
import { build } from "esbuild";
import { createInjector } from "typed-inject";
import { ROOT } from "./setup.mjs";

/** Rooms, with the folders of test/core/ whose tests are theirs: their own, and those of what stands right on them. */
const ROOMS = {
  httpd: ["httpd", "check"],
  check: ["check"],
  model: ["model"],
};
const BAR = 80;
/** Silence of the player, milliseconds, after which a mutant counts as found: tests do not take ten times as long. */
const patienceFor = (milliseconds) => 10_000 + 10 * milliseconds;
/** Tests that take longer, milliseconds, are not played for each mutant. */
const SLOW = 1_000;
const OUT = `${ROOT}test-results/mutants`;

const quiet = new Proxy({}, { get: (_, name) => (name.startsWith("is") ? () => false : () => {}) });

function filesOf(folder, pattern) {
  const names = readdirSync(`${ROOT}${folder}`, { recursive: true }).filter((name) => pattern.test(name));
  return names.sort().map((name) => `${folder}/${name}`);
}

/** Of a room's files those whose path has the word in it, or of `2/5` every fifth one from the second on. */
function isWanted(word) {
  const [, part, parts] = /^([0-9]+)\/([0-9]+)$/.exec(word ?? "") ?? [];
  if (parts !== undefined) return (_path, index) => index % Number(parts) === Number(part) - 1;
  return (path) => word === undefined || path.includes(word);
}

async function mutantsOf(room, wanted) {
  const paths = filesOf(`core/${room}`, /(?<!\.generated)\.ts$/);
  const files = paths
    .filter(isWanted(wanted))
    .map((name) => ({ name: `${ROOT}${name}`, mutate: true, content: readFileSync(`${ROOT}${name}`, "utf8") }));
  const instrumenter = createInjector().provideValue("logger", quiet).injectFunction(createInstrumenter);
  // A text that is another one is no other behaviour: sentences are tested as structures.
  const options = { ignorers: [], plugins: null, excludedMutations: ["StringLiteral"] };
  const { files: mutated, mutants } = await instrumenter.instrument(files, options);
  return { files: mutated, mutants: mutants.filter(({ status }) => status !== "Ignored") };
}

async function bundled(room, texts) {
  const fast = ROOMS[room].flatMap((folder) => filesOf(`test/core/${folder}`, /(?<!\.real|\.long)\.test\.ts$/));
  const imports = ["test/support/setup.ts", ...fast].map((path) => `import ${JSON.stringify(`./${path}`)};`);
  const outfile = `${OUT}/${room}.cjs`;
  await build({
    stdin: {
      contents: [...imports, 'export { TESTS } from "vitest";'].join("\n"),
      resolveDir: ROOT,
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    packages: "external",
    // package.json tells bundlers that tests have no effect.
    ignoreAnnotations: true,
    alias: { vitest: `${ROOT}scripts/mutants/vitest.mjs` },
    logLevel: "error",
    plugins: [{ name: "mutants", setup: (builder) => resolved(builder, texts) }],
  });
  return outfile;
}

/** Tests get the mutated files, and few runs of each property. */
function resolved(builder, texts) {
  const few = `${ROOT}scripts/mutants/fast-check.mjs`;
  builder.onLoad({ filter: /\.ts$/ }, ({ path }) => loaded(path, texts));
  builder.onResolve({ filter: /^fast-check$/ }, ({ importer }) =>
    importer === few ? { path: "fast-check", external: true } : { path: few },
  );
}

/** The mutated text of a file; a test's own folder is where it stands, not where the bundle does. */
function loaded(path, texts) {
  const text = texts.get(path) ?? readFileSync(path, "utf8");
  const folder = path.startsWith(`${ROOT}test/`) ? `const __dirname = ${JSON.stringify(dirname(path))};\n` : "";
  return { contents: `${folder}${text}`, loader: "ts" };
}

/** A process that plays tests; `ask` gives it a mutant and waits. */
async function started(program) {
  const child = fork(`${ROOT}scripts/mutants/player.mjs`, [program], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: ["--stack-size=1500"],
  });
  const answer = (patience) =>
    new Promise((resolve) => {
      const timer = setTimeout(() => finish(undefined), patience);
      const finish = (value) => {
        clearTimeout(timer);
        child.off("message", finish).off("exit", gone);
        resolve(value);
      };
      const gone = () => finish(undefined);
      child.once("message", finish).once("exit", gone);
    });
  const first = await answer(600_000);
  return {
    first,
    ask: (question, patience) => {
      child.send(question);
      return answer(patience);
    },
    end: () => child.kill("SIGKILL"),
  };
}

/** Which quick tests reach a mutant, quickest first, how often all of them do, and how long they take. */
function reachedBy(id, { coverage, milliseconds }) {
  const reaching = Object.keys(coverage).filter((index) => coverage[index][id] > 0);
  const tests = reaching.map(Number).filter((index) => milliseconds[index] <= SLOW);
  const sum = (valueOf) => tests.reduce((all, index) => all + valueOf(index), 0);
  return {
    tests: tests.sort((a, b) => milliseconds[a] - milliseconds[b]),
    hits: sum((index) => coverage[index][id]),
    patience: patienceFor(sum((index) => milliseconds[index])),
  };
}

async function played(room, wanted) {
  const { files, mutants } = await mutantsOf(room, wanted);
  const program = await bundled(room, new Map(files.map(({ name, content }) => [name, content])));
  let player = await started(program);
  const { first } = player;
  if (first === undefined || first.failed.length > 0) {
    throw new Error(`tests fail without a mutant:\n${first?.failed.join("\n") ?? "no answer"}`);
  }
  const results = [];
  for (const mutant of mutants) {
    // What runs only while modules are loaded cannot be switched any more.
    const { tests, hits, patience } = reachedBy(mutant.id, first);
    if (tests.length === 0 && first.static[mutant.id] > 0) continue;
    let state = "survived";
    if (tests.length === 0) state = "not reached";
    else {
      const answer = await player.ask({ mutant: mutant.id, tests, hitLimit: 100 * hits + 1_000 }, patience);
      if (answer === undefined) {
        player.end();
        player = await started(program);
      }
      if (answer === undefined || answer.found) state = "killed";
    }
    results.push({ ...mutant, file: mutant.fileName.slice(ROOT.length), state });
  }
  player.end();
  return results;
}

const percent = (part, whole) => (whole === 0 ? 100 : (100 * part) / whole);
const killed = (results) => results.filter(({ state }) => state === "killed").length;

function told(room, results) {
  const byFile = grouped(results);
  for (const [file, own] of byFile) {
    process.stdout.write(
      `${percent(killed(own), own.length).toFixed(0).padStart(4)} % ${file} (${killed(own)} of ${own.length})\n`,
    );
    for (const { state, location, mutatorName, replacement } of own.filter((one) => one.state !== "killed")) {
      const text = replacement.replaceAll(/\s+/g, " ").slice(0, 70);
      process.stdout.write(
        `       ${state} ${location.start.line + 1}:${location.start.column + 1} ${mutatorName} ${text}\n`,
      );
    }
  }
  const score = percent(killed(results), results.length);
  process.stdout.write(
    `core/${room}: ${killed(results)} of ${results.length} mutants are found, ${score.toFixed(1)} % (bar ${BAR})\n`,
  );
  return score;
}

function grouped(results) {
  const byFile = new Map();
  for (const one of results) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
  return byFile;
}

mkdirSync(OUT, { recursive: true });
const [rooms, parts] = [
  process.argv.slice(2).filter((word) => word in ROOMS),
  process.argv.slice(2).filter((word) => !(word in ROOMS)),
];
for (const room of rooms.length === 0 ? Object.keys(ROOMS) : rooms) {
  const results = await played(room, parts[0]);
  writeFileSync(`${OUT}/${room}.json`, JSON.stringify(results, undefined, 1));
  if (told(room, results) < BAR) process.exitCode = 1;
}
