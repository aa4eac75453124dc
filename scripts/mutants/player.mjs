// Runs in a process of its own: plays all tests once and tells which mutants each reaches, then the tests of one mutant
// after the other, until one fails.
import fc from "fast-check";
import { TESTS } from "vitest";

const stryker = (globalThis.__stryker__ ??= {});

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

export async function play() {
  // A mutant is killed by the first failure: a smaller one would take time and tell nothing more.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true, verbose: 0 });
  const failed = [];
  const milliseconds = [];
  for (const [index, test] of TESTS.entries()) {
    stryker.currentTestId = String(index);
    const start = performance.now();
    const reason = await failure(test);
    milliseconds.push(performance.now() - start);
    if (reason !== undefined) failed.push(`${test.name}: ${reason}`);
  }
  stryker.currentTestId = undefined;
  const { perTest = {} } = stryker.mutantCoverage ?? {};
  process.send({
    failed,
    milliseconds,
    names: TESTS.map(({ name }) => name),
    coverage: perTest,
    static: stryker.mutantCoverage?.static ?? {},
  });
  stryker.mutantCoverage = undefined;
  process.on("message", async ({ mutant, tests, hitLimit }) => {
    Object.assign(stryker, { activeMutant: mutant, hitCount: 0, hitLimit });
    let killer;
    for (const index of tests) {
      if ((await failure(TESTS[index])) === undefined) continue;
      killer = index;
      break;
    }
    stryker.activeMutant = undefined;
    process.send({ mutant, killer });
  });
}
