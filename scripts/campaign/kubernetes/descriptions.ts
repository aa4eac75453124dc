import fc from "fast-check";
import type { Arbitrary } from "fast-check";
import { checkText } from "../../../core/check/text.js";
import { buildTopology } from "../../../core/topology/build.js";
import type { ServerInput, VirtualHostInput } from "../../../core/topology/build.js";
import type { Cluster, Member, Topology } from "../../../core/topology/topology.js";
import { arbitraryCluster, safeText } from "../../../test/support/arbitraries.js";

/** Descriptions for Kubernetes: what our checks let pass, and what is near to that on either side. */
export function kubernetesDescriptions(): Arbitrary<Topology> {
  return fc
    .tuple(
      fc.uniqueArray(clusterName(), { minLength: 1, maxLength: 3 }),
      fc.uniqueArray(serverName(), { minLength: 1, maxLength: 3 }),
    )
    .chain(([clusters, servers]) =>
      fc
        .tuple(
          fc.tuple(...clusters.map((name) => arbitraryCluster(name).chain(elsewhere))),
          fc.tuple(...servers.map((name) => server(name, clusters))),
        )
        .map(([clusters, servers]) => buildTopology({ clusters, servers })),
    );
}

function clusterName(): Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom("shop", "my.app", "c_3", "9lives", "a-b"),
    fc.string({ unit: fc.constantFrom(...Array.from("ab09._-")), maxLength: 82 }).map((inner) => `0${inner}z`),
  );
}

/** Names up to the length that is allowed and one beyond, and names that Kubernetes itself or another object has. */
function serverName(): Arbitrary<string> {
  const label = fc.string({ unit: fc.constantFrom(...Array.from("az09-")), maxLength: 50 });
  return fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom("web", "default", "kubernetes", "web-secrets", "null", "true", "y", "1e3"),
    },
    { weight: 1, arbitrary: fc.constantFrom("Web", "w", "e1", "a.b", "x_y", "a".repeat(52), "a".repeat(53)) },
    { weight: 12, arbitrary: label.map((rest) => `a${rest}z`) },
  );
}

function server(name: string, clusters: readonly string[]): Arbitrary<ServerInput> {
  return fc
    .record({
      listen: fc.uniqueArray(listen(), { selector: ({ port }) => port, minLength: 1, maxLength: 12 }),
      names: fc.uniqueArray(hostName(), { maxLength: 4 }),
      paths: fc.uniqueArray(path(), { minLength: clusters.length, maxLength: clusters.length }),
      comment: fc.option(comment(), { nil: undefined }),
    })
    .map(({ listen, names, paths, comment }) => ({
      name,
      listen,
      mounts: clusters.map((cluster, index) => {
        const path = index === 0 && names.length === 0 ? "/" : (paths[index] ?? "/");
        return { path, to: { kind: "cluster", cluster, path } as const };
      }),
      virtualHosts: names.map((serverName, index): VirtualHostInput => ({
        name: `host${index}`,
        addresses: [`*:${listen[0]?.port ?? 80}`],
        serverName,
        mounts: [{ path: "/", to: { kind: "cluster", cluster: clusters[0] ?? "", path: "/" } }],
      })),
      ...(comment === undefined ? {} : { extra: [comment] }),
    }));
}

function listen(): Arbitrary<{ port: number; address?: string }> {
  const port = fc.oneof(fc.constantFrom(80, 443, 8_080, 1, 65_535), fc.integer({ min: 1, max: 65_535 }));
  const address = fc.oneof(
    { weight: 8, arbitrary: fc.constant(undefined) },
    { weight: 3, arbitrary: fc.constantFrom("0.0.0.0", "127.0.0.1", "[::]", "[::1]", "10.0.0.1") },
  );
  return fc.tuple(port, address).map(([port, address]) => (address === undefined ? { port } : { port, address }));
}

function hostName(): Arbitrary<string> {
  return fc.oneof(fc.domain(), fc.constantFrom("shop.example", "xn--bcher-kva.example", "a"));
}

function path(): Arbitrary<string> {
  return fc
    .string({ unit: fc.constantFrom(...Array.from("aZ0.-_~")), minLength: 1, maxLength: 20 })
    .map((p) => `/${p}`);
}

/** A line of which httpd reads nothing, with whatever YAML, JSON or a cluster could take for something. */
function comment(): Arbitrary<string> {
  const awkward = [
    "\u0085",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\u007f",
    "\u009f",
    "\t",
    "---",
    ": ",
    " #",
    "$(A)",
    "{{.}}",
  ];
  const piece = fc.oneof(safeText(20), fc.constantFrom(...awkward));
  return fc
    .array(piece, { maxLength: 6 })
    .map((pieces) => `# ${pieces.join("")}.`)
    .filter((text) => checkText(text, { at: "", subject: "" }).length === 0);
}

/** The same members at names and addresses of all kinds, some with a secret. */
function elsewhere(cluster: Cluster): Arbitrary<Cluster> {
  return fc.tuple(...cluster.members.map(memberElsewhere)).map((members) => ({ ...cluster, members }));
}

function memberElsewhere(member: Member): Arbitrary<Member> {
  const { url } = member;
  if (typeof url !== "string" || url.startsWith("unix:")) return fc.constant(member);
  const host = fc.oneof(
    fc.ipV4(),
    fc.ipV6().map((address) => `[${address}]`),
    fc.domain(),
    fc.constantFrom("app1", "shop-0.shop", "shop.default.svc.cluster.local", "localhost", "127.0.0.1", "[::1]"),
    fc.constantFrom("300.1.1.1", "010.0.0.1", "10.0.0.256", "1.2.3", "0.0.0.0", "255.255.255.255"),
  );
  const secret = url.startsWith("ajp:")
    ? fc.constantFrom({}, { secret: "hush" }, { secret: "hush2" })
    : fc.constant({});
  return fc.tuple(host, secret).map(([host, secret]) => ({
    ...member,
    url: url.replace(/10\.0\.0\.\d+/, host),
    parameters: { ...member.parameters, ...secret },
  }));
}
