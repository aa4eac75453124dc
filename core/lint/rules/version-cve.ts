import { isWithin } from "../../vocabulary/versions.js";
import { KNOWN_CVES } from "../known-cves.js";
import type { Rule } from "../rule.js";

/** LB: published weaknesses of the declared version that concern what the file uses. */
export const versionCve: Rule = {
  id: "version-cve",
  group: "security",
  severity: "note",
  presets: ["security"],
  wanted: "The httpd that will run has no published weakness in what the file uses.",
  why: "A release of httpd is never mended; the next one is. Distributions back-port the mends without another number, so that a version alone does not show a weakness: the changelog of the package does, which names each CVE that it mends.",
  proof: "measured on httpd 2.4.71: nothing; the releases are those of httpd's list of changes",
  httpd: "2.4.52",
  bad: [
    `# wrong
ProxyPassMatch ^/app/(.*)$ http://10.0.0.1:8080/$1 timeout=5
ProxyPassReverse /app http://10.0.0.1:8080
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080 timeout=5
  BalancerMember http://10.0.0.2:8080 timeout=5
</Proxy>
`,
  ],
  fixable: false,
  check(view) {
    const { httpd } = view.topology;
    const open = KNOWN_CVES.filter((cve) => isWithin(httpd, cve));
    const found = open.flatMap((cve) => {
      const at = cve.concerns(view);
      return at === undefined ? [] : [{ ...cve, at }];
    });
    const [first] = found;
    if (first === undefined) return undefined;
    return {
      at: first.at,
      subject: `httpd ${httpd}`,
      found: found.map(({ id, until, doc }) => `${id} (${doc}; fixed in ${until})`).join(", "),
      fix: `look for ${found.length === 1 ? "it" : "them"} in the changelog of the package, or run ${first.until} or newer`,
    };
  },
};
