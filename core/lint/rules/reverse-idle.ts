import { parseUri } from "../../httpd/uri.js";
import { wordSpot, hostOf } from "../conf-view.js";
import type { WrittenDirective } from "../conf-view.js";
import { speechlessScheme } from "../reverse-lines.js";
import type { Finding, Rule } from "../rule.js";
import type { MountView, View } from "../view.js";

/** LB: a ProxyPassReverse that maps nothing. */
export const reverseIdle: Rule = {
  id: "reverse-idle",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Every ProxyPassReverse names a URL that requests are passed to.",
  why: "httpd compares the start of a redirect's Location with the URL of the line. One that no ProxyPass leads to and no member has is never the start of any, so that redirects reach the client as the backend wrote them.",
  proof: "a ProxyPassReverse of a URL that nothing is passed to maps nothing",
  bad: [
    `ProxyPass /app http://10.0.0.1:8080/app
ProxyPassReverse /app http://10.0.0.1:8080/app
# wrong
ProxyPassReverse /app http://10.0.0.9:8080/app
`,
    `ProxyPass /app http://10.0.0.1:8080/app
ProxyPassReverse /app http://10.0.0.1:8080/app
# wrong
ProxyPassReverse ^/app http://10.0.0.1:8080/app
# wrong
ProxyPassReverse /app !
# wrong
ProxyPassReverse /app ajp://10.0.0.1:8009/app
`,
  ],
  good: [
    `ProxyPass /app http://10.0.0.1:8080/app
ProxyPassReverse /app http://10.0.0.1:8080/app
`,
  ],
  fixable: false,
  *check(view) {
    const { conf } = view;
    if (conf === undefined) return;
    // Rules and handlers may lead where no mount does; a target whose variable has no value could be any.
    const open =
      isRewriting(view) || view.scopes.some(({ mounts }) => mounts.some(({ target }) => target.includes("${")));
    const targets = view.scopes.flatMap(({ mounts }) => mounts.flatMap(targetsOf));
    const known = new Set(targets.map((url) => originOf(url.toLowerCase())));
    for (const written of conf.named("proxypassreverse")) {
      const idle = neverMatching(written);
      if (idle !== undefined) {
        yield idle;
        continue;
      }
      const word = written.words.at(-1);
      const url = word?.text.toLowerCase() ?? "";
      if (
        word === undefined ||
        !/^[a-z]+:\/\/[^$%]+$/.test(url) ||
        parseUri(url) === undefined ||
        hostOf(written)?.name === "macro"
      )
        continue;
      if (open || known.has(originOf(url))) continue;
      const near = sameHost(url, targets);
      yield {
        at: wordSpot(word),
        subject: `ProxyPassReverse ${word.text}`,
        found: `a URL that no request is passed to${near === undefined ? "" : `: the one with that host is ${near}`}`,
        fix: `${near === undefined ? "name the target of the ProxyPass" : `name the port: ${originOf(near)}`}, or remove the line`,
      };
    }
  },
};

/** A line that is none whatever requests are passed to: its path is a pattern, or its URL one that no backend sends. */
function neverMatching(written: WrittenDirective): Finding | undefined {
  const { words } = written;
  const url = words.at(-1);
  const path = words.length > 1 ? words[0] : undefined;
  if (url === undefined || hostOf(written)?.name === "macro") return undefined;
  const subject = `ProxyPassReverse ${words.map(({ text }) => text).join(" ")}`;
  if (path?.text.startsWith("^") === true) {
    const found = "a pattern in the place of a path, which httpd takes letter by letter";
    return { at: wordSpot(path), subject, found, fix: "write the path that clients see, without ^" };
  }
  if (url.text === "!") {
    return { at: wordSpot(url), subject, found: "an exclusion, which only ProxyPass knows", fix: "remove the line" };
  }
  const scheme = speechlessScheme(url.text);
  if (scheme === undefined) return undefined;
  const found = `a URL of ${scheme}, with which no Location begins`;
  const fix = scheme.startsWith("ws")
    ? "remove the line"
    : "remove the line: the backend gets the client's Host; where it redirects to an address of its own, name that";
  return { at: wordSpot(url), subject, found, fix };
}

function isRewriting({ conf }: View): boolean {
  const named = (name: string): number => conf?.named(name).length ?? 0;
  return named("rewriterule") + named("sethandler") + named("proxypassmatch") > 0;
}

function targetsOf({ target, cluster }: MountView): readonly string[] {
  const members = (cluster?.members ?? []).flatMap(({ member: { url } }) => (typeof url === "string" ? [url] : []));
  return [target, ...members];
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]*/.exec(url)?.[0] ?? url;
}

/** A URL that requests are passed to which has the same scheme and host, and another port. */
function sameHost(url: string, targets: readonly string[]): string | undefined {
  const hostOnly = (one: string): string => originOf(one.toLowerCase()).replace(/:[0-9]+$/, "");
  return targets.find((target) => hostOnly(target) === hostOnly(url));
}
