import { rewriteLineOf } from "../../conf/run/statement.js";
import { isProxyRule } from "../../httpd/rewrite-line.js";
import { takesListed, takesSlashFirst } from "../captured.js";
import { enclosing, lineSpot } from "../conf-view.js";
import type { ConfView, WrittenDirective } from "../conf-view.js";
import type { Rule } from "../rule.js";

/** A target with its host and port. */
const TARGET = /^(?:https?|ajp|fcgi|scgi|uwsgi|wss?|h2c?):\/\/([^/]*)/i;

/** What stands in a host for a part of the request. */
const PART = /\$([0-9])|%([0-9])|%\{([^}]*)\}/g;

/** LB: the client names the backend. */
export const proxiedHost: Rule = {
  id: "proxied-host",
  group: "security",
  severity: "error",
  presets: ["security"],
  wanted: "Which host a request is proxied to does not come out of the request.",
  why: "A backreference or a header in the host of a RewriteRule [P] or ProxyPassMatch lets a client choose where httpd connects to: services behind the firewall, or a host of its own (`http://app$1` with the path `@evil.example/`).",
  proof: "a backreference in the host lets the client choose the backend",
  bad: [
    `RewriteEngine On
# wrong
RewriteRule ^/to/([^/]+)/(.*)$ http://$1/$2 [P]
`,
    `# wrong
ProxyPassMatch ^/(.*)$ http://app.internal$1
`,
  ],
  good: [
    `RewriteEngine On
RewriteRule ^/to/(.*)$ http://app.internal/$1 [P]
`,
    `ProxyPassMatch ^/(.*)$ http://app.internal/$1
`,
    `RewriteEngine On
RewriteRule ^/ws ws://10.0.0.1:8080%{REQUEST_URI} [P]
`,
    `RewriteEngine On
RewriteRule ^/app(/.*)$ http://app.internal$1 [P]
RewriteRule ^(.*)$ http://app.internal$1 [P]
`,
    `ProxyPassMatch ^(/.*)$ http://app.internal$1
`,
    `RewriteEngine On
RewriteRule ^/(shop|wiki)/(.*)$ http://$1.internal/$2 [P]
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const written of [...(conf?.named("rewriterule") ?? []), ...(conf?.named("proxypassmatch") ?? [])]) {
      const passing = passingOf(written);
      if (conf === undefined || passing === undefined || !isChosen(passing, written, conf)) continue;
      yield {
        at: lineSpot(written),
        subject: `target of ${written.statement.name}`,
        found: `${passing.target}, whose host the client chooses`,
        fix: "write the host, with a slash behind it, or use RewriteMap with a list of allowed hosts",
      };
    }
  },
};

interface Passing {
  readonly pattern: string;
  readonly target: string;
  /** True where the pattern sees the path from its beginning. */
  readonly whole: boolean;
}

/** Pattern and target of a line that passes requests on; undefined of one that does not. */
function passingOf(written: WrittenDirective): Passing | undefined {
  const section = SECTIONS.map((name) => enclosing(written, name)).find((one) => one !== undefined);
  if (written.name === "rewriterule") {
    const { first, second, flags } = rewriteLineOf(written.statement) ?? {};
    if (first === undefined || second === undefined || !isProxyRule(flags)) return undefined;
    return { pattern: first, target: second, whole: section === undefined };
  }
  const [first, second] = written.words.map(({ text }) => text);
  if (first === undefined) return undefined;
  // In a section the line has no pattern of its own: the one of the section counts.
  if (TARGET.test(first)) return { pattern: section?.words.at(-1)?.text ?? "", target: first, whole: true };
  return second === undefined ? undefined : { pattern: first, target: second, whole: true };
}

const SECTIONS = ["location", "locationmatch", "directory", "directorymatch", "files", "filesmatch", "proxy"];

/** True when a part of the request can change where a target leads. */
function isChosen({ pattern, target, whole }: Passing, written: WrittenDirective, conf: ConfView): boolean {
  const host = TARGET.exec(target)?.[1] ?? "";
  for (const { 1: group, 2: condition, 3: variable = "", index } of host.matchAll(PART)) {
    if (group !== undefined && takesListed(pattern, Number(group))) continue;
    if (condition !== undefined && isListedCondition(Number(condition), written, conf)) continue;
    // What begins with a slash ends the host that stands before it; httpd answers 400 to a path that has none.
    if (variable === "REQUEST_URI" && index > 0) return false;
    if (group !== undefined && index > 0 && takesSlashFirst(pattern, Number(group), whole))
      return isRewritten(written, conf);
    if (group !== undefined || condition !== undefined || /^(?:HTTP|QUERY_STRING|REQUEST_URI)/.test(variable))
      return true;
  }
  return false;
}

/** True when a line above makes a path that does not begin with a slash, which the pattern then sees. */
function isRewritten(written: WrittenDirective, { named }: ConfView): boolean {
  return named("rewriterule").some((above) => {
    const { second = "-" } = above.order < written.order ? (rewriteLineOf(above.statement) ?? {}) : {};
    return /^[$%]/.test(second) && !second.startsWith("%{REQUEST_URI}");
  });
}

/** True when the conditions above a rule let a group be one of some plain words only. */
function isListedCondition(number: number, written: WrittenDirective, { named }: ConfView): boolean {
  const above = named("rewriterule").findLast(({ order }) => order < written.order)?.order ?? -1;
  const conditions = named("rewritecond").filter(({ order }) => order > above && order < written.order);
  const last = conditions.map(({ statement }) => rewriteLineOf(statement)?.second ?? "").at(-1);
  return last !== undefined && takesListed(last, number);
}
