import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { argumentsOf } from "../../../core/conf/text/arguments.js";
import { fromUnicode } from "../../../core/httpd/bytes.js";
import { parse } from "../../../core/conf/text/parse.js";
import type { Node } from "../../../core/conf/text/tree.js";
import { fillText } from "../../../core/render/files.js";
import { renderTopology } from "../../../core/render/render.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { TopologyInput, VirtualHostInput } from "../../../core/topology/build.js";
import type { Topology } from "../../../core/topology/topology.js";
import { millis, seconds } from "../../../core/vocabulary/duration.js";
import { component, describeReal } from "../../support/real.js";
import { sandbox } from "./real-httpd.js";

/** Every field that takes text, each with a value found nowhere else. */
const FULL: TopologyInput = {
  healthCheckTemplates: [{ name: "quick", parameters: { hcmethod: "GET", hcuri: "/template-uri", hcexpr: "fine" } }],
  healthCheckExpressions: [{ name: "fine", expression: "%{REQUEST_STATUS} =~ /^[2]/" }],
  clusters: [
    {
      name: "shop",
      parameters: {
        stickysession: "ROUTEID|sessionword",
        stickysessionsep: "!",
        nonce: "nonceword",
        failonstatus: [500, 503],
        timeout: seconds(3),
      },
      members: [
        {
          name: "memberone",
          url: "http://first.example:8080/path",
          zone: "zoneword",
          replicationGroup: "groupword",
          parameters: {
            route: "routeone",
            redirect: "redirectword",
            secret: "secretword",
            upgrade: "upgradeword",
            flusher: "flusherword",
            hctemplate: "quick",
            hcuri: "/member-uri",
            acquire: millis(5),
          },
        },
        {
          name: "membertwo",
          url: "unix:/run/second.sock|http://second.example",
          parameters: { status: "+H", route: "routetwo" },
        },
      ],
      routeCookie: { name: "ROUTEID", path: "/cookiepath" },
    },
  ],
  servers: [
    {
      name: "web",
      listen: [{ address: "127.9.9.9", port: 8080 }],
      serverName: "name.example",
      mounts: [
        { path: "/rootword/", to: { kind: "cluster", cluster: "shop", path: "/roottarget/" } },
        {
          path: "/mountpath",
          to: { kind: "cluster", cluster: "shop", path: "/targetpath" },
          reverse: [{ path: "/reversepath", url: "http://reverse.example/" }],
          cookieDomains: [{ internal: "internal.example", public: "public.example" }],
          cookiePaths: [{ internal: "/internalpath", public: "/publicpath" }],
          access: { kind: "all", reason: "reasonword" },
        },
        { path: "/located", inLocation: true, to: { kind: "cluster", cluster: "shop", path: "/placetarget" } },
        { path: "^/expression/(.*)$", match: true, to: { kind: "cluster", cluster: "shop", path: "/formtarget/$1" } },
        { path: "/direct", to: { kind: "url", url: "http://far.example/x", parameters: { route: "directroute" } } },
        { path: "/excluded", to: { kind: "exclude" } },
      ],
      backendTls: { verify: { kind: "off", reason: "unverifiedword" }, clientCertificateFile: "/files/client.pem" },
      manager: { path: "/managerpath", access: { kind: "addresses", addresses: ["192.0.2.1"] } },
      virtualHosts: [
        {
          name: "hostword",
          addresses: ["127.8.8.8:8080"],
          serverName: "vhost.example",
          serverAliases: ["alias.example"],
          mounts: [{ path: "/hostpath", to: { kind: "cluster", cluster: "shop", path: "/hosttarget" } }],
          tls: {
            certificateFile: "/files/cert.pem",
            certificateKeyFile: "/files/key.pem",
            chainFile: "/files/chain.pem",
          },
          backendTls: { verify: { kind: "required" }, caFile: "/files/ca.pem" },
          settings: {},
        },
      ],
    },
  ],
};

type Path = readonly (string | number)[];

/** Paths of all texts of a value. */
function textPaths(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null) return [];
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  return [...entries].flatMap(([key, item]) => textPaths(item, [...path, key]));
}

const TAGS = new Set(["kind", "keywords", "layout", "stickysessionsep"]);
const PATHS = textPaths(FULL).filter((path) => !path.some((step) => TAGS.has(String(step))));

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, step) => (part as Readonly<Record<string, unknown>>)[step], value);
}

function replaced(value: unknown, path: Path, text: string): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return text;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? replaced(item, rest, text) : item));
  }
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [step]: replaced(record[step], rest, text) };
}

/** Text that tries to break out of its place. */
function nastyText(): fc.Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(
      "\n",
      "\r\n",
      "\\\n",
      "\\",
      "\\\\",
      '"',
      "'",
      '\\"',
      " ",
      "\t",
      "#",
      "<",
      ">",
      "</Proxy>",
      "</Location>",
      "</VirtualHost>",
      "<If true>",
      "${",
      "${PATH}",
      "%{",
      "$1",
      "\u0000",
      "\u0007",
      "\u007f",
      "\u0085",
      "\u2028",
      "\ufeff",
      "é",
      "日本",
      "😀",
      "\ud800",
      "LoadModule",
      "Include /etc/passwd",
      "status=+D",
      "loadfactor=3",
      "!",
      "=",
      "|",
      "{",
      "}",
      "~",
      "*",
      "http://x.example:1",
      "unix:/s|http://u",
      "/",
      "^(",
      "[a",
      "balancer://shop",
      "a",
      "Z9",
    ),
    fc.string({ unit: "binary", maxLength: 4 }),
  );
  return fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(""));
}

/** A nasty text that still has the form of a value, so that it gets further than the first check. */
function replacement(original: string): fc.Arbitrary<string> {
  const cut = fc.nat({ max: original.length });
  return fc.oneof(
    nastyText(),
    fc.tuple(nastyText(), cut).map(([text, from]) => original.slice(0, from) + text + original.slice(from)),
    fc.tuple(nastyText(), fc.constantFrom(...Array.from(original))).map(([text, first]) => first + text),
  );
}

function attackOn(
  value: unknown,
  paths: readonly Path[],
): fc.Arbitrary<{ readonly path: Path; readonly text: string }> {
  return fc
    .constantFrom(...paths)
    .chain((path) => replacement(String(at(value, path))).map((text) => ({ path, text })));
}

function render(input: TopologyInput): string | undefined {
  const rendered = renderTopology(buildTopology(input));
  return rendered.ok ? fillText(rendered.files[0]?.text ?? "", () => "") : undefined;
}

/** The words of a directive; an expression in braces is one. */
function wordsOf(bytes: string, node: Exclude<Node, { kind: "blank" | "comment" | "stray" }>): readonly string[] {
  const braced = node.name === "ProxyHCExpr" ? /^ProxyHCExpr (\S+) \{(.*)\}$/s.exec(node.line.text) : null;
  if (braced !== null) return [braced[1] ?? "", braced[2] ?? ""];
  return argumentsOf(bytes, node).map((word) => word.text);
}

/** Directives and sections with their words, without LoadModule lines: which modules are loaded follows from values. */
function statements(text: string): readonly string[] {
  const bytes = fromUnicode(text);
  const walk = (nodes: readonly Node[], depth: number): readonly string[] =>
    nodes.flatMap((node) => {
      if (node.kind === "blank" || node.kind === "comment") return [];
      if (node.kind === "stray" || (node.kind === "section" && node.close === undefined)) return ["BROKEN"];
      const words = wordsOf(bytes, node);
      const own = JSON.stringify([depth, node.name, ...words]);
      if (node.name === "LoadModule") return /^[a-z0-9_]+_module$/.test(words[0] ?? "") ? [] : ["BROKEN"];
      return node.kind === "section" ? [own, ...walk(node.children, depth + 1)] : [own];
    });
  return walk(parse(bytes).nodes, 0).toSorted();
}

const BASE = statements(render(FULL) ?? "");

/** What the base says with one value exchanged wherever it is used. */
function expected(topology: Topology, path: Path, text: string): readonly string[] {
  const before = String(at(topology, path));
  const exchanged = (word: string): string => word.replaceAll(before, () => fromUnicode(text));
  return BASE.map((line) =>
    JSON.stringify(
      (JSON.parse(line) as (string | number)[]).map((word) => (typeof word === "string" ? exchanged(word) : word)),
    ),
  ).toSorted();
}

describe("no text in any field can add or change a directive", () => {
  it("has a base that renders", () => {
    expect(render(FULL)).toBeDefined();
    expect(PATHS.length).toBeGreaterThan(40);
  });

  it("is refused, or stands in the output as exactly the value it is", () => {
    let written = 0;
    fc.assert(
      fc.property(attackOn(FULL, PATHS), ({ path, text }) => {
        const input = replaced(FULL, path, text) as TopologyInput;
        const output = render(input);
        if (output === undefined) return;
        written++;
        expect(statements(output)).toEqual(expected(buildTopology(FULL), path, text));
      }),
      { numRuns: Number(process.env["ATTACKS"] ?? 2_000) },
    );
    expect(written).toBeGreaterThan(100);
  });

  it("is refused in every field when it holds a control character or what httpd replaces", () => {
    for (const path of PATHS) {
      for (const text of ["a\nb", "a\rb", "a\u0000b", "\u007f", "a${b}", "\ud800"]) {
        const original = String(at(FULL, path));
        expect([path, text, render(replaced(FULL, path, original + text) as TopologyInput)]).toEqual([
          path,
          text,
          undefined,
        ]);
      }
    }
  });
});

describe("lines of an escape hatch", () => {
  const withLines = (extra: readonly string[]): string | undefined =>
    render({ ...FULL, servers: (FULL.servers ?? []).map((server) => ({ ...server, extra })) });

  it.each([
    [["Header set A b\nInclude x"]],
    [["Header set A b \\"]],
    [["</VirtualHost>"]],
    [["<Location /x>"]],
    [["<Location /x>", "</Proxy>"]],
    [["<"]],
    [["a\u0000b"]],
  ])("are refused where they would change what stands around them: %j", (lines) => {
    expect(withLines(lines)).toBeUndefined();
  });

  it("are written as they are where they stay among themselves", () => {
    const lines = ["<Location /x>", '\tHeader set A "${b}"', "</Location>"];
    expect(withLines(lines)).toContain(lines.join("\n"));
  });
});

/** The same without files that are not there. */
const REAL: TopologyInput = {
  ...FULL,
  servers: (FULL.servers ?? []).map((server) => ({
    ...server,
    backendTls: { verify: { kind: "off", reason: "unverifiedword" } },
    virtualHosts: (server.virtualHosts ?? []).map((host) => withoutFiles(host)),
  })),
};

function withoutFiles(host: VirtualHostInput): VirtualHostInput {
  const kept = Object.entries(host).filter(([key]) => key !== "tls" && key !== "backendTls");
  return Object.fromEntries(kept) as unknown as VirtualHostInput;
}

/** Texts in a language of their own, of which only httpd can say whether they are right. */
function isExpression(path: Path): boolean {
  return path.at(-1) === "expression" || path.join("/") === "servers/0/mounts/3/path";
}

describeReal("text in fields, judged by a real httpd", ["apache2"], () => {
  it("makes httpd see the same number of directives as without it", () => {
    const box = sandbox();
    const count = (input: TopologyInput): number | "refused by us" | "refused by httpd" => {
      const rendered = renderTopology(buildTopology(input), { layout: box.layout });
      if (!rendered.ok) return "refused by us";
      const file = join(box.folder, "httpd.conf");
      const info = "LoadModule info_module /usr/lib/apache2/modules/mod_info.so\n";
      writeFileSync(file, fillText(rendered.files[0]?.text ?? "", () => "") + info);
      const dump = spawnSync(component("apache2"), ["-f", file, "-t", "-DDUMP_CONFIG"], { encoding: "utf8" });
      if (dump.status !== 0) return "refused by httpd";
      return dump.stdout.split("\n").filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#")).length;
    };
    try {
      const usual = count(REAL);
      expect(usual).toBeGreaterThan(20);
      const paths = textPaths(REAL).filter((path) => !path.some((step) => TAGS.has(String(step))));
      const attacks = fc.sample(attackOn(REAL, paths), Number(process.env["REAL_ATTACKS"] ?? 400));
      const judged = attacks.flatMap(({ path, text }) => {
        const seen = count(replaced(REAL, path, text) as TopologyInput);
        if (seen === "refused by us" || (seen === "refused by httpd" && isExpression(path))) return [];
        return [{ path, text, seen }];
      });
      expect(judged.filter(({ seen }) => seen !== usual)).toEqual([]);
      expect(judged.length).toBeGreaterThan(10);
    } finally {
      box.remove();
    }
  });
});
