import type { JkLoss } from "./losses.js";
import { lossText } from "./losses.js";
import type { JkBalancer, JkMember, JkWorkers } from "../server-files/jk-workers.js";
import { JK_DEFAULTS } from "../server-files/jk-workers.js";

/** The text of a workers.properties, with what could not be carried over as comments in front of it. */
export function writeProperties({ balancers, maintain, status }: JkWorkers, losses: readonly JkLoss[]): string {
  const list = [...balancers.map(({ name }) => name), ...(status === undefined ? [] : [status])];
  const lines = [
    "# Workers of mod_jk, written by cdktf-httpd-balancer.",
    "# Change the description it is made from: changes made here are lost with the next one.",
    ...(losses.length === 0 ? [] : ["# Not carried over:", ...losses.map((loss) => `# - ${oneLine(lossText(loss))}`)]),
    "",
    `worker.list=${list.join(",")}`,
    `worker.maintain=${maintain}`,
    ...(status === undefined ? [] : [`worker.${status}.type=status`]),
    ...balancers.flatMap((balancer) => ["", ...balancerLines(balancer)]),
  ];
  return `${lines.join("\n")}\n`;
}

function balancerLines(balancer: JkBalancer): readonly string[] {
  const { name, members, sticky, method, recoverTime, others } = balancer;
  const set = {
    type: "lb",
    balance_workers: members.map((member) => member.name).join(","),
    method,
    recover_time: String(recoverTime),
    sticky_session: sticky === undefined ? "False" : "True",
    ...(sticky === undefined
      ? {}
      : {
          session_cookie: sticky.cookie,
          session_path: sticky.path,
          ...(sticky.force ? { sticky_session_force: "True" } : {}),
        }),
    ...others,
  };
  return [...members.flatMap((member) => [...memberLines(member), ""]), ...properties(name, set)];
}

function memberLines(member: JkMember): readonly string[] {
  const { name, host, port, route, lbfactor, distance, activation, others } = member;
  return properties(name, {
    type: "ajp13",
    host,
    port: String(port),
    lbfactor: String(lbfactor),
    ...(distance === JK_DEFAULTS.distance ? {} : { distance: String(distance) }),
    ...(route === name ? {} : { route }),
    ...(activation === "active" ? {} : { activation }),
    ...others,
  });
}

function properties(worker: string, values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).map(([word, value]) => `worker.${worker}.${word}=${oneLine(value)}`);
}

/** A line ends a property: nothing in a value may begin another. */
function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, " ");
}
