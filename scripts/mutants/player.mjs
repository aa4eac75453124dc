// Runs in a process of its own, with the bundle of a room as its argument: plays all tests once and tells which mutants
// each reaches, then the tests of one mutant after the other, until one fails. The bundle is loaded anew each time, so
// that what modules remember of one mutant does not answer for the next.
import { createRequire } from "node:module";
import fc from "fast-check";

const [, , program] = process.argv;
const require = createRequire(import.meta.url);
const stryker = (globalThis.__stryker__ = {});

/** The tests of a fresh copy of everything. */
function loaded() {
  require.cache[program] = undefined;
  const { TESTS } = require(program);
  // A mutant is killed by the first failure: a smaller one would take time and tell nothing more.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true, verbose: 0 });
  return TESTS;
}

/** The reason why a test fails; undefined when it passes. */
async function failure(test) {
  try {
    for (const before of test.befores) await before();
    await test.body();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function playAll() {
  const tests = loaded();
  const failed = [];
  const milliseconds = [];
  for (const [index, test] of tests.entries()) {
    stryker.currentTestId = String(index);
    const start = performance.now();
    const reason = await failure(test);
    milliseconds.push(performance.now() - start);
    if (reason !== undefined) failed.push(`${test.name}: ${reason}`);
  }
  stryker.currentTestId = undefined;
  const { perTest = {}, static: once = {} } = stryker.mutantCoverage ?? {};
  return { failed, milliseconds, coverage: perTest, static: once };
}

/** True when a test finds the mutant, or the modules do not even load with it. */
async function found({ mutant, tests, hitLimit }) {
  Object.assign(stryker, { activeMutant: mutant, hitCount: 0, hitLimit, mutantCoverage: undefined });
  try {
    const all = loaded();
    for (const index of tests) if ((await failure(all[index])) !== undefined) return true;
    return false;
  } catch {
    return true;
  }
}

process.send(await playAll());
process.on("message", async (question) => {
  process.send({ found: await found(question) });
});
