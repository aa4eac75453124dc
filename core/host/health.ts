import { isEveryAddress, isLoopbackHost } from "../httpd/address.js";
import { listensOf, answeringAt, speaksTls } from "../topology/ports.js";
import type { Listen, Mount, Server, ServerScope } from "../topology/topology.js";
import type { Health } from "./plan.js";

/**
 * httpd serves when the first path that leads to members is answered by something else than an error of its own. It is asked
 * for where it can be: at a port without TLS whose virtual host has the path, of all addresses or of the machine itself where
 * there is one. Where every way to it speaks TLS the first port is asked all the same, and tells only that httpd answers.
 */
export function healthOf(server: Server): Health {
  const scopes = [server, ...server.virtualHosts].filter(({ mounts }) =>
    mounts.some(({ to }) => to.kind === "cluster"),
  );
  const ways = scopes.flatMap((scope) =>
    listensOf(server)
      .filter(({ port }) => !speaksTls(server, port) && answers(server, scope, port))
      .map((listen) => ({ scope, listen })),
  );
  const [way] = [...ways].sort((one, other) => distance(one.listen) - distance(other.listen));
  const { scope = scopes[0] ?? server, listen = listensOf(server)[0] } = way ?? {};
  const { serverName: host } = scope;
  return {
    address: listen?.address,
    port: listen?.port ?? 80,
    path: mountOf(scope)?.path ?? "/",
    ...(host !== undefined && { host }),
    failsFrom: 500,
  };
}

function mountOf({ mounts }: ServerScope): Mount | undefined {
  return mounts.find(({ to, match }) => to.kind === "cluster" && match !== true);
}

/** Every virtual host has the mounts of the main server, too. */
function answers(server: Server, scope: ServerScope, port: number): boolean {
  return scope === server || answeringAt(server, port).includes(scope);
}

/** How far away the address of a port is from whoever asks on the machine, or in the container, itself. */
function distance({ address }: Listen): number {
  if (address === undefined || isEveryAddress(address)) return 0;
  return isLoopbackHost(address) ? 1 : 2;
}
