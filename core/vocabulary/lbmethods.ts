/** A load-balancing method that ships with httpd. */
export interface LbMethod {
  /** Module that registers it. */
  readonly module: string;
  /** Modules it needs beyond its own. */
  readonly needs: readonly string[];
  /** How it chooses, in one sentence. */
  readonly doc: string;
  /** False where httpd itself draws at random, so that only a distribution can be told. */
  readonly deterministic: boolean;
}

/** Load-balancing methods by their `lbmethod=` word; case counts. */
export const LB_METHODS = {
  byrequests: {
    module: "lbmethod_byrequests",
    needs: [],
    doc: "Counts requests: members take turns in proportion to their load factors.",
    deterministic: true,
  },
  bytraffic: {
    module: "lbmethod_bytraffic",
    needs: [],
    doc: "Counts bytes: the member with the least traffic per load factor.",
    deterministic: true,
  },
  bybusyness: {
    module: "lbmethod_bybusyness",
    needs: [],
    doc: "Counts requests under way: the least busy member, ties by requests.",
    deterministic: true,
  },
  heartbeat: {
    module: "lbmethod_heartbeat",
    needs: ["heartmonitor", "watchdog"],
    doc: "Draws at random in proportion to the idle slots that servers report.",
    deterministic: false,
  },
} as const satisfies Record<string, LbMethod>;

/** Word of a load-balancing method. */
export type LbMethodName = keyof typeof LB_METHODS;

/** True for the words of {@link LB_METHODS}. */
export function isLbMethodName(name: string): name is LbMethodName {
  return Object.hasOwn(LB_METHODS, name);
}
