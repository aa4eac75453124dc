/** What mod_jk reads from a workers.properties, as far as this project understands it; a member's words stay mod_jk's. */
export interface JkWorkers {
  readonly balancers: readonly JkBalancer[];
  /** Seconds between two looks at members in error; all counters are halved then. */
  readonly maintain: number;
  /** Name of the worker that shows and changes the state; undefined for none. */
  readonly status: string | undefined;
}

/** A worker of `type=lb`. */
export interface JkBalancer {
  readonly name: string;
  readonly members: readonly JkMember[];
  /** Undefined where sessions do not stick. */
  readonly sticky: JkSticky | undefined;
  /** How requests are counted. */
  readonly method: JkMethod;
  /** Seconds after which a member in error may be tried again. */
  readonly recoverTime: number;
  /** Everything else that is set, by its word. */
  readonly others: Readonly<Record<string, string>>;
}

/** Requests, sessions, traffic, busyness, or the next one in turn. */
export type JkMethod = "R" | "S" | "T" | "B" | "N";

/** Where the route of a session is found. */
export interface JkSticky {
  readonly cookie: string;
  /** With the character in front of it: `;jsessionid`. */
  readonly path: string;
  /** A session whose member is gone is answered by an error. */
  readonly force: boolean;
}

/** A worker of `type=ajp13` that a balancer uses. */
export interface JkMember {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Name that its sessions carry. mod_jk takes the worker's name where none is set. */
  readonly route: string;
  readonly lbfactor: number;
  /** Members of a larger one are used only while none of a smaller one is usable. */
  readonly distance: number;
  readonly activation: "active" | "disabled" | "stopped";
  /** Everything else that is set, by its word. */
  readonly others: Readonly<Record<string, string>>;
}

/** mod_jk's own values where a file says nothing. */
export const JK_DEFAULTS = { port: 8009, lbfactor: 1, distance: 0, recoverTime: 60, maintain: 60 } as const;

/** Route of a worker whose sessions carry none: no server bears it, so that nothing sticks to the worker. */
export function unroutedName(worker: string): string {
  return `${worker}-without-route`;
}
