import { isBlank, skipBlanks } from "./word.js";

/** The arguments of a RewriteRule or RewriteCond; one character a byte. */
export interface RewriteLine {
  /** The pattern of a rule, the input of a condition. */
  readonly first: string;
  /** The target of a rule, the pattern of a condition; empty behind a quoted first argument that nothing follows. */
  readonly second: string;
  /** With its brackets; undefined for none. */
  readonly flags: string | undefined;
}

/**
 * Cuts the arguments of a RewriteRule or RewriteCond as `parseargline` does (modules/mappers/mod_rewrite.c), which cuts
 * words otherwise than all other directives: a backslash only keeps a blank, and stays.
 *
 * @param args - what follows the directive's name
 * @returns undefined when there are not two
 */
export function rewriteLine(args: string): RewriteLine | undefined {
  const found: string[] = [];
  let at = skipBlanks(args, 0);
  while (found.length < 3) {
    const quote = args[at] === '"' || args[at] === "'" ? args[at] : undefined;
    if (quote !== undefined) at += 1;
    const start = at;
    while (at < args.length && !endsArgument(args, at, quote)) at += keepsBlank(args, at) ? 2 : 1;
    const open = at >= args.length;
    found.push(args.slice(start, at));
    if (open && found.length === 1) return undefined;
    at = skipBlanks(args, at + 1);
    if (found.length >= 2 && at >= args.length) break;
  }
  const [first = "", second = "", flags] = found;
  return { first, second, flags };
}

function endsArgument(text: string, at: number, quote: string | undefined): boolean {
  return quote === undefined ? isBlank(text.charCodeAt(at)) : text[at] === quote;
}

function keepsBlank(text: string, at: number): boolean {
  return text[at] === "\\" && at + 1 < text.length && isBlank(text.charCodeAt(at + 1));
}

/** A flag as it is written; one without a value has an empty one. */
export interface RewriteFlag {
  readonly name: string;
  readonly value: string;
}

/**
 * Cuts `[name=value,name,...]` at its commas: `cmd_parseflagfield` of mod_rewrite.c. An empty flag is one, too.
 *
 * @returns undefined without brackets around it, which httpd refuses
 */
export function rewriteFlags(text: string): readonly RewriteFlag[] | undefined {
  if (!text.startsWith("[") || !text.endsWith("]")) return undefined;
  return text
    .slice(1, -1)
    .split(",")
    .map((part) => {
      const flag = part.trim();
      const equals = flag.indexOf("=");
      return equals < 0 ? { name: flag, value: "" } : { name: flag.slice(0, equals), value: flag.slice(equals + 1) };
    });
}

/** True when the flags of a rule have `P`: its target is a backend. */
export function isProxyRule(flags: string | undefined): boolean {
  return rewriteFlags(flags ?? "")?.some(({ name }) => /^(?:p|proxy)$/i.test(name)) === true;
}
