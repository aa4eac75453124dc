/** Requests of each part of the article: those of (a) are clients of their own, the others one client's. */
export const PARTS = { a: 12, b: 7, c: 3, d: 6 } as const;

/** A part of the article. */
export type Part = keyof typeof PARTS;

/** The nodes that die and return. */
export const ACTIVES: readonly string[] = ["node1", "node2"];

/** The node that takes their place. */
export const STANDBY = "node3";

/** Seconds that a member stays in error. */
export const RETRY = 10;
