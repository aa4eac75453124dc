import { renderNodes } from "../core/host/nodes/render-nodes.js";
import { readSpec } from "../core/spec/read-spec.js";
import { judge, median } from "./pairs.js";

const CLUSTERS = 250;
const MEMBERS = 4;
const BAR_SECONDS = 1;
const RUNS = 5;

/** Tomcats that balancers speak AJP to, in groups of four. */
function spec(): string {
  const names = (cluster: number): readonly string[] =>
    Array.from({ length: MEMBERS }, (_, number) => `n${cluster}-${number}`);
  const numbers = Array.from({ length: CLUSTERS }, (_, number) => number);
  const nodes = numbers.flatMap((cluster) =>
    names(cluster).map((name, number) => {
      const host = `10.${cluster >> 8}.${cluster & 255}.${number + 1}`;
      return `  ${name}: { server: tomcat, protocol: ajp, host: ${host}, replicationGroup: g${cluster} }`;
    }),
  );
  const groups = numbers.map((cluster) => `  g${cluster}: {}`);
  const clusters = numbers.flatMap((cluster) => [
    `  c${cluster}:`,
    "    stickysession: JSESSIONID|jsessionid",
    "    members:",
    ...names(cluster).map((name) => `      ${name}: { secret: hush, retry: 10s }`),
  ]);
  const mounts = numbers.map((cluster) => `      /app${cluster}: c${cluster}`);
  const servers = ["servers:", "  web:", "    listen: [80]", "    mounts:", ...mounts];
  return ["nodes:", ...nodes, "replicationGroups:", ...groups, "clusters:", ...clusters, ...servers, ""].join("\n");
}

const reading = readSpec(spec(), "nodes.yaml");
if (!reading.ok) throw new Error(JSON.stringify(reading.problems.slice(0, 3)));
const seconds = Array.from({ length: RUNS }, () => {
  const start = process.hrtime.bigint();
  const files = renderNodes(reading.topology);
  if (files.length !== 2 * CLUSTERS * MEMBERS) throw new Error(`${files.length} files`);
  return Number(process.hrtime.bigint() - start) / 1e9;
});
judge(`render the files of ${CLUSTERS * MEMBERS} nodes, seconds`, median(seconds), BAR_SECONDS);
