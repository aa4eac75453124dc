/** The seed of every generated case: one for all runs, so that a red run means a fault of the tree. Set SEED for others. */
export const SEED = Number(process.env["SEED"] ?? 767_995_324);
