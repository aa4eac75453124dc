import { existsIn } from "./versions.js";
import type { HttpdVersion } from "./versions.js";

/** A status bit of a worker: httpd's `proxy_wstat_tbl` (modules/proxy/mod_proxy.c). */
export interface StatusFlag {
  /** First version that knows the letter, from the tags of modules/proxy/mod_proxy.h. @default - every 2.4 */
  readonly since?: HttpdVersion;
  /** First version whose balancer-manager sets and clears it (`w_status_` of mod_proxy_balancer.c). @default - none */
  readonly managedSince?: HttpdVersion;
  /** The bit in `proxy_worker_shared.status`. */
  readonly bit: number;
  /** The word balancer-manager prints. */
  readonly text: string;
  /** Effect on selection, in one sentence. */
  readonly doc: string;
}

/** Status letters in the order balancer-manager prints their words. */
export const STATUS_FLAGS = {
  O: {
    bit: 0x001,
    text: "Init",
    doc: "Initialized; in a configuration it makes httpd skip the defaults (retry becomes 0).",
  },
  I: {
    managedSince: "2.4.0",
    bit: 0x002,
    text: "Ign",
    doc: "Ignore errors: never marked in error by a failed request, hence no failover.",
  },
  N: {
    managedSince: "2.4.0",
    bit: 0x004,
    text: "Drn",
    doc: "Draining: only requests whose session belongs to it are served.",
  },
  G: { since: "2.4.10", bit: 0x008, text: "Gen", doc: "Generic worker; no effect on selection." },
  U: { bit: 0x010, text: "Shut", doc: "Shut down: not usable." },
  D: { managedSince: "2.4.0", bit: 0x020, text: "Dis", doc: "Disabled: not usable, not even for its own sessions." },
  S: { managedSince: "2.4.21", bit: 0x040, text: "Stop", doc: "Stopped: not usable, and not health-checked." },
  E: { bit: 0x080, text: "Err", doc: "In error: not usable until its retry time has passed." },
  H: {
    managedSince: "2.4.0",
    bit: 0x100,
    text: "Stby",
    doc: "Hot standby: used when nothing else of its lbset is usable.",
  },
  R: {
    since: "2.4.34",
    managedSince: "2.4.34",
    bit: 0x800,
    text: "Spar",
    doc: "Hot spare: takes the place of an unusable member of its lbset.",
  },
  F: { bit: 0x200, text: "Free", doc: "Free slot; no effect on selection." },
  C: {
    since: "2.4.21",
    managedSince: "2.4.21",
    bit: 0x400,
    text: "HcFl",
    doc: "Health check failed: not usable until a health check passes.",
  },
} as const satisfies Record<string, StatusFlag>;

/** A letter of `status=`. */
export type StatusLetter = keyof typeof STATUS_FLAGS;

type Sign = "+" | "-";

/**
 * A `status=` value as its type can tell: one letter with its sign, which editors offer, or one that goes on. Letters in
 * lower case, which httpd takes too, are left to files.
 */
export type StatusText =
  `${Sign}${StatusLetter}` | StatusLetter | `${Sign | ""}${StatusLetter}${Sign | StatusLetter}${string}`;

/** The letters that an httpd knows, in the order of {@link STATUS_FLAGS}. */
export function lettersOf(httpd: HttpdVersion): string {
  const flags = Object.entries<StatusFlag>(STATUS_FLAGS);
  return flags.flatMap(([letter, { since }]) => (existsIn(httpd, since) ? [letter] : [])).join("");
}

/** The letters that balancer-manager of an httpd sets and clears. */
export function managedLetters(httpd: HttpdVersion): readonly StatusLetter[] {
  return Object.keys(STATUS_FLAGS)
    .filter(isStatusLetter)
    .filter((letter) => {
      const { managedSince }: StatusFlag = STATUS_FLAGS[letter];
      return managedSince !== undefined && existsIn(httpd, managedSince);
    });
}

/** Letters that make a worker unusable for every request (`PROXY_WORKER_NOT_USABLE_BITMAP`, modules/proxy/mod_proxy.h). */
export const NOT_USABLE: readonly StatusLetter[] = ["U", "D", "S", "E", "C"];

/** What a member is for. Every role but `active` is one status letter. */
export type Role = "active" | "standby" | "spare" | "drained" | "disabled" | "stopped";

/** The letter of each role, with the reader's words for it. */
export const ROLES = {
  active: { letter: undefined, doc: "Takes its share of the requests." },
  standby: { letter: "H", doc: "Serves only while no active or spare of its lbset is usable." },
  spare: { letter: "R", doc: "Takes the place of one unusable active of its lbset." },
  drained: { letter: "N", doc: "Serves its own sessions only." },
  disabled: { letter: "D", doc: "Serves nothing until it is enabled in balancer-manager." },
  stopped: { letter: "S", doc: "Serves nothing and is not health-checked." },
} as const satisfies Record<Role, { readonly letter: StatusLetter | undefined; readonly doc: string }>;

/** The letters set and cleared by a `status=` value, in the order read. */
export interface StatusChange {
  readonly set: ReadonlySet<StatusLetter>;
  readonly clear: ReadonlySet<StatusLetter>;
}

/**
 * Reads a `status=` value as `ap_proxy_set_wstatus` does (modules/proxy/proxy_util.c): `+` and `-` set the mode for all
 * letters that follow, letters in any case, no separators.
 *
 * @param letters - the letters known; those of {@link STATUS_FLAGS} unless an older httpd reads it
 * @returns undefined when httpd answers `Unknown status parameter option`
 */
export function readStatus(text: string, letters?: string): StatusChange | undefined {
  const set = new Set<StatusLetter>();
  const clear = new Set<StatusLetter>();
  let adding = true;
  let signOpen = false;
  for (const character of text) {
    if (!signOpen && (character === "+" || character === "-")) {
      adding = character === "+";
      signOpen = true;
      continue;
    }
    const letter = character.toUpperCase();
    if (!isStatusLetter(letter) || letters?.includes(letter) === false) return undefined;
    (adding ? set : clear).add(letter);
    (adding ? clear : set).delete(letter);
    signOpen = false;
  }
  return signOpen ? undefined : { set, clear };
}

/** True for the letters of {@link STATUS_FLAGS}, in upper case. */
export function isStatusLetter(letter: string): letter is StatusLetter {
  return Object.hasOwn(STATUS_FLAGS, letter);
}
