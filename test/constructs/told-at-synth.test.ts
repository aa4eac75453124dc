import type { IConstruct } from "constructs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { BalancerCluster } from "../../constructs/balancer-cluster.js";
import type { BalancerClusterProps } from "../../constructs/balancer-cluster.js";
import { HttpdServer } from "../../constructs/httpd-server.js";
import type { HttpdServerProps } from "../../constructs/httpd-server.js";
import { LocalTarget } from "../../constructs/targets/local-target.js";
import { filesBelow, project } from "../support/synthesis.js";
import type { Project } from "../support/synthesis.js";

/** A cluster that is always served, and a server, side by side. */
function shop(cluster: BalancerClusterProps = {}, server: HttpdServerProps = {}) {
  const made: Project = project();
  const stack = made.stack("shop");
  const nodes = new BalancerCluster(stack, "c", { maxattempts: 2, ...cluster })
    .addMember("a", { url: "http://a:1" })
    .addMember("b", { url: "http://b:1" });
  return { ...made, stack, cluster: nodes, web: new HttpdServer(stack, "web", server) };
}

function warnings({ node }: IConstruct): readonly string[] {
  return node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data));
}

const RUN = LocalTarget.of({ directory: "run" });

describe("what is made and leads nowhere is told", () => {
  test("a server without a target", () => {
    const { web, cluster, synth } = shop();
    web.mount("/", cluster);
    synth();
    expect(warnings(web)).toEqual(["server 'web' is deployed nowhere; call deployTo(target)"]);
  });

  test("a cluster that nobody mounts", () => {
    const { web, cluster, stack, synth } = shop();
    web.mount("/", cluster).deployTo(RUN);
    const lost = new BalancerCluster(stack, "lost", { maxattempts: 2 }).addMember("x", { url: "http://x:1" });
    synth();
    expect(warnings(lost)).toEqual([
      "cluster 'lost' is mounted by no server, so no request reaches it; call mount(path, cluster)",
    ]);
  });

  test("nothing of what is mounted and deployed, nor of a cluster that lines of a server name", () => {
    const { web, cluster, stack, synth } = shop();
    const named = new BalancerCluster(stack, "named", { maxattempts: 2 }).addMember("x", { url: "http://x:1" });
    web.mount("/", cluster).define(named).deployTo(RUN);
    synth();
    expect([web, cluster, named].flatMap(warnings).filter((text) => /nowhere|no server/.test(text))).toEqual([]);
  });
});

describe("warnings of a program that cdktf-cli does not run", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  /** What a synthesis prints on stderr. */
  function told(): string {
    const { web, cluster, synth } = shop({ maxattempts: 0 });
    web.mount("/", cluster);
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    synth();
    return stderr.mock.calls.map(([text]) => String(text)).join("");
  }

  test("are printed, an outage hole among them", () => {
    vi.stubEnv("CDKTF_OUTDIR", undefined);
    vi.stubEnv("NODE_ENV", undefined);
    const lines = told();
    expect(lines).toContain("[Warning at shop/web] server 'web' is deployed nowhere; call deployTo(target)\n");
    expect(lines).toMatch(/^\[Warning at shop\/c\] .*always-served/m);
  });

  test("are left to cdktf-cli where that runs it", () => {
    vi.stubEnv("NODE_ENV", undefined);
    vi.stubEnv("CDKTF_OUTDIR", "cdktf.out");
    expect(told()).toBe("");
  });
});

describe("lines given by hand are judged at synth as httpd would", () => {
  test.each([
    ["of a server", {}, { extra: ["Bogus On"] }, "shop/web", "Invalid command 'Bogus'"],
    ["of a cluster", { extra: ["ProxySet lbmethod=byluck"] }, {}, "shop/c", "lbmethod"],
    [
      "in a section of their own",
      {},
      { extra: ["<IfModule proxy_module>", "  ProxyTimeout never", "</IfModule>"] },
      "shop/web",
      "Proxy Timeout must be at least 1 second.",
    ],
  ])("%s", (_, clusterProps, serverProps, path, sentence) => {
    const { web, cluster, synth, folder } = shop(clusterProps, serverProps);
    web.mount("/", cluster).deployTo(RUN);
    expect(synth).toThrow(`[${path}] httpd refuses`);
    expect(synth).toThrow(sentence);
    expect(Object.keys(filesBelow(folder)).filter((name) => name.endsWith("httpd.conf"))).toEqual([]);
  });

  test("but not what only the machine they are for can say", () => {
    const extra = ["Include /etc/httpd/nothing-here.conf", "SSLCertificateFile /etc/nothing-here.pem"];
    const { web, cluster, synth } = shop({}, { extra });
    web.mount("/", cluster).deployTo(RUN);
    expect(Object.keys(synth())).toContain("stacks/shop/web/httpd.conf");
  });
});
