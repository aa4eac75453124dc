// What tests import as "vitest" while mutants are played: all of a room's tests in one process, again and again, where a
// test runner would start anew for each mutant. Only what the tests of core/ use.
import { expect as expectOf } from "expect";

/** Every test, in the order of the files. */
export const TESTS = [];

let around = "";
let befores = [];

/** A second argument, vitest's remark about the value, is left out. */
export const expect = Object.assign((value) => expectOf(value), expectOf);

export function describe(name, body) {
  const [outerName, outerBefores] = [around, befores];
  around = `${around}${name} > `;
  befores = [...befores];
  body();
  [around, befores] = [outerName, outerBefores];
}

export function it(name, ...rest) {
  const body = rest.find((one) => typeof one === "function");
  TESTS.push({ name: `${around}${name}`, body, befores });
}

export function beforeAll(body) {
  let done;
  befores.push(() => (done ??= Promise.resolve(body())));
}

/** Each row is a test; an array is spread over its parameters. */
const eachOf = (one) => (rows) => (name, body, limit) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row];
    one(`${name} (${values.map((value) => String(JSON.stringify(value))).join(", ")})`, () => body(...values), limit);
  }
};
const forOf = (one) => (rows) => (name, body) => {
  for (const row of rows) one(`${name} (${String(JSON.stringify(row))})`, () => body(row));
};
for (const one of [it, describe])
  Object.assign(one, { each: eachOf(one), for: forOf(one), skipIf: (no) => (no ? () => {} : one) });
export const test = it;
