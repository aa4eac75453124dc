import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Check } from "./call.js";

/** What stands for something in a format: `ap_register_log_hooks` of server/log.c. */
const KNOWN = "aAeEFiklLmnPtTvV";

/** `APLOG_TRACE8` of include/http_log.h. */
const MOST_LEVEL = 15;

/** `ErrorLogFormat`: `set_errorlog_format` of server/core.c. */
export const errorLogFormat: Check = (call) => {
  const [first = "", second] = call.words;
  if (second === undefined) return formatComplaint(first, true);
  if (["request", "connection"].includes(first.toLowerCase())) return formatComplaint(second, false);
  const mend = "write request or connection in front of the format, or put a format with blanks in quotes";
  return refused("ErrorLogFormat type must be one of request, connection", mend, first);
};

/** `parse_errorlog_string`. */
function formatComplaint(format: string, main: boolean): Objection {
  let message = false;
  for (let at = 0; at < format.length;) {
    const read = itemAt(format, at);
    if ("sentence" in read) return refused(read.sentence, "look the letter up in httpd's ErrorLogFormat", format);
    const complaint = itemComplaint(read, main);
    if (complaint !== undefined) return refused(complaint, "take it out of this format", format);
    message ||= read.kind === "message";
    at = read.next;
  }
  if (!main || message) return undefined;
  const mend = "put %M into the format: it stands for the message";
  return refused("main ErrorLogFormat must contain message format string '%M'", mend, format);
}

interface Item {
  readonly kind: "text" | "value" | "message";
  readonly required: boolean;
  readonly level: number;
  /** Offset behind it. */
  readonly next: number;
}

function itemComplaint({ kind, required, level }: Item, main: boolean): string | undefined {
  if (kind === "message" && !main) return "%M cannot be used in once-per-request or once-per-connection formats";
  if (main && required) return "The '+' flag cannot be used in the main error log format";
  if (!main && level > 0) {
    return "The loglevel cannot be used as a condition in once-per-request or once-per-connection formats";
  }
  return level > MOST_LEVEL ? "The specified loglevel modifier is out of range" : undefined;
}

/** `parse_errorlog_item`; a backslash takes the next character of a text as it is. */
function itemAt(format: string, from: number): Item | { readonly sentence: string } {
  const text = { kind: "text", required: false, level: 0 } as const;
  if (format[from] === "\\") return { ...text, next: from + 2 };
  if (format[from] !== "%") return { ...text, next: from + 1 };
  if (format[from + 1] === " " || format[from + 1] === "%") return { ...text, next: from + 2 };
  const [, words = "", name] = /^((?:\{[^}]*\}?|[+-]|[0-9]+)*)([^]?)/.exec(format.slice(from + 1)) ?? [];
  if (name === undefined || name === "") {
    return { sentence: "Ran off end of error log format parsing args to some directive" };
  }
  if (name !== "M" && !KNOWN.includes(name)) return { sentence: `Unrecognized error log format directive %${name}` };
  const modifiers = words.replace(/\{[^}]*\}?/g, "{");
  const level = Number(/[0-9]+(?=[^0-9]*$)/.exec(modifiers)?.[0] ?? 0);
  const kind = name === "M" ? "message" : "value";
  return { kind, required: modifiers.includes("+"), level, next: from + 1 + words.length };
}
