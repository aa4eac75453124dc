import { printParameter, readParameter } from "../../vocabulary/codec.js";
import { isDuration, millis } from "../../vocabulary/duration.js";
import { HEALTH_CHECK_PARAMETERS } from "../../vocabulary/health-check.js";
import type { Parameter } from "../../vocabulary/parameter.js";
import { SERVER_SETTINGS } from "../../vocabulary/settings.js";
import { WORKER_PARAMETERS } from "../../vocabulary/worker.js";
import type { WireChange, Places, RewireTable, WiredLine } from "./change.js";

const { retry, timeout, connectiontimeout } = WORKER_PARAMETERS;
const { hcinterval } = HEALTH_CHECK_PARAMETERS;

/** Times that a rehearsal divides, by their key. */
const DIVIDED: Readonly<Record<string, Parameter>> = { retry, timeout, connectiontimeout, hcinterval };

/** Times of members, balancers and servers, divided where a play is sped up. */
export const TIMES: RewireTable = {
  balancermember: (line, places) => [...parameters(line, places), ...defaultRetry(line, places)],
  proxypass: parameters,
  proxypassmatch: parameters,
  proxyset: parameters,
  "<proxy": parameters,
  proxyhctemplate: parameters,
  timeout: setting(SERVER_SETTINGS.timeout),
  proxytimeout: setting(SERVER_SETTINGS.proxytimeout),
};

function parameters({ words }: WiredLine, { speedup }: Places): readonly WireChange[] {
  return words.flatMap((word, at) => {
    const equals = word.indexOf("=");
    const parameter = DIVIDED[word.slice(0, Math.max(0, equals)).toLowerCase()];
    if (speedup === 1 || parameter === undefined) return [];
    return changed(word.slice(0, equals + 1), at, divided(parameter, word.slice(equals + 1), speedup));
  });
}

/** A default that is divided is no longer the default, and has to be written. */
function defaultRetry({ words }: WiredLine, { speedup }: Places): readonly WireChange[] {
  if (speedup === 1 || words.some((word) => /^retry=/i.test(word))) return [];
  const usual = printParameter(retry, millis(retry.default.milliseconds / speedup));
  return [{ kind: "added", word: `retry=${usual}`, about: "time" }];
}

function setting(parameter: Parameter): (line: WiredLine, places: Places) => readonly WireChange[] {
  return ({ words: [word = ""] }, { speedup }) =>
    speedup === 1 ? [] : changed("", 0, divided(parameter, word, speedup));
}

function changed(before: string, at: number, value: string | undefined): readonly WireChange[] {
  return value === undefined ? [] : [{ kind: "word", at, to: `${before}${value}`, about: "time" }];
}

/** Undefined where it is no time, or none that can be divided. */
function divided(parameter: Parameter, text: string, speedup: number): string | undefined {
  const none = new Set<string>();
  const reading = readParameter(parameter, text, {
    lbmethods: none,
    healthCheckTemplates: none,
    healthCheckExpressions: none,
    ajp: false,
  });
  if (!reading.ok || !isDuration(reading.value) || reading.value.milliseconds === 0) return undefined;
  return printParameter(parameter, millis(Math.max(1, Math.round(reading.value.milliseconds / speedup))));
}
