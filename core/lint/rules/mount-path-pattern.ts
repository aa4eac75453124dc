import type { Rule } from "../rule.js";

/** LB: a pattern where httpd takes a path literally. */
export const mountPathPattern: Rule = {
  id: "mount-path-pattern",
  group: "wiring",
  severity: "error",
  presets: ["recommended"],
  wanted: "The path of a ProxyPass is a path, not a pattern.",
  why: "ProxyPass compares its path as it stands. `ProxyPass ^/shop(.*) ...` waits for a request that begins with `^`, and `ProxyPass /shop/* ...` for one with a star.",
  proof: "measured on httpd 2.4.71: ProxyPass compares the path literally, at segment boundaries",
  bad: [
    `# wrong
ProxyPass /shop/(.*) http://10.0.0.1:8080/$1
ProxyPassReverse /shop http://10.0.0.1:8080
`,
    `# wrong
ProxyPass /shop/* http://10.0.0.1:8080/shop
ProxyPassReverse /shop http://10.0.0.1:8080/shop
`,
  ],
  good: [
    `ProxyPassMatch ^/shop/(.*)$ http://10.0.0.1:8080/$1
`,
    `ProxyPass /shop http://10.0.0.1:8080
ProxyPassReverse /shop http://10.0.0.1:8080
`,
  ],
  fixable: false,
  mount({ at, label, mount }) {
    if (mount.match === true || mount.via !== undefined || !/[*^]|\(.*\)|\$$/.test(mount.path)) return undefined;
    return {
      at,
      subject: `path of ${label}`,
      found: "a pattern, which ProxyPass takes literally",
      fix: "use ProxyPassMatch for a regular expression, or write the plain path",
    };
  },
};
