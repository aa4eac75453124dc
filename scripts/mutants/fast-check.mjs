// What tests import as "fast-check" while mutants are played: the same, with few runs of each property. A mutant that
// only many runs would find counts as one that nobody finds, so that the score is one that the tests keep for certain.
import fc from "fast-check";

const MOST_RUNS = 30;

const few = (parameters = {}) => ({ ...parameters, numRuns: Math.min(parameters.numRuns ?? MOST_RUNS, MOST_RUNS) });

export default { ...fc, assert: (property, parameters) => fc.assert(property, few(parameters)) };
