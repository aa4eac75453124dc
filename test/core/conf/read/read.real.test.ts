import fc from "fast-check";
import { expect, it } from "vitest";
import { run } from "../../../../core/conf/run/run.js";
import { NO_FILES } from "../../../../core/conf/run/reader.js";
import { readConf } from "../../../../core/conf/read/read-conf.js";
import { readWorkerUrl } from "../../../../core/httpd/worker-url.js";
import { effectiveBalancer, effectiveMember } from "../../../../core/topology/effective.js";
import { clusterNamed } from "../../../../core/topology/seen-cluster.js";
import type { Cluster } from "../../../../core/topology/topology.js";
import { STATUS_FLAGS } from "../../../../core/vocabulary/status.js";
import { send } from "../../../../live/client.js";
import { startHttpd } from "../../../../live/httpd.js";
import { claimLoopback } from "../../../../live/ports.js";
import { findHttpd } from "../../../../live/program.js";
import { childAt, readXml } from "../../../../live/xml.js";
import type { XmlElement } from "../../../../live/xml.js";
import { urlText } from "../../../../core/scenario/nodes.js";
import { describeReal } from "../../../support/real.js";
import { SEED } from "../../../support/seed.js";

const NAMES = ["a", "b", "c", "d", "e"] as const;

const url = fc.constantFrom(
  "http://h1:8001",
  "http://h1:8001/",
  "http://h1:8001/app",
  "http://h1:80011",
  "HTTP://H1:8001",
  "http://h1",
  "http://h1:80",
  "http://h2:8002/app",
  "http://h2:8002/App",
  "http://h2:8002",
  "https://h2:443",
  "https://h2",
  "ajp://h3:8009",
  "unix:/s1|http://u1",
  "unix:/s2|http://u1",
  "unix:/s2|http://u2/x",
);
const workerWord = fc.constantFrom(
  ...["loadfactor=2", "LoadFactor=2.3", "loadfactor=0x10", "loadfactor=5abc", "loadfactor=1.005", "loadfactor=1.15"],
  ...["retry=7", "retry=5m", "retry=abc", "RETRY=", "retry=1.5", "lbset=3", "lbset=1.9", "lbset=abc"],
  ...["status=+H", "status=+hd", "status=S-S", "status=", "status=-D+R", "status=N", "status=+I"],
  ...["route=x", "route=", "'route=a b'", '"route=q\\"q"', "redirect=y", "timeout=8", "timeout=5m", "ttl=9"],
  ...["keepalive=on", "keepalive=Off", "hctemplate=often", "hcmethod=TCP", "hcinterval=250ms", "ping=500ms"],
);
const balancerWord = fc.constantFrom(
  ...["lbmethod=bytraffic", "lbmethod=bybusyness", "LBMethod=byrequests", "stickysession=SID", "stickysession=A|b"],
  ...[
    "stickysession=",
    "stickysession=|b",
    "nofailover=On",
    "nofailover=off",
    "timeout=3",
    "timeout=1s",
    "maxattempts=4",
  ],
  ...[
    "maxattempts=abc",
    "maxattempts=0",
    "scolonpathdelim=on",
    "failonstatus=500",
    "failonstatus=",
    "forcerecovery=Off",
  ],
);
const words = (word: fc.Arbitrary<string>) => fc.array(word, { maxLength: 3 }).map((list) => list.join(" "));

/** Lines about the balancer of a name, anywhere in a server. */
function saying(name: string): fc.Arbitrary<string> {
  const written = fc.constantFrom(`balancer://${name}`, `BALANCER://${name.toUpperCase()}`, `balancer://${name}/path`);
  const member = fc.tuple(url, words(workerWord)).map(([where, how]) => `BalancerMember ${where} ${how}`);
  const inside = fc.array(fc.oneof({ weight: 3, arbitrary: member }, words(balancerWord).map(setting)), {
    maxLength: 4,
  });
  return fc.oneof(
    { weight: 3, arbitrary: fc.tuple(written, words(balancerWord), inside).map(block) },
    fc.tuple(written, url, words(workerWord)).map(([to, where, how]) => `BalancerMember ${to} ${where} ${how}`),
    fc
      .tuple(written, words(balancerWord))
      .map(([to, how]) => `BalancerMember ${to} http://first:1\nProxySet ${to} ${how}`),
    fc.tuple(written, words(balancerWord)).map(([to, how]) => `ProxyPass /${name} ${to} ${how}`),
  );
}

function setting(parameters: string): string {
  return parameters === "" ? "" : `ProxySet ${parameters}`;
}

function block([name, parameters, lines]: readonly [string, string, readonly string[]]): string {
  return [`<Proxy ${name} ${parameters}>`, ...lines, "</Proxy>"].join("\n");
}

const scope = fc.array(fc.constantFrom(...NAMES).chain(saying), { minLength: 4, maxLength: 14 });
const inherit = fc.constantFrom(
  "",
  "",
  "BalancerInherit Off",
  "ProxyPassInherit Off",
  "BalancerInherit Off\nProxyPassInherit Off",
);
const conf = fc.record({ main: scope, host: scope, inherit, used: fc.subarray([...NAMES]) });

describeReal("what is read", ["apache2"], () => {
  it("is what httpd runs with: members, weights, sets, status, routes, retries and settings, in main server and hosts", async () => {
    const files = fc.sample(conf, { numRuns: Number(process.env["CONFS"] ?? 25), seed: SEED });
    const loopback = await claimLoopback();
    let compared = 0;
    try {
      for (const [number, { main, host, inherit: inheriting, used }] of files.entries()) {
        const [first, second] = [await loopback.freePort(), await loopback.freePort()];
        const body = [
          `Listen ${loopback.address}:${first}`,
          `Listen ${loopback.address}:${second}`,
          "ProxyHCTemplate often hcmethod=TCP hcinterval=300",
          "<Location /manager>\nSetHandler balancer-manager\n</Location>",
          ...main,
          ...used.map((name) => `ProxyPass /use-${name} balancer://${name}/`),
          `<VirtualHost *:${second}>`,
          inheriting,
          ...host.map(inHost),
          "</VirtualHost>",
          "",
        ].join("\n");
        const { error, statements } = run({ path: "httpd.conf", text: body, reader: NO_FILES });
        if (error !== undefined) throw new Error(`${error.line ?? ""} ${error.message}\n${body}`);
        const { topology } = readConf(statements);
        const [server] = topology.servers;
        const [virtualHost] = server!.virtualHosts;
        const httpd = await startHttpd({ program: findHttpd(process.env), modules: [...MODULES], body });
        try {
          for (const [port, where] of [
            [first, { server: server! }],
            [second, { server: server!, host: virtualHost }],
          ] as const) {
            const all = await liveBalancers(loopback.address, port);
            // What only hosts use may be read as the main server's own where all of them agree.
            const live = all.filter(({ name }) => port === second || used.some((one) => one === name));
            const read = live.map(({ name }) => clusterNamed(topology, name, where)?.cluster);
            const where_ = `seed ${SEED}, file ${number}, port ${port === first ? "main" : "host"}\n${body}`;
            expect(
              read.map((cluster) => cluster && expectedBalancer(cluster)),
              where_,
            ).toEqual(live);
            compared += live.length;
          }
        } finally {
          await httpd.stop();
        }
      }
    } finally {
      await loopback.release();
    }
    expect(compared).toBeGreaterThan(files.length);
  }, 240_000);
});

/** Templates of the main server are not known in a host, and failonstatus in it alone crashes httpd 2.4.71. */
function inHost(lines: string): string {
  return lines.replaceAll("hctemplate=often", "").replaceAll("failonstatus=500", "");
}

const MODULES = [
  ...(["authn_core", "authz_core", "unixd", "watchdog", "slotmem_shm", "proxy", "proxy_http"] as const),
  ...(["proxy_ajp", "proxy_balancer", "proxy_hcheck"] as const),
  ...(["lbmethod_byrequests", "lbmethod_bytraffic", "lbmethod_bybusyness"] as const),
] as const;

interface Balancer {
  readonly name: string;
  readonly sticky: string;
  readonly nofailover: boolean;
  readonly timeout: string;
  readonly attempts: string;
  readonly lbmethod: string;
  readonly semicolon: boolean;
  readonly workers: readonly object[];
}

function expectedBalancer(cluster: Cluster): Balancer {
  const { parameters, members } = cluster;
  const effective = effectiveBalancer(cluster);
  const unset = parameters.maxattempts === undefined && members.length < 2;
  return {
    name: cluster.name,
    sticky: effective.sticky?.cookie ?? "",
    nofailover: effective.sticky !== undefined && effective.nofailover,
    timeout: String((parameters.timeout?.milliseconds ?? 0) / 1_000),
    attempts: unset ? "" : String(effective.maxAttempts),
    lbmethod: effective.lbmethod,
    semicolon: effective.sticky !== undefined && effective.semicolonDelimits,
    workers: members.map((member) => {
      const { lbfactor, lbset, route, redirect, status } = effectiveMember(member);
      const { retry, ttl, timeout, keepalive } = member.parameters;
      return {
        name: httpName(urlText(member.url)),
        loadfactor: (lbfactor / 100).toFixed(2),
        lbset: String(lbset),
        status: [...status].sort().join(""),
        route,
        redirect,
        retry: retry === undefined ? "" : String(retry.milliseconds / 1_000),
        ttl: String((ttl?.milliseconds ?? 0) / 1_000),
        timeout: timeout === undefined ? "" : String(timeout.milliseconds / 1_000),
        keepalive: keepalive === undefined ? "" : keepalive ? "On" : "Off",
      };
    }),
  };
}

async function liveBalancers(address: string, port: number): Promise<readonly Balancer[]> {
  const headers = { Referer: `http://${address}:${port}/` };
  const { body } = await send({ address, port, path: "/manager?xml=1", headers, version: "1.0" });
  const document = readXml(body);
  const list = document === undefined ? undefined : childAt(document, "balancers");
  if (list === undefined) throw new Error(body);
  return list.children.map((element) => {
    const text = textIn(element);
    return {
      name: text("name").slice("balancer://".length),
      sticky: text("stickysession"),
      nofailover: text("nofailover") === "On",
      timeout: text("timeout"),
      attempts: text("maxattempts"),
      lbmethod: text("lbmethod"),
      semicolon: text("scolonpathdelim") === "On",
      workers: (childAt(element, "workers")?.children ?? []).map((worker) => {
        const value = textIn(worker);
        const shown = value("status").split(" ");
        const letters = Object.entries(STATUS_FLAGS).flatMap(([letter, flag]) =>
          letter !== "O" && shown.includes(flag.text) ? [letter] : [],
        );
        return {
          name: httpName(value("name")),
          loadfactor: value("loadfactor"),
          lbset: value("lbset"),
          status: letters.sort().join(""),
          route: value("route"),
          redirect: value("redirect"),
          retry: value("retry"),
          ttl: value("ttl"),
          timeout: value("timeout"),
          keepalive: value("keepalive"),
        };
      }),
    };
  });
}

function textIn(element: XmlElement): (name: string) => string {
  return (name) => childAt(element, name)?.text ?? "";
}

/** The part of a worker's name that httpd compares. */
function httpName(name: string): string {
  const read = readWorkerUrl(name);
  return typeof read === "string" ? name : read.name;
}
