import { ALL_LOADED, loadedBy } from "../../route/loaded.js";
import { isHandled } from "../../route/scheme-handler.js";
import { isSchemeName, SCHEMES } from "../../vocabulary/schemes.js";
import { nearestName, suggestion } from "../../vocabulary/suggest.js";
import type { Rule } from "../rule.js";

/** LB: a scheme that no module of httpd has. */
export const schemeKnown: Rule = {
  id: "scheme-known",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The scheme of a member is one that a module of httpd speaks.",
  why: "httpd takes every word in front of :// and passes the configuration test. A member whose scheme no module handles keeps its turn in the balancer, and each request in it is answered 503 (AH00934), whoever else is up.",
  proof: "a member whose scheme has no module answers 503",
  bad: [
    `<Proxy balancer://shop>
  # wrong
  BalancerMember htp://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
  ],
  good: [
    `<Proxy balancer://shop>
  BalancerMember http://10.0.0.1:8080
  BalancerMember http://10.0.0.2:8080
</Proxy>
`,
    `<Proxy balancer://shop>
  BalancerMember foreign://10.0.0.1:8080
</Proxy>
`,
  ],
  fixable: false,
  *check({ clusters, topology, conf }) {
    const [server] = topology.servers;
    const loaded = server === undefined ? ALL_LOADED : loadedBy(topology, server);
    const isFragment = conf !== undefined && conf.modules === undefined;
    for (const { at, label, backend } of clusters.flatMap(({ members }) => members)) {
      const scheme = backend?.scheme.toLowerCase() ?? "http";
      // What a module of httpd would speak, scheme-module tells.
      if (isSchemeName(scheme) || scheme === "balancer") continue;
      // Of a fragment nobody knows the modules, and a slip in a known word is no scheme of a foreign one.
      const isSlip = isFragment && nearestName(scheme, WORDS) !== undefined;
      if (!isSlip && isHandled(scheme, loaded) !== false) continue;
      const found = `'${scheme}', which no module of httpd speaks`;
      yield { at: `${at}/url`, subject: `scheme of ${label}`, found, fix: suggestion(scheme, WORDS) };
    }
  },
};

const WORDS = Object.keys(SCHEMES);
