import type { KindCodec } from "./kind.js";
import { choiceKind, flagKind, separatorKind } from "./kinds/words.js";
import { codesKind, factorKind, integerKind } from "./kinds/numbers.js";
import { lifetimeKind, millisecondsKind, secondsKind, timeKind } from "./kinds/times.js";
import { providerKind, referenceKind, statusKind, textKind } from "./kinds/texts.js";
import type { Parameter, ParameterValue } from "./parameter.js";

/** One codec a kind of value; a new kind does not compile until it is here. */
export const KINDS = {
  integer: integerKind,
  seconds: secondsKind,
  time: timeKind,
  milliseconds: millisecondsKind,
  lifetime: lifetimeKind,
  factor: factorKind,
  flag: flagKind,
  choice: choiceKind,
  text: textKind,
  status: statusKind,
  codes: codesKind,
  separator: separatorKind,
  provider: providerKind,
  reference: referenceKind,
} satisfies { readonly [K in Parameter["kind"]]: KindCodec<Extract<Parameter, { kind: K }>, ParameterValue> };
