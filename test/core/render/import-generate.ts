import fc from "fast-check";
import type { WayRequest } from "../../../core/route/request.js";
import { layouts, requests } from "../route/generate.js";
import type { Layout } from "../route/rig.js";

/** Sections whose order among each other decides: closed by one and open by another, in every kind that is merged. */
const access = fc.constantFrom(
  ...["Require all denied", "Require all granted", "Require ip 127.0.0.1", "Require ip 10.0.0.0/8", "Require local"],
  ...["Order allow,deny\nAllow from all", "Order deny,allow\nDeny from all", "Deny from 127.0.0.1"],
  ...["Order allow,deny\nAllow from 10.0.0.0/8 127", "<Limit POST>\nRequire all denied\n</Limit>"],
  "<RequireAll>\nRequire all granted\nRequire not ip 10.0.0.7\n</RequireAll>",
);
const opening = fc.constantFrom(
  ...["<Proxy *>", "<Proxy balancer://a>", "<Proxy balancer://b/>", "<Proxy BALANCER://a>", "<ProxyMatch ^balancer>"],
  ...["<Location />", "<Location /app>", "<Location /app/deep>", "<Location ~ ^/app>", '<Location "/*/deep">'],
  ...["<LocationMatch ^/(app|x)>", "<LocationMatch deep$>", "<Directory />", "<Directory /var/www>"],
);
const closed = fc.tuple(opening, access).map(([open, inside]) => `${open}\n${inside}\n</${nameOf(open)}>`);
const inside = fc
  .tuple(
    fc.constantFrom("<Location /app>", "<Location /app/>", "<Location ~ ^/app>", "<LocationMatch ^/app/(.*)$>"),
    fc.constantFrom("ProxyPass balancer://a/", "ProxyPass balancer://b", "ProxyPass !"),
    fc.option(access),
    fc.constantFrom("", "RequestHeader set X-Flag yes", "Redirect 410"),
  )
  .map(([open, pass, who, more]) => [open, pass, who ?? "", more, `</${nameOf(open)}>`].filter(Boolean).join("\n"));
const manager = fc
  .tuple(
    fc.constantFrom("/bm", "/app/bm", "/"),
    access,
    fc.constantFrom("before", "behind", "none"),
    fc.constantFrom("", "ProxyPass !\n"),
  )
  .map(([path, who, exclusion, shield]) =>
    [
      ...(exclusion === "before" ? [`ProxyPass ${path} !`] : []),
      `<Location ${path}>\n${shield}SetHandler balancer-manager\n${who}\n</Location>`,
      ...(exclusion === "behind" ? [`ProxyPass / balancer://a/\nProxyPass ${path} !`] : []),
    ].join("\n"),
  );
const members = fc
  .tuple(fc.constantFrom("a", "b"), access)
  .map(([name, who]) => `<Proxy balancer://${name}>\nProxySet maxattempts=1\n${who}\n</Proxy>`);
const line = fc.oneof({ weight: 4, arbitrary: closed }, { weight: 2, arbitrary: inside }, manager, members);
const lines = fc.array(line, { maxLength: 4 });

function nameOf(open: string): string {
  return /^<([A-Za-z]+)/.exec(open)?.[1] ?? "";
}

/** Lines among others, in an order of their own. */
function mixed(own: readonly string[], others: readonly string[], order: readonly number[]): readonly string[] {
  const all = [...own, ...others].map((text, index) => ({ text, rank: order[index % order.length] ?? index }));
  return all.toSorted((left, right) => left.rank - right.rank).map(({ text }) => text);
}

/** A file to be adopted: all that stands in front of balancers, with sections that close and open the same paths. */
export const files: fc.Arbitrary<Layout> = fc
  .tuple(layouts, lines, lines, fc.array(fc.nat(100), { minLength: 12, maxLength: 12 }), fc.boolean())
  .map(([{ main, hosts }, ofMain, ofHost, order, few]) => ({
    main: mixed(few ? main.slice(0, 1) : main, ofMain, order),
    hosts: hosts.map(({ addresses, lines: own }, index) => ({
      addresses,
      lines:
        index === 0
          ? [
              ...own.filter(isName),
              ...mixed(
                own.filter((one) => !isName(one)),
                ofHost,
                order,
              ),
            ]
          : own,
    })),
  }));

function isName(text: string): boolean {
  return text.startsWith("Server");
}

/** Requests for what such files name, and for its neighbours. */
export const asked: fc.Arbitrary<readonly WayRequest[]> = requests.map((some) => [
  ...["/bm", "/app/bm", "/bm/x", "/app", "/app/deep", "/appx", "/x", "/nothing"].map((path) => ({ path })),
  { path: "/app/deep", method: "POST" },
  { path: "/bm", headers: { Host: "one.x" } },
  { path: "/app", headers: { Host: "one.x" } },
  ...some,
]);
