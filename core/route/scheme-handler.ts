import { isSchemeName, modulesOfScheme, SCHEMES } from "../vocabulary/schemes.js";
import type { SchemeName } from "../vocabulary/schemes.js";
import { MEASURED_VERSION } from "../vocabulary/versions.js";
import type { Loaded } from "./loaded.js";

/** Bring or carry schemes that nobody here has measured: sockets handed on, and WebSockets without mod_proxy_http. */
const MORE_SCHEMES: readonly string[] = ["proxy_fdpass", "proxy_wstunnel"];

/**
 * Whether a module that is loaded handles a scheme of backends or balancers (`proxy_run_scheme_handler` of mod_proxy.c);
 * undefined where nobody here can say.
 */
export function isHandled(scheme: string, loaded: Loaded): boolean | undefined {
  const name = scheme.toLowerCase();
  if (modulesFor(name, loaded)?.every(loaded.has) === true) return true;
  return loaded.foreign || MORE_SCHEMES.some(loaded.has) ? undefined : false;
}

/**
 * What httpd answers in the place of a balancer's member whose scheme nobody handles. The member stays as it is, and no
 * other is tried (measured on httpd 2.4.71): 503, AH00934; where all that is missing is mod_ssl, 500, AH01144.
 */
export function unhandledAnswer(scheme: string, loaded: Loaded): 500 | 503 {
  const name = scheme.toLowerCase();
  const missing = modulesFor(name, loaded)?.filter((one) => !loaded.has(one)) ?? [];
  return isSchemeName(name) && SCHEMES[name].tls && missing.join() === "ssl" ? 500 : 503;
}

function modulesFor(name: string, { httpd }: Loaded): readonly string[] | undefined {
  if (name === "balancer") return ["proxy_balancer"];
  const known: SchemeName | undefined = isSchemeName(name) ? name : undefined;
  return known && modulesOfScheme(known, httpd ?? MEASURED_VERSION);
}
