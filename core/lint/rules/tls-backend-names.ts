import { lineSpot } from "../conf-view.js";
import type { WrittenDirective } from "../conf-view.js";
import type { Rule } from "../rule.js";

const CHECKS = ["sslproxycheckpeername", "sslproxycheckpeercn", "sslproxycheckpeerexpire"];

/** LB: a certificate of somebody else. */
export const tlsBackendNames: Rule = {
  id: "tls-backend-names",
  group: "security",
  severity: "warning",
  presets: ["security"],
  wanted: "The name and the dates of a backend's certificate are checked.",
  why: "With `SSLProxyCheckPeerName Off` every certificate of the same authority passes for the backend, with `SSLProxyCheckPeerExpire Off` an expired one.",
  proof: "measured on httpd 2.4.71: SSLProxyCheckPeerName Off accepts a certificate of another name",
  bad: [
    `SSLProxyEngine On
# wrong
SSLProxyCheckPeerName Off
`,
  ],
  good: [
    `SSLProxyEngine On
SSLProxyCheckPeerName On
`,
  ],
  fixable: false,
  *check({ conf }) {
    for (const written of CHECKS.flatMap((name) => conf?.named(name) ?? [])) {
      const [word] = written.words;
      if (word?.text.toLowerCase() !== "off") continue;
      // SSLProxyCheckPeerName checks the CN as well: beside it SSLProxyCheckPeerCN says nothing more (measured).
      if (written.name === "sslproxycheckpeercn" && conf?.named("sslproxycheckpeername").some(isOn) === true) continue;
      yield {
        at: lineSpot(written),
        subject: written.statement.name,
        found: word.text,
        fix: `set ${written.statement.name} On`,
      };
    }
  },
};

function isOn({ words }: WrittenDirective): boolean {
  return words[0]?.text.toLowerCase() === "on";
}
