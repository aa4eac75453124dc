import { nameOf, parse } from "../../../conf/text/parse.js";
import type { Server } from "../../../topology/topology.js";
import type { Pointer, Problem } from "../../../vocabulary/problem.js";
import { shown } from "../../../vocabulary/shown.js";
import type { HostPlan } from "../../plan.js";
import { checkContainer } from "../container.js";
import { filledPlan } from "../holes.js";
import { plainText } from "../plain-text.js";
import { entrancePort, plainPorts } from "./entrance.js";
import type { KubernetesEntrance } from "./entrance.js";

/** An entrance, by the option that asks for it. */
export interface AskedEntrance {
  readonly option: "ingress" | "gateway";
  readonly entrance: KubernetesEntrance;
}

/**
 * What keeps an entrance from leading to a front: no port that it could speak to; rules about the address of clients, which
 * would be those of the entrance.
 */
export function checkEntrances(
  plan: HostPlan,
  server: Server,
  entrances: readonly AskedEntrance[],
): readonly Problem[] {
  if (entrances.length === 0 || checkContainer(plan).length > 0) return [];
  const portless = entrances.filter(({ entrance }) => entrancePort(plan, server, entrance) === undefined);
  return [...portless.map((each) => portProblem(each, plan, server)), ...addressProblems(plan, entrances)];
}

function portProblem({ option, entrance: { port } }: AskedEntrance, plan: HostPlan, server: Server): Problem {
  const ports = plainPorts(plan, server);
  return {
    at: `/${option}/port`,
    subject: `port of ${option} of server ${shown(plan.name)}`,
    found: port === undefined ? "none that others reach without TLS" : String(port),
    allowed: ports.length === 0 ? "a port without TLS" : ports.join(" or "),
    fix: "have the server listen at a port without TLS: the entrance speaks HTTP to it",
  };
}

/** Lines that treat some addresses in another way than others. */
const ASKING = [
  /^require\s+(?:not\s+)?(?:ip|host|forward-dns)\s/i,
  /^(?:allow|deny)\s+from\s+(?!all\b|env=)/i,
  /^(?:<(?:if|elseif)\b|require\s+(?:not\s+)?expr\b|rewritecond\b).*(?:REMOTE_ADDR|REMOTE_HOST|[\s"'(!]-R\s)/i,
  /^setenvif(?:nocase)?\s+remote_(?:addr|host)\b/i,
];

/** Lines by which httpd takes the client's address from who stands in front. */
const TAKING: ReadonlySet<string> = new Set(["remoteipheader", "remoteipproxyprotocol"]);

/** An entrance connects from its own address: a rule that lets its network in would let in everybody. */
function addressProblems(plan: HostPlan, [first]: readonly AskedEntrance[]): readonly Problem[] {
  const { name, files } = filledPlan(plan).plan;
  const lines = files.flatMap((file) => parse(plainText(file)).lines.map((line) => line.text));
  if (lines.some((line) => TAKING.has(nameOf(line).toLowerCase()))) return [];
  const asking = lines.find((line) => ASKING.some((pattern) => pattern.test(line)));
  if (asking === undefined) return [];
  const at: Pointer = `/${first?.option ?? "ingress"}`;
  return [
    {
      at,
      subject: `${shown(asking)} of server ${shown(name)}`,
      found: `an ${first?.option === "gateway" ? "entrance by a Gateway" : "Ingress"}, whose own address httpd would see`,
      allowed: "the address of clients, as the entrance tells it",
      fix: 'add extra: ["RemoteIPHeader X-Forwarded-For", "RemoteIPInternalProxy NETWORK"] with the network of its pods',
    },
  ];
}
