import { expect, it } from "vitest";
import { renderHttpdConf } from "../../../core/render/httpd.js";
import { buildTopology } from "../../../core/topology/build.js";

/** The ProxyPassReverse lines of a mount of `/app`, without indentation, in their order. */
function reverses(inLocation: boolean): readonly string[] {
  const topology = buildTopology({
    clusters: [{ name: "c", members: [{ url: "http://a:81" }] }],
    servers: [
      {
        name: "web",
        mounts: [
          {
            path: "/app",
            inLocation,
            to: { kind: "cluster", cluster: "c", path: "/app" },
            reverse: ["/app", "/other"].map((path) => ({ path, url: `http://a:81${path}` })),
          },
        ],
      },
    ],
  });
  const [server] = topology.servers;
  if (server === undefined) throw new Error("no server");
  const text = renderHttpdConf(topology, server);
  if (typeof text !== "string") throw new Error("the text has holes");
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.startsWith("ProxyPassReverse "));
}

it("a mount in a section maps its own path there and every other one outside, each of them once", () => {
  expect([...reverses(true)].sort()).toEqual([
    "ProxyPassReverse /other http://a:81/other",
    "ProxyPassReverse http://a:81/app",
  ]);
});

it("a mount outside of sections maps all of its paths, each of them once", () => {
  expect(reverses(false)).toEqual([
    "ProxyPassReverse /app http://a:81/app",
    "ProxyPassReverse /other http://a:81/other",
  ]);
});
