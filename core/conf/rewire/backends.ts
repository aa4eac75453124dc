import { isProxyRule, rewriteFlags, rewriteLine } from "../../httpd/rewrite-line.js";
import { wiringRefused } from "./change.js";
import type { WireChange, Places, RewireTable, WiredLine } from "./change.js";
import { backendUrl } from "./origin.js";

/** What names backends: each URL leads to the stub that stands in for its server, in the same scheme. */
export const BACKENDS: RewireTable = {
  balancermember: urls("sends"),
  proxypass: urls("sends"),
  proxypassmatch: (line, places) => [...referenceRefused(line.words), ...urls("sends")(line, places)],
  proxyset: urls("mentions"),
  "<proxy": urls("mentions"),
  proxypassreverse: urls("mentions"),
  sethandler: handler,
  addhandler: handler,
  rewriterule: rewriteRule,
};

function urls(use: "sends" | "mentions"): (line: WiredLine, places: Places) => readonly WireChange[] {
  return ({ words }, places) => words.flatMap((word, at) => changed(word, at, { places, use }));
}

interface Use {
  readonly places: Places;
  readonly use: "sends" | "mentions";
  /** What stands in front of the URL in its word. */
  readonly before?: string;
}

function changed(word: string, at: number, { places, use, before = "" }: Use): readonly WireChange[] {
  const url = backendUrl(word);
  if (url === undefined) return [];
  if (typeof url === "object" && use === "sends" && /^\$\{/.test(url.rest)) {
    return wiringRefused("what a variable puts in behind the port may name another host");
  }
  if (typeof url === "string") return use === "sends" ? wiringRefused(url) : [];
  const stub = places.backend(url.origin, use);
  return stub === undefined
    ? []
    : [{ kind: "word", at, to: `${before}${url.scheme}://${stub}${url.rest}`, about: "member" }];
}

/** `SetHandler "proxy:URL"`. */
function handler({ words: [word = ""] }: WiredLine, places: Places): readonly WireChange[] {
  if (/^cgi-script$/i.test(word)) return wiringRefused("it would run a program");
  if (/^expr=.*proxy:/is.test(word)) return wiringRefused("its handler is only known when a request comes");
  if (!/^proxy:/i.test(word)) return [];
  return changed(word.slice("proxy:".length), 0, { places, use: "sends", before: "proxy:" });
}

/** A rule with `[P]`, or that writes the URL of the proxy itself; mod_rewrite cuts its words in a way of its own. */
function rewriteRule({ words, args = "" }: WiredLine, places: Places): readonly WireChange[] {
  const { first: pattern = "", second: target = "", flags } = rewriteLine(args) ?? {};
  const handlers = (rewriteFlags(flags ?? "") ?? []).filter(({ name }) => /^(?:h|handler)$/i.test(name));
  if (handlers.some(({ value }) => /^\s*(?:cgi-script|proxy:)/i.test(value)))
    return wiringRefused("its handler would run a program or reach another host");
  const before = /^proxy:/i.test(target) ? target.slice(0, "proxy:".length) : "";
  if (before === "" && !isProxyRule(flags)) return [];
  if (words[1] !== target) return wiringRefused("mod_rewrite cuts its words otherwise than they are written anew here");
  // What begins otherwise is completed by httpd, with the name of this server or what the request says.
  if (!/^(?:[a-z][a-z0-9+.-]*:\/\/|unix:)/i.test(target.slice(before.length))) {
    return wiringRefused("which host it asks is only known when a request comes");
  }
  return [
    ...referenceRefused([pattern, target]),
    ...changed(target.slice(before.length), 1, { places, use: "sends", before }),
  ];
}

/**
 * `http://a:8080$1`: what the request puts in behind the port could name another host (`@other`), unless it starts with
 * a slash.
 */
function referenceRefused([pattern = "", target = ""]: readonly string[]): readonly WireChange[] {
  const url = backendUrl(target.replace(/^proxy:/i, ""));
  if (typeof url !== "object" || !/^[$%]/.test(url.rest)) return [];
  if (/^%\{REQUEST_URI\}/.test(url.rest)) return [];
  const number = /^\$([0-9])/.exec(url.rest)?.[1];
  if (number !== undefined && groupStartsWithSlash(pattern, Number(number))) return [];
  return wiringRefused("what a request puts in behind the port may name another host");
}

function groupStartsWithSlash(pattern: string, group: number): boolean {
  if (group === 0) return /^\^?\/[^?*{|]*/.test(pattern);
  const opened = [...pattern.matchAll(/\\.|\((?!\?)/gs)].filter(([text]) => text === "(");
  const start = opened[group - 1]?.index;
  return start !== undefined && /^\(\/(?![?*{])[^|]*$/.test(pattern.slice(start));
}
