import type { DirConf } from "./dir-conf.js";
import type { Going } from "./request.js";
import type { Step } from "./step.js";

/** Handlers that answer themselves, with 200, and the methods they answer to; HEAD is a GET to them. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  "balancer-manager": ["GET", "HEAD", "POST"],
  "server-status": ["GET", "HEAD"],
  "server-info": ["GET", "HEAD"],
  "ldap-status": ["GET", "HEAD"],
};

/** LimitRequestBody where no line says it, since httpd 2.4.53; it does not hold for what goes to a backend (measured). */
const MOST_BYTES = 1_073_741_824;

/**
 * `ap_invoke_handler`: `proxy_handler` of mod_proxy.c comes first, then handlers by their name, then the one for files.
 */
export function handled(going: Going, conf: DirConf): Step {
  const { filename = "", by, args, verbatim } = going;
  const query = verbatim ? undefined : args;
  if (going.proxied && filename.startsWith("proxy:")) {
    return { kind: "proxy", url: filename.slice("proxy:".length), asSent: verbatim, query, by, conf };
  }
  const handler = going.handler;
  if (handler?.startsWith("proxy:") === true) {
    const places = conf.handler === undefined ? by : [...by, conf.handler.at];
    const target = handler.slice("proxy:".length).replace(/^unix:[^|]*\|/i, "");
    return { kind: "proxy", url: `${target}${filename}`, asSent: false, query, by: places, conf };
  }
  const answersTo = handler !== undefined && Object.hasOwn(OWN, handler) ? OWN[handler] : undefined;
  if (answersTo !== undefined) {
    const places = conf.handler === undefined ? by : [...by, conf.handler.at];
    const status = answersTo.includes(going.method) ? 200 : fileStatus(going, conf);
    return { kind: "answer", status, by: places, conf };
  }
  if (handler !== undefined && handler !== "default-handler" && conf.handler !== undefined)
    going.doubt.of(conf.handler.at);
  return { kind: "answer", status: fileStatus(going, conf), by, conf };
}

/** `default_handler` of server/core.c for a file that is not there. */
function fileStatus({ method, body }: Going, { bodyLimit }: DirConf): number {
  const limit = bodyLimit?.value ?? MOST_BYTES;
  if (limit > 0 && body > limit) return 413;
  if (method === "GET" || method === "HEAD" || method === "POST") return 404;
  return method === "OPTIONS" ? 200 : 405;
}
