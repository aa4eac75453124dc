import { parseUri } from "../../httpd/uri.js";
import { wordSpot, hostOf } from "../conf-view.js";
import type { Rule } from "../rule.js";
import type { MountView, View } from "../view.js";

/** LB: a ProxyPassReverse that maps nothing. */
export const reverseIdle: Rule = {
  id: "reverse-idle",
  group: "wiring",
  severity: "warning",
  presets: ["recommended"],
  wanted: "Every ProxyPassReverse names a URL that requests are passed to.",
  why: "httpd compares the start of a redirect's Location with the URL of the line. One that no mount leads to and no member has is never the start of any, so that redirects reach the client as the backend wrote them.",
  proof: "a ProxyPassReverse of a URL that nothing is passed to maps nothing",
  bad: [
    `ProxyPass /app http://10.0.0.1:8080/app
ProxyPassReverse /app http://10.0.0.1:8080/app
# wrong
ProxyPassReverse /app http://10.0.0.9:8080/app
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
    if (conf === undefined || isRewriting(view)) return;
    // A target whose variable has no value could be any.
    if (view.scopes.some(({ mounts }) => mounts.some(({ target }) => target.includes("${")))) return;
    const targets = view.scopes.flatMap(({ mounts }) => mounts.flatMap(targetsOf));
    const known = new Set(targets.map((url) => originOf(url.toLowerCase())));
    for (const written of conf.named("proxypassreverse")) {
      const word = written.words.at(-1);
      const url = word?.text.toLowerCase() ?? "";
      if (
        word === undefined ||
        !/^[a-z]+:\/\/[^$%]+$/.test(url) ||
        parseUri(url) === undefined ||
        hostOf(written)?.name === "macro"
      )
        continue;
      if (known.has(originOf(url))) continue;
      yield {
        at: wordSpot(word),
        subject: `ProxyPassReverse ${word.text}`,
        found: "a URL that no request is passed to",
        fix: "name the target of the ProxyPass, or remove the line",
      };
    }
  },
};

/** Rules and handlers may lead where no mount does. */
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
