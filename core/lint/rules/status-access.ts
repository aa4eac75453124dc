import { opennessOf } from "../access.js";
import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

const HANDLERS: ReadonlySet<string> = new Set(["server-status", "server-info"]);

/** LB: server-status for everybody. */
export const statusAccess: Rule = {
  id: "status-access",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "server-status and server-info are open to operators only.",
  why: "server-status shows the requests under way with addresses and URLs, sessions in URLs included, and with ProxyStatus all backends; server-info shows the configuration. A section without `Require` is open.",
  proof: "measured on httpd 2.4.71: with ProxyStatus On server-status?auto lists every member",
  bad: [
    `<Location /server-status>
  # wrong
  SetHandler server-status
</Location>
`,
  ],
  good: [
    `<Location /server-status>
  SetHandler server-status
  Require local
</Location>
`,
  ],
  fixable: true,
  unsafe: true,
  *check({ conf }) {
    for (const written of conf?.named("sethandler") ?? []) {
      const handler = written.words[0]?.text ?? "";
      if (!HANDLERS.has(handler) || conf === undefined || written.parent === undefined) continue;
      const openness = opennessOf(conf, written);
      if (openness === "limited") continue;
      const { place } = written.statement;
      yield {
        at: lineSpot(written),
        subject: `${handler} at ${written.parent.words[0]?.text ?? ""}`,
        found: openness === "open" ? "open to everybody" : "no access rule, which is open to everybody",
        fix: "add Require local, or Require ip with the addresses of the operators",
        ...(openness === "unsaid"
          ? { repair: { kind: "insert", at: place, where: "below", line: "Require local" } }
          : {}),
      };
    }
  },
};
