import { NO_SESSION } from "../core/model/request.js";
import { methodOf, saysLength } from "../core/scenario/method.js";
import type { RequestStep } from "../core/scenario/steps.js";
import { urlText } from "../core/scenario/nodes.js";
import { entryOf, wayOf } from "../core/model/entry.js";
import type { Topology } from "../core/topology/topology.js";
import { backendUrl } from "../core/conf/rewire/origin.js";

const NAME = "X-Padding";

/** A request as far as its bytes are known. */
export interface PaddedRequest {
  /** Of the worker. */
  readonly authority: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the client calls the server. */
  readonly host: string;
}

/**
 * The header that makes httpd send a backend exactly the bytes a scenario says, which bytraffic counts; nothing where
 * the request is longer than that without it.
 *
 * Counted as httpd 2.4.71 writes it: request line, Host of the worker, the client's headers, X-Forwarded headers unless
 * `ProxyAddHeaders Off`, Connection. Members with paths of different lengths cannot all be met: the first one is.
 */
export function paddingFor(
  topology: Topology,
  step: RequestStep,
  { authority, headers, host }: PaddedRequest,
): Readonly<Record<string, string>> {
  const path = step.path ?? "/";
  const way = wayOf(topology, step);
  const entry = way === undefined ? undefined : entryOf(topology, way);
  if (entry?.kind !== "cluster") return {};
  const [{ url: worker, parameters } = { url: "", parameters: {} }] = entry.seen.cluster.members;
  const kept = parameters.disablereuse !== true && parameters.enablereuse !== false;
  const query = path.includes("?") ? path.slice(path.indexOf("?")) : "";
  const rest = canonical(entry.url.replace(/\?.*$/s, "").replace(/^balancer:\/\/[^/]*/i, ""));
  const target = `${pathOf(urlText(worker))}${rest}${query}`;
  const lines = [
    `${methodOf(step)} ${target} HTTP/1.1`,
    `Host: ${authority}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...forwardedLines(topology, host),
    `Connection: ${kept ? "Keep-Alive" : "close"}`,
    `${NAME}: `,
    ...(saysLength(step) ? [`Content-Length: ${step.body ?? 0}`] : []),
    "",
  ];
  const length = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 2, 0);
  const { body = 0 } = step;
  const missing = (step.bytes ?? NO_SESSION.bytes + body) - length - body;
  return missing < 0 ? {} : { [NAME]: "x".repeat(missing) };
}

function pathOf(url: string): string {
  const read = backendUrl(url);
  return typeof read === "object" ? read.rest : "";
}

/** `ap_proxy_create_hdrbrgd` (modules/proxy/proxy_util.c). */
function forwardedLines({ servers: [server] }: Topology, host: string): readonly string[] {
  if (server === undefined) return [];
  const name = host.replace(/:[0-9]*$/, "").toLowerCase();
  const called = server.virtualHosts.find(({ serverName }) => serverName?.toLowerCase() === name);
  if ((called?.settings ?? server.settings).proxyaddheaders === false) return [];
  const own = called?.serverName ?? server.serverName ?? "localhost";
  return ["X-Forwarded-For: 127.0.0.1", `X-Forwarded-Host: ${host}`, `X-Forwarded-Server: ${own}`];
}

/** A path as httpd escapes it for a backend: `ap_proxy_canonenc` (modules/proxy/proxy_util.c). */
function canonical(path: string): string {
  return path.replace(/[^A-Za-z0-9~$\-_.+!*'(),;:@&=/]/g, (character) =>
    [...Buffer.from(character, "latin1")]
      .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
