import type { EffectiveBalancer } from "../topology/effective.js";
import type { Cluster, Member } from "../topology/topology.js";
import { seconds } from "../vocabulary/duration.js";
import { isLbMethodName } from "../vocabulary/lbmethods.js";
import { managedLetters } from "../vocabulary/status.js";
import { without } from "../vocabulary/without.js";
import type { HttpdVersion } from "../vocabulary/versions.js";
import type { LiveBalancer, LiveWorker } from "./live-state.js";
import { statusLetters } from "./shown-status.js";

/**
 * A value that balancer-manager shows and operators set there: the one place that says how it reads on both sides, as texts
 * that are equal where it is the same, and how a description says it. A text is undefined where it is not shown.
 */
interface LiveValue<Declared, Live, Parameters> {
  /** httpd's word for it, and the key of the parameter. */
  readonly what: keyof Parameters & string;
  readonly declared: (declared: Declared, version: HttpdVersion) => string | undefined;
  readonly live: (live: Live, version: HttpdVersion) => string | undefined;
  /** The parameter that says it: none where a description says it with nothing; undefined where no description can. */
  readonly written: (text: string) => Parameters | undefined;
}

/** What a description and balancer-manager both know of a member. */
type ShownMember = Pick<LiveWorker, "status" | "lbfactor" | "lbset" | "route" | "redirect">;

/** The values of a member. */
export const MEMBER_VALUES: readonly LiveValue<ShownMember, ShownMember, Member["parameters"]>[] = [
  ofMember("status", statusText, (text) => (text.startsWith("+") ? { status: text } : {})),
  ofMember(
    "loadfactor",
    ({ lbfactor }) => String(lbfactor / 100),
    (text) => ({ loadfactor: Number(text) }),
  ),
  ofMember(
    "lbset",
    ({ lbset }) => String(lbset),
    (text) => ({ lbset: Number(text) }),
  ),
  ofMember(
    "route",
    ({ route }) => route,
    (text) => (text === "" ? {} : { route: text }),
  ),
  ofMember(
    "redirect",
    ({ redirect }) => redirect,
    (text) => (text === "" ? {} : { redirect: text }),
  ),
];

/** The values of a balancer itself. */
export const BALANCER_VALUES: readonly LiveValue<EffectiveBalancer, LiveBalancer, Cluster["parameters"]>[] = [
  {
    what: "lbmethod",
    declared: ({ lbmethod }) => lbmethod,
    live: ({ lbmethod }) => lbmethod,
    written: (text) => (isLbMethodName(text) ? { lbmethod: text } : undefined),
  },
  {
    what: "timeout",
    declared: ({ timeout }) => String(timeout / 1_000_000n),
    live: ({ timeout }) => String(timeout),
    written: (text) => ({ timeout: seconds(Number(text)) }),
  },
  {
    what: "stickysession",
    declared: ({ sticky }) => sticky?.cookie ?? "",
    live: ({ stickysession }) => stickysession,
    written: (text) => (text === "" ? {} : { stickysession: text }),
  },
  {
    what: "maxattempts",
    declared: ({ maxAttempts }) => String(maxAttempts),
    live: ({ maxattempts }) => (maxattempts === undefined ? undefined : String(maxattempts)),
    written: (text) => ({ maxattempts: Number(text) }),
  },
  {
    // Shown only where sessions stick.
    what: "nofailover",
    declared: ({ sticky, nofailover }) => (sticky === undefined ? undefined : onOff(nofailover)),
    live: ({ stickysession, nofailover }) => (stickysession === "" ? undefined : onOff(nofailover)),
    written: (text) => ({ nofailover: text === "On" }),
  },
];

/** The same word on both sides. */
function ofMember(
  what: keyof Member["parameters"],
  text: (shown: ShownMember, version: HttpdVersion) => string,
  written: (text: string) => Member["parameters"],
): (typeof MEMBER_VALUES)[number] {
  return { what, declared: text, live: text, written };
}

/** Without HcFl, which is what health checks found, and no operator's word. */
function statusText({ status }: ShownMember, version: HttpdVersion): string {
  const managed = managedLetters(version).filter((letter) => letter !== "C");
  return statusLetters(new Set(managed.filter((letter) => status.has(letter))));
}

function onOff(flag: boolean): string {
  return flag ? "On" : "Off";
}

/** A value as it is told of both sides. */
interface TwoTexts {
  readonly what: string;
  readonly declared: string;
  readonly live: string;
}

/** The values of a table that both sides show, and show otherwise. */
export function otherTexts<Declared, Live, Parameters>(
  values: readonly LiveValue<Declared, Live, Parameters>[],
  [declared, live]: readonly [Declared, Live],
  version: HttpdVersion,
): readonly TwoTexts[] {
  return values.flatMap((value) => {
    const [file, shown] = [value.declared(declared, version), value.live(live, version)];
    return file === undefined || shown === undefined || file === shown
      ? []
      : [{ what: value.what, declared: file, live: shown }];
  });
}

/** Parameters in which the live values of a table stand, each only where the file says another one. */
export function withLiveValues<Declared, Live, Parameters extends object>(
  values: readonly LiveValue<Declared, Live, Parameters>[],
  parameters: Parameters,
  [declared, live]: readonly [Declared, Live],
  version: HttpdVersion,
): Parameters {
  return values.reduce((written, value) => {
    const shown = value.live(live, version);
    const own = shown === undefined || shown === value.declared(declared, version) ? undefined : value.written(shown);
    if (own === undefined) return written;
    return { ...without(written, value.what), ...own };
  }, parameters);
}
