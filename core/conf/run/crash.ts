import type { ServerState } from "./directives/server-state.js";
import type { ConfError } from "./executed.js";

/**
 * A configuration that ends httpd itself, in `-t` and at every start, without a sentence: `failonstatus` in a virtual
 * host on a balancer whose name the main server has too, without the parameter. `merge_balancers` of mod_proxy.c makes
 * one of both, and `apr_array_append` reads the list that is not there (measured on httpd 2.4.71: SIGSEGV; not with an
 * empty list on either side).
 */
export function crashOf(servers: readonly ServerState[]): ConfError | undefined {
  const main = servers.find(({ virtual }) => !virtual);
  for (const server of servers) {
    if (!server.virtual) continue;
    for (const [name, { failsOn }] of server.balancers) {
      const shared = main?.balancers.get(name);
      if (failsOn === undefined || shared === undefined || shared.listsStatuses === true) continue;
      const { source, line } = failsOn;
      return {
        message: `httpd ends with a segmentation fault (SIGSEGV): failonstatus in a virtual host on ${name}, which the main server has without it`,
        mend: "set failonstatus where the main server has the balancer, or give the virtual host's balancer a name of its own",
        about: "text",
        crash: true,
        source: source.name,
        line: line.lastLine,
        at: { source, line },
      };
    }
  }
  return undefined;
}
