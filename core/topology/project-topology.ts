import { buildTopology } from "./build.js";
import type { MemberInput } from "./build.js";
import type { Topology } from "./topology.js";

/** What somebody who starts says about a balancer. */
export interface ProjectAnswers {
  readonly cluster: string;
  /** URLs of the members that serve. */
  readonly members: readonly string[];
  /** URL of a member that serves while no other can. @default - none */
  readonly standby?: string;
  /** Cookie of the session. @default - sessions are not looked for */
  readonly session?: string;
  readonly port: number;
}

/**
 * A description of one balancer on one server, with what a beginner would miss: routes where there is a session, and as
 * many tries as an ordinary rolling restart needs.
 */
export function projectTopology({ cluster, members, standby, session, port }: ProjectAnswers): Topology {
  const urls = [...members, ...(standby === undefined ? [] : [standby])];
  const all = urls.map((url, index): MemberInput => {
    const name = `node${index + 1}`;
    const role = index < members.length ? {} : { status: "+H" };
    return { name, url, parameters: { ...role, ...(session === undefined ? {} : { route: name }) } };
  });
  const tries = all.length < 2 ? {} : { maxattempts: 2 * (all.length - 1) };
  const sticky = session === undefined ? {} : { stickysession: stickyFor(session) };
  return buildTopology({
    clusters: [{ name: cluster, parameters: { ...tries, ...sticky }, members: all }],
    servers: [
      {
        name: "web",
        listen: [{ port }],
        mounts: [{ path: "/", to: { kind: "cluster", cluster, path: "/" } }],
      },
    ],
  });
}

/** Servlet containers write the name into URLs in lower case. */
function stickyFor(session: string): string {
  return session === "JSESSIONID" ? "JSESSIONID|jsessionid" : session;
}
