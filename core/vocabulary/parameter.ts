import type { TimeUnit } from "../httpd/number.js";
import type { Duration } from "./duration.js";
import type { LbMethodName } from "./lbmethods.js";
import type { HttpdVersion } from "./versions.js";

/** Values of a parameter that came with a version; an older httpd refuses or misreads them. */
export interface NewerValues {
  readonly since: HttpdVersion;
  /** Finds them in the text that httpd reads. */
  readonly pattern: RegExp;
  /** What they are, for messages and docs. */
  readonly values: string;
}

/** How httpd before a version read a parameter that later ones read otherwise. */
export interface EarlierForm {
  /** First version that read it so. @default - the one that brought the word */
  readonly from?: HttpdVersion;
  readonly before: HttpdVersion;
  /** What differs from the entry. */
  readonly as: ReadForm;
}

/** What every entry of a table of parameters says. */
interface Described {
  /** Meaning in one sentence, for editors, schema and docs. */
  readonly doc: string;
  /** What httpd does when the parameter is absent, in words. */
  readonly defaultDoc: string;
  /** First httpd version that knows the word. */
  readonly since?: HttpdVersion;
  /** Values that came later than the word. */
  readonly newer?: readonly NewerValues[];
  /** How older versions read it. @default - as the entry says */
  readonly earlier?: readonly EarlierForm[];
  /** Module that has to be loaded for httpd to know the word, beyond mod_proxy and mod_proxy_balancer. */
  readonly module?: string;
  /** The directive that sets it, where it is one of its own, as httpd's manual spells it. */
  readonly directive?: string;
  /** True for a setting that httpd takes in the main server only. */
  readonly mainOnly?: true;
  /** True when a value must not appear in reports, logs or comments. */
  readonly secret?: boolean;
}

/** A whole number read with `atoi` or `atol`. */
export interface IntegerParameter extends Described {
  readonly kind: "integer";
  readonly min: number;
  /** @default - no upper limit but int32 */
  readonly max?: number;
  /** True when it is read with `atol`, which keeps 64 bits. */
  readonly wide?: boolean;
  /** True when 0 is allowed although it is below `min`. */
  readonly orZero?: boolean;
  readonly default?: number;
  readonly error: string;
}

/** A time in whole seconds, read with `atoi`: httpd ignores a unit. */
export interface SecondsParameter extends Described {
  readonly kind: "seconds";
  readonly min: number;
  readonly default?: Duration;
  readonly error: string;
}

/** A time with an optional unit, read with `ap_timeout_parameter_parse`. */
export interface TimeParameter extends Described {
  readonly kind: "time";
  readonly defaultUnit: TimeUnit;
  readonly minMilliseconds: number;
  readonly default?: Duration;
  readonly formatError: string;
  readonly error: string;
  /** True where a negative time is read, and is then too short (httpd before 2.4.49). */
  readonly signed?: boolean;
}

/** A time in whole milliseconds, read with `atoi`. */
export interface MillisecondsParameter extends Described {
  readonly kind: "milliseconds";
  readonly max: number;
  readonly default?: Duration;
  readonly error: string;
}

/** Whole seconds, or -1 for "for ever". */
export interface LifetimeParameter extends Described {
  readonly kind: "lifetime";
  readonly default?: Duration | "forever";
  readonly error: string;
}

/** A weight: `strtod`, times 100, truncated to hundredths. */
export interface FactorParameter extends Described {
  readonly kind: "factor";
  readonly min: number;
  readonly max: number;
  readonly default: number;
  readonly error: string;
}

/** `On` or `Off`, any case. */
export interface FlagParameter extends Described {
  readonly kind: "flag";
  readonly default: boolean;
  readonly error: string;
}

/** One of a few words, any case. */
export interface ChoiceParameter extends Described {
  readonly kind: "choice";
  readonly values: readonly string[];
  /** Words httpd knows and refuses, with a sentence of their own: they are not implemented. */
  readonly unimplemented?: readonly string[];
  /** Words that are implemented when mod_proxy_ajp is loaded; not offered to users of this project. */
  readonly withAjp?: readonly string[];
  readonly default: string;
  readonly error: string;
}

/** Text up to a length. */
export interface TextParameter extends Described {
  readonly kind: "text";
  /** Longest text accepted, in bytes. */
  readonly maxLength: number;
  /** True when httpd cuts longer text silently instead of refusing it. */
  readonly cut?: boolean;
  readonly default?: string;
  readonly error: string;
}

/** Status letters with `+` and `-`. */
export interface StatusParameter extends Described {
  readonly kind: "status";
  /** The letters known. @default - all of `STATUS_FLAGS` */
  readonly letters?: string;
  readonly error: string;
}

/** HTTP status codes, separated by commas. */
export interface CodesParameter extends Described {
  readonly kind: "codes";
  readonly min: number;
  readonly max: number;
  readonly error: string;
}

/** One character, or `Off`. */
export interface SeparatorParameter extends Described {
  readonly kind: "separator";
  readonly default: string;
  readonly error: string;
}

/** The name of a load-balancing method whose module is loaded; case counts. */
export interface ProviderParameter extends Described {
  readonly kind: "provider";
  readonly default: string;
  readonly error: string;
}

/** The name of something defined before: a health-check template or expression; any case. */
export interface ReferenceParameter extends Described {
  readonly kind: "reference";
  readonly refersTo: "health-check-template" | "health-check-expression";
  /** Sentence of httpd; the name found is appended. */
  readonly error: string;
}

/** One entry of a table of parameters. */
export type Parameter =
  | IntegerParameter
  | SecondsParameter
  | TimeParameter
  | MillisecondsParameter
  | LifetimeParameter
  | FactorParameter
  | FlagParameter
  | ChoiceParameter
  | TextParameter
  | StatusParameter
  | CodesParameter
  | SeparatorParameter
  | ProviderParameter
  | ReferenceParameter;

/** The ways of reading: an entry without what is said about it, in part. */
export type ReadForm = PartOf<Parameter>;

type PartOf<P> = P extends Parameter ? Partial<Omit<P, keyof Described>> : never;

/** A table of parameters: the key is httpd's word in lower case. */
export type ParameterTable = Readonly<Record<string, Parameter>>;

/** A value of any parameter. */
export type ParameterValue = number | boolean | string | Duration | readonly number[];

interface ValueOfKind {
  readonly integer: number;
  readonly seconds: Duration;
  readonly time: Duration;
  readonly milliseconds: Duration;
  readonly lifetime: Duration | "forever";
  readonly factor: number;
  readonly flag: boolean;
  readonly text: string;
  readonly status: string;
  readonly codes: readonly number[];
  readonly separator: string;
  readonly provider: LbMethodName;
  readonly reference: string;
}

type ValueOf<P extends Parameter> = P extends ChoiceParameter
  ? P["values"][number]
  : P["kind"] extends keyof ValueOfKind
    ? ValueOfKind[P["kind"]]
    : never;

/** The sparse, typed values of a table: what a user may set, nothing else. */
export type ParametersOf<T extends ParameterTable> = { readonly [K in keyof T]?: ValueOf<T[K]> };
