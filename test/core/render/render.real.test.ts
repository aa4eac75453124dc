import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromUnicode } from "../../../core/httpd/bytes.js";
import { writeAccess } from "../../../core/written/access.js";
import { printed } from "../../../core/written/piece.js";
import { expand } from "../../../core/conf/run/expand.js";
import { readConf } from "../../../core/conf/read/read-conf.js";
import { run } from "../../../core/conf/run/run.js";
import { fillText } from "../../../core/render/files.js";
import { renderTopology } from "../../../core/render/render.js";
import type { Rendering } from "../../../core/render/render.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { TopologyInput } from "../../../core/topology/build.js";
import { neededModules } from "../../../core/topology/modules.js";
import { readSpec } from "../../../core/spec/read-spec.js";
import type { Mount, Topology } from "../../../core/topology/topology.js";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import type { Layout, LayoutName } from "../../../core/vocabulary/layouts.js";
import { arbitraryTopology } from "../../support/arbitraries.js";
import { component, describeReal } from "../../support/real.js";
import { configTest, sandbox } from "./real-httpd.js";

function render(topology: Topology, rendering: Rendering = {}): string {
  const rendered = renderTopology(topology, rendering);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems, undefined, 2));
  return fillText(rendered.files[0]?.text ?? "", ({ deferred }) => `<${deferred}>`);
}

function article(): Topology {
  const file = join(__dirname, "../../../examples/active-passive.yaml");
  const reading = readSpec(readFileSync(file, "utf8"), file);
  if (!reading.ok) throw new Error("the article does not read");
  return reading.topology;
}

function server(input: Partial<NonNullable<TopologyInput["servers"]>[number]>, more: TopologyInput = {}): Topology {
  return buildTopology({
    clusters: [{ name: "c", members: [{ url: "http://h" }] }],
    ...more,
    servers: [{ name: "web", listen: [{ port: 80 }], ...input }],
  });
}

const linesOf = (text: string, ...names: readonly string[]): readonly string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => names.includes(line.split(" ")[0] ?? ""));

describe("the rendered httpd.conf", () => {
  it("says what the article says", () => {
    const text = render(article());
    expect(text).toContain(
      [
        "<Proxy balancer://mycluster>",
        "    BalancerMember http://localhost:8380 loadfactor=1 retry=10",
        "    BalancerMember http://localhost:8580 loadfactor=5 retry=10",
        "    BalancerMember http://localhost:8480 retry=10 status=+H",
        "    ProxySet stickysession=JSESSIONID|jsessionid",
        "    ProxySet maxattempts=3",
        "</Proxy>",
        "",
        "ProxyPass / balancer://mycluster/",
        "ProxyPassReverse / balancer://mycluster/",
      ].join("\n"),
    );
    expect(linesOf(text, "LoadModule").map((line) => line.split(" ")[1])).toEqual([
      "mpm_event_module",
      "authz_core_module",
      "reqtimeout_module",
      "slotmem_shm_module",
      "proxy_module",
      "proxy_http_module",
      "proxy_balancer_module",
      "lbmethod_byrequests_module",
    ]);
  });

  it("has the same bytes for the same topology", () => {
    fc.assert(
      fc.property(arbitraryTopology(), (topology) => {
        expect(render(JSON.parse(JSON.stringify(topology)) as Topology)).toBe(render(topology));
      }),
      { numRuns: 30 },
    );
  });

  it.each(Object.keys(LAYOUTS) as LayoutName[])(
    "loads in the layout %s only what is not compiled in, each once",
    (name) => {
      const layout: Layout = LAYOUTS[name];
      fc.assert(
        fc.property(arbitraryTopology(), (topology) => {
          const first = topology.servers[0];
          if (first === undefined) throw new Error("no server");
          const names = neededModules(topology, first, { layout, fragment: false }).map((module) => module.name);
          expect(new Set(names).size).toBe(names.length);
          expect(names.filter((module) => (layout.builtIn as readonly string[]).includes(module))).toEqual([]);
          expect(names.indexOf("proxy")).toBeLessThan(names.indexOf("proxy_balancer"));
        }),
        { numRuns: 20 },
      );
    },
  );

  it("loads watchdog for health checks where it is not compiled in", () => {
    const topology = server(
      { mounts: [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }] },
      { clusters: [{ name: "c", members: [{ url: "http://h", parameters: { hcmethod: "TCP" } }] }] },
    );
    expect(render(topology, { layout: LAYOUTS.debian })).not.toContain("mod_watchdog");
    expect(render(topology, { layout: LAYOUTS.rhel })).toContain("LoadModule watchdog_module modules/mod_watchdog.so");
  });

  it("reads back as what it was written from", () => {
    fc.assert(
      fc.property(arbitraryTopology(), (topology) => {
        const text = fromUnicode(render(topology));
        const reader = { readText: () => undefined, readFolder: () => undefined };
        const { expansion, statements } = run({ path: "httpd.conf", text, reader, serverRoot: "/" });
        expect(expansion.error).toBeUndefined();
        const read = readConf(statements).topology;
        const bare = ({ clusters }: Topology) =>
          clusters.map(({ name, parameters, members }) => ({
            name,
            parameters,
            members: members.map((member) => ({ parameters: member.parameters })),
          }));
        expect(bare(read)).toEqual(bare(topology));
      }),
      { numRuns: 100 },
    );
  });

  it("keeps holes for what is known only later, and quotes them", () => {
    const topology = buildTopology({
      clusters: [
        {
          name: "c",
          members: [
            { name: "n", url: ["http://", { deferred: "node.address" }, ":", { deferred: "node.port" }] },
            { name: "m", url: "http://m" },
          ],
        },
      ],
      servers: [
        {
          name: "web",
          listen: [{ port: 80 }],
          mounts: [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }],
        },
      ],
    });
    expect(render(topology)).toContain(
      '    BalancerMember "http://<node.address>:<node.port>"\n    BalancerMember http://m\n',
    );
  });

  it("writes nothing for a cluster that another server mounts", () => {
    const to = (cluster: string): Mount => ({ path: "/", to: { kind: "cluster", cluster, path: "/" } });
    const rendered = renderTopology(
      buildTopology({
        clusters: ["a", "b"].map((name) => ({ name, members: [{ url: `http://${name}` }] })),
        servers: ["a", "b"].map((name) => ({ name, listen: [{ port: 80 }], mounts: [to(name)] })),
      }),
    );
    if (!rendered.ok) throw new Error("refused");
    expect(rendered.files.map(({ path }) => path)).toEqual(["a/httpd.conf", "b/httpd.conf"]);
    expect(fillText(rendered.files[0]?.text ?? "", () => "")).not.toContain("balancer://b");
  });

  it("refuses a complete file without a port, which a fragment does not need", () => {
    const topology = server({ listen: [] });
    expect(renderTopology(topology)).toMatchObject({ ok: false, problems: [{ at: "/servers/0/listen" }] });
    expect(render(topology, { form: "fragment" })).toContain("<Proxy balancer://c>");
  });

  it("loads modules in a fragment only where they are not loaded yet", () => {
    const text = render(article(), { form: "fragment" });
    expect(text).toContain("<IfModule !proxy_module>\n    LoadModule proxy_module ");
    expect(text).not.toMatch(/mpm_event|^Listen|^User|^ErrorLog/m);
  });
});

describe("the examples", () => {
  const folder = join(__dirname, "../../../examples");
  it.each(readdirSync(folder).filter((name) => name.endsWith(".yaml")))(
    "%s is read and rendered, and its structure is sound",
    (name) => {
      const reading = readSpec(readFileSync(join(folder, name), "utf8"), name);
      if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
      const text = render(reading.topology, { layout: LAYOUTS.debian });
      expect(text).not.toMatch(/[ \t]$/m);
      const reader = { readText: () => undefined, readFolder: () => undefined };
      expect(expand({ path: "httpd.conf", text: fromUnicode(text), reader, serverRoot: "/" }).error).toBeUndefined();
    },
  );
});

describe("mounts", () => {
  const mount = (path: string, more: Partial<Mount> = {}): Mount => ({
    path,
    to: { kind: "cluster", cluster: "c", path: more.match === true ? "" : path },
    ...more,
  });
  const exclusion = (path: string): Mount => ({ path, to: { kind: "exclude" } });
  const passes = (mounts: readonly Mount[]): readonly string[] =>
    linesOf(render(server({ mounts })), "ProxyPass", "ProxyPassMatch").map((line) => line.split(" ")[1] ?? "");

  it("are ordered so that the longer path comes before the shorter one and exclusions come first", () => {
    expect(passes([mount("/"), mount("/app"), exclusion("/static"), mount("/app/deep")])).toEqual([
      "/static",
      "/app/deep",
      "/app",
      "/",
    ]);
  });

  it("keep an exclusion from hiding a mount below it", () => {
    expect(passes([exclusion("/app"), mount("/app/api"), mount("/"), exclusion("/x")])).toEqual([
      "/x",
      "/app/api",
      "/app",
      "/",
    ]);
  });

  it("put a regular expression before the paths it does not match and behind those it does", () => {
    expect(passes([mount("/"), mount("^/app/.*\\.jsp$", { match: true }), mount("/app"), mount("/app/x.jsp")])).toEqual(
      ["/app/x.jsp", "^/app/.*\\.jsp$".replace(/.*/, '"^/app/.*\\\\.jsp$"'), "/app", "/"],
    );
  });

  it("never hide one another, whatever their order", () => {
    const path = fc.constantFrom("/", "/a", "/a/b", "/a/b/c", "/ab", "/b", "/b/a/");
    const paths = fc.uniqueArray(path, { minLength: 1 });
    fc.assert(
      fc.property(paths, fc.infiniteStream(fc.boolean()), (given, excluded) => {
        const written = passes(given.map((one) => (excluded.next().value === true ? exclusion(one) : mount(one))));
        written.forEach((later, index) => {
          const hiding = written
            .slice(0, index)
            .filter((early) => later.startsWith(early.endsWith("/") ? early : `${early}/`));
          expect({ written, hiding }).toEqual({ written, hiding: [] });
        });
      }),
    );
  });

  it("put sections with longer paths last, because the last one that matches wins", () => {
    const access = { kind: "denied" } as const;
    const text = render(
      server({ mounts: [mount("/a/b", { access }), mount("/", { access }), mount("/a", { inLocation: true })] }),
    );
    expect(linesOf(text, "<Location")).toEqual(["<Location />", "<Location /a>", "<Location /a/b>"]);
  });

  it("are refused where a Location would take the path for a pattern", () => {
    const problems = renderTopology(server({ mounts: [mount("/a*", { access: { kind: "denied" } })] }));
    expect(problems).toMatchObject({ ok: false, problems: [{ at: "/servers/0/mounts/0/path" }] });
    expect(renderTopology(server({ mounts: [mount("/a*")] })).ok).toBe(true);
  });

  it("of a virtual host are refused where one of the main server hides them", () => {
    const topology = server({
      mounts: [mount("/")],
      virtualHosts: [{ name: "v", addresses: ["*:80"], mounts: [mount("/app")] }],
    });
    expect(renderTopology(topology)).toMatchObject({
      ok: false,
      problems: [{ at: "/servers/0/virtualHosts/0/mounts/0/path" }],
    });
  });
});

describe("what is open", () => {
  const mounts: readonly Mount[] = [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }];

  it("is neither the file system nor balancer-manager nor a forward proxy", () => {
    const text = render(server({ mounts, manager: { access: { kind: "local" } } }));
    expect(text).toContain("<Directory />\n    AllowOverride None\n    Require all denied\n</Directory>");
    expect(text).toContain("ProxyRequests Off");
    expect(text).toContain(
      "<Location /balancer-manager>\n    SetHandler balancer-manager\n    Require local\n</Location>",
    );
    expect(linesOf(text, "ProxyPass")[0]).toBe("ProxyPass /balancer-manager !");
  });

  it("is opened with the reason beside it", () => {
    const text = render(server({ mounts, manager: { access: { kind: "all", reason: "a lab \\" } } }));
    expect(text).toContain("    # open to everybody: a lab\n    Require all granted\n");
  });

  it("is closed in the words of httpd 2.2 only where the version asks for it", () => {
    const open = { kind: "addresses", addresses: ["10.0.0.0/8"] } as const;
    const input = { mounts, manager: { access: open } };
    expect(render(server(input))).not.toMatch(/Order|Deny|Allow /);
    const old = render(server(input, { httpd: "2.2.34" }));
    expect(old).toContain(
      "    SetHandler balancer-manager\n    Order deny,allow\n    Deny from all\n    Allow from 10.0.0.0/8\n",
    );
    expect(old).not.toMatch(/Require|authz_core|lbmethod_|slotmem|DefaultRuntimeDir/);
    expect(old).toContain("LoadModule authz_host_module");
  });

  it("verifies backends unless a reason says why not", () => {
    const clusters = [{ name: "c", members: [{ url: "https://h" }] }];
    const verified = render(server({ mounts }, { clusters }));
    expect(verified).toContain("SSLProxyVerify require\nSSLProxyCheckPeerName on\n");
    expect(verified).toContain(`SSLProxyCACertificateFile ${LAYOUTS.debian.caFile}`);
    const off = server({ mounts, backendTls: { verify: { kind: "off", reason: "self-signed" } } }, { clusters });
    expect(render(off)).toContain("# backends are not verified: self-signed\nSSLProxyVerify none\n");
  });

  it("asks for a file of authorities where the layout has none", () => {
    const clusters = [{ name: "c", members: [{ url: "https://h" }] }];
    const rendered = renderTopology(server({ mounts, layout: "source" }, { clusters }));
    expect(rendered).toMatchObject({ ok: false, problems: [{ at: "/servers/0/backendTls" }] });
  });
});

describeReal("a rendered fragment", ["apache2"], () => {
  it("is accepted where some modules are loaded already, and where none is", () => {
    const box = sandbox();
    try {
      writeFileSync(join(box.folder, "balancer.conf"), render(article(), { form: "fragment", layout: box.layout }));
      const load = (name: string): string => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`;
      for (const loaded of [[], ["proxy"], ["slotmem_shm", "proxy", "proxy_http", "proxy_balancer"]]) {
        const lines = [
          ...["mpm_event", "authz_core", ...loaded].map(load),
          "ServerName x",
          "Listen 127.0.0.1:9",
          `ErrorLog ${box.layout.errorLog}`,
          `Include ${join(box.folder, "balancer.conf")}`,
          "",
        ];
        expect(configTest(box, lines.join("\n"))).toBeUndefined();
      }
    } finally {
      box.remove();
    }
  });
});

describeReal("the access control of httpd 2.2", ["apache2"], () => {
  it.each([
    { kind: "local" },
    { kind: "denied" },
    { kind: "addresses", addresses: ["10.0.0.0/8", "::1"] },
    { kind: "all", reason: "a test" },
  ] as const)("is accepted by httpd 2.4 with access_compat: $kind", (access) => {
    const box = sandbox();
    try {
      const lines = printed(writeAccess(access, "2.2.34", "")).map((line) => fillText(line, () => ""));
      const modules = ["mpm_event", "authn_core", "authz_core", "access_compat"].map(
        (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
      );
      expect(
        configTest(
          box,
          [
            ...modules,
            `ErrorLog ${box.layout.errorLog}`,
            "Listen 127.0.0.1:9",
            "<Location /x>",
            ...lines,
            "</Location>",
            "",
          ].join("\n"),
        ),
      ).toBeUndefined();
    } finally {
      box.remove();
    }
  });
});

describeReal("rendered topologies, read by a real httpd", ["apache2"], () => {
  it("are accepted, whatever parameters they set", () => {
    const box = sandbox();
    try {
      for (const topology of fc.sample(arbitraryTopology(), Number(process.env["TOPOLOGIES"] ?? 60))) {
        const text = render(topology, { layout: box.layout });
        const file = join(box.folder, "httpd.conf");
        writeFileSync(file, text);
        const { stderr } = spawnSync(component("apache2"), ["-t", "-f", file], { encoding: "utf8" });
        expect({ text, verdict: stderr.trim().split("\n").at(-1) }).toEqual({ text, verdict: "Syntax OK" });
        expect(stderr).not.toContain("AH01150");
      }
    } finally {
      box.remove();
    }
  });
});
