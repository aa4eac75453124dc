import { lineSpot } from "../conf-view.js";
import type { Rule } from "../rule.js";

const FORGEABLE = /^(x-forwarded-for|x-real-ip|client-ip|forwarded|true-client-ip)$/i;

/** LB: access by a header that clients write. */
export const accessForwardedHeader: Rule = {
  id: "access-forwarded-header",
  group: "security",
  severity: "error",
  presets: ["security"],
  wanted: "Access does not depend on a header that clients can send.",
  why: "`SetEnvIf X-Forwarded-For 10\\. inside` with `Require env inside` lets in whoever sends that header.",
  proof: "a forged X-Forwarded-For passes Require env",
  bad: [
    `# wrong
SetEnvIf X-Forwarded-For ^10\\. inside
<Location /balancer-manager>
  SetHandler balancer-manager
  Require env inside
</Location>
`,
  ],
  good: [
    `SetEnvIf X-Forwarded-For ^10\\. inside
<Location /balancer-manager>
  SetHandler balancer-manager
  Require ip 10.0.0.0/8
</Location>
`,
  ],
  fixable: false,
  *check({ conf }) {
    if (conf === undefined) return;
    const asked = new Set(
      [...conf.named("require"), ...conf.named("allow")].flatMap(({ words }) => {
        const texts = words.map(({ text }) => text);
        if (texts[0]?.toLowerCase() === "env") return texts.slice(1);
        return texts.flatMap((text) => (/^env=/i.test(text) ? [text.slice("env=".length)] : []));
      }),
    );
    for (const written of [...conf.named("setenvif"), ...conf.named("setenvifnocase")]) {
      const [header, , ...variables] = written.words.map(({ text }) => text);
      const used = variables.map((text) => text.replace(/^!/, "").replace(/=.*$/, "")).find((name) => asked.has(name));
      if (header === undefined || used === undefined || !FORGEABLE.test(header)) continue;
      yield {
        at: lineSpot(written),
        subject: `variable ${used}`,
        found: `set from ${header}, and asked by an access rule`,
        fix: "use Require ip, with mod_remoteip where a proxy stands in front",
      };
    }
  },
};
