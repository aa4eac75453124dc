import { describe, expect, it } from "vitest";
import { printed } from "../../../core/written/piece.js";
import { writeHardening, writeTlsHardening } from "../../../core/written/hardening.js";
import { checkTopology } from "../../../core/check/topology.js";
import { fillText } from "../../../core/render/files.js";
import { renderTopology } from "../../../core/render/render.js";
import { adoptTopology } from "../../../core/render/adopt.js";
import { neededModules } from "../../../core/topology/modules.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ServerInput } from "../../../core/topology/build.js";
import type { Server, Topology } from "../../../core/topology/topology.js";
import { HARDENING } from "../../../core/vocabulary/hardening.js";
import type { HardeningEntry } from "../../../core/vocabulary/hardening.js";
import { LAYOUTS } from "../../../core/vocabulary/layouts.js";
import { MEASURED_VERSION } from "../../../core/vocabulary/versions.js";
import type { HttpdVersion } from "../../../core/vocabulary/versions.js";

const ENTRIES = Object.values<HardeningEntry>(HARDENING);
const OF_SERVER = ENTRIES.filter(({ where }) => where === "server").map(({ directive }) => directive);
const OF_TLS = ENTRIES.filter(({ where }) => where === "tls").map(({ directive }) => directive);

const described = (input: Partial<ServerInput> = {}, httpd: HttpdVersion = MEASURED_VERSION): Topology =>
  buildTopology({
    httpd,
    clusters: [{ name: "c", members: [{ url: "http://h" }] }],
    servers: [
      {
        name: "web",
        listen: [{ port: 80 }],
        mounts: [{ path: "/", to: { kind: "cluster", cluster: "c", path: "/" } }],
        ...input,
      },
    ],
  });

function serverOf({ servers }: Topology): Server {
  const [server] = servers;
  if (server === undefined) throw new Error("no server");
  return server;
}

/** What is written, a text a line; nothing here is known only at deploy. */
function linesOf(written: Parameters<typeof printed>[0]): readonly string[] {
  return printed(written).map((line) => line.filter((piece) => typeof piece === "string").join(""));
}

function lines(input: Partial<ServerInput> = {}, httpd: HttpdVersion = MEASURED_VERSION): readonly string[] {
  return linesOf(writeHardening(serverOf(described(input, httpd)), httpd, ""));
}

const names = (text: readonly string[]): readonly string[] =>
  text.filter((line) => !line.startsWith("#")).map((line) => line.split(" ")[0] ?? "");

describe("hardening of a written httpd.conf", () => {
  it("says every directive of the table once, each below its reason", () => {
    const text = lines();
    expect(names(text)).toEqual(OF_SERVER);
    const reasons = ENTRIES.filter(({ where }) => where === "server").map(({ doc }) => `# ${doc}`);
    expect(text.filter((_, index) => index % 2 === 0)).toEqual(reasons);
  });

  it("leaves one out for its reason, which stands in its place", () => {
    const text = lines({ hardening: { traceenable: { off: "the probe sends TRACE" } } });
    expect(names(text)).toEqual(OF_SERVER.filter((name) => name !== "TraceEnable"));
    expect(text).toContain("# TraceEnable is left as httpd has it: the probe sends TRACE");
  });

  it("leaves all out for one reason, said once, and one of them for its own", () => {
    const text = lines({ hardening: { all: { off: "a lab" }, traceenable: { off: "the probe sends TRACE" } } });
    expect(names(text)).toEqual([]);
    const others = OF_SERVER.filter((name) => name !== "TraceEnable").join(", ");
    expect(text).toEqual([
      `# left as httpd has them: ${others}: a lab`,
      "# TraceEnable is left as httpd has it: the probe sends TRACE",
    ]);
  });

  it("is overruled by lines and by a name of the user's own, but not by lines of a section", () => {
    const own = ["TraceEnable On", "  limitrequestbody 10", "<Location /up>", "  LimitRequestLine 20", "</Location>"];
    const left = names(lines({ extra: own, serverName: "shop.test" }));
    expect(left).toEqual(OF_SERVER.filter((name) => !["ServerName", "TraceEnable", "LimitRequestBody"].includes(name)));
  });

  it("stands beside each certificate, and is overruled by lines beside it or in the main server", () => {
    const tls = { certificateFile: "/c.pem", certificateKeyFile: "/k.pem" };
    const of = (extra: readonly string[], hostExtra: readonly string[]): readonly string[] => {
      const server = serverOf(
        described({ extra, virtualHosts: [{ name: "h", addresses: ["*:443"], tls, extra: hostExtra }] }),
      );
      const [host] = server.virtualHosts;
      if (host === undefined) throw new Error("no host");
      return names(linesOf(writeTlsHardening(server, host, MEASURED_VERSION, "")));
    };
    expect(of([], [])).toEqual(OF_TLS);
    expect(of(["SSLCipherSuite HIGH"], ["SSLSessionTickets on"])).toEqual(["SSLHonorCipherOrder"]);
  });

  it.each<[HttpdVersion, readonly string[]]>([
    ["2.2.14", ["HttpProtocolOptions", "RequestReadTimeout"]],
    ["2.2.15", ["HttpProtocolOptions"]],
    ["2.4.23", ["HttpProtocolOptions"]],
    ["2.4.24", []],
  ])("says for httpd %s nothing that came later", (httpd, later) => {
    expect(names(lines({}, httpd))).toEqual(OF_SERVER.filter((name) => !later.includes(name)));
    expect(lines({}, "2.4.38").join("\n")).not.toContain("handshake=");
    expect(lines({}, "2.4.39").join("\n")).toContain("handshake=20");
  });

  it("loads the module of a directive that is written, in a complete file only", () => {
    const loaded = (input: Partial<ServerInput>, fragment = false): boolean => {
      const topology = described(input);
      const modules = neededModules(topology, serverOf(topology), { layout: LAYOUTS.debian, fragment });
      return modules.some(({ name }) => name === "reqtimeout");
    };
    expect([
      loaded({}),
      loaded({}, true),
      loaded({ hardening: { requestreadtimeout: { off: "a slow line" } } }),
      loaded({ extra: ["RequestReadTimeout header=5"] }),
    ]).toEqual([true, false, false, true]);
  });

  it("is not in a part that is included, and has no heading where nothing is left of it", () => {
    const text = (input: Partial<ServerInput>, form: "httpd" | "fragment"): string => {
      const rendered = renderTopology(described(input), { form });
      if (!rendered.ok) throw new Error(JSON.stringify(rendered.problems));
      return fillText(rendered.files[0]?.text ?? "", () => "");
    };
    expect(text({}, "fragment")).not.toContain("TraceEnable");
    const all = OF_SERVER.map((name) => (name === "ServerName" ? "ServerName shop.test" : `${name} 1`));
    expect(text({ extra: all }, "httpd")).not.toContain("leaves open");
    expect(text({}, "httpd")).toContain("leaves open");
  });

  it("a reason is asked for, and a name that there is", () => {
    const faults = (hardening: object): readonly string[] =>
      checkTopology(described({ hardening })).map(({ at, fix }) => `${at}: ${fix}`);
    expect(faults({ traceenable: { off: "" } })).toEqual([
      "/servers/0/hardening/traceenable/off: give a text, or leave it out",
    ]);
    expect(faults({ traceenabel: { off: "x" } })).toEqual([
      "/servers/0/hardening/traceenabel: did you mean 'traceenable'?",
    ]);
  });

  it("what is adopted from an httpd.conf is as closed as it was, and says so", () => {
    const { topology } = adoptTopology(described({ front: [], extra: ["TraceEnable extended"] }));
    const server = serverOf(topology);
    expect(Object.keys(server.hardening ?? {})).toEqual(["all"]);
    const { front, ...written } = server;
    expect(front).toBeDefined();
    expect(names(linesOf(writeHardening(written, MEASURED_VERSION, "")))).toEqual([]);
  });
});
