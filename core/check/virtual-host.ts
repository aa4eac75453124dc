import type { ParameterTable } from "../vocabulary/parameter.js";
import type { VirtualHost } from "../topology/topology.js";
import type { Problem } from "../vocabulary/problem.js";
import { SERVER_SETTINGS } from "../vocabulary/settings.js";
import { shown } from "../vocabulary/shown.js";
import { checkHostAddress } from "./host-address.js";
import type { CheckPlace } from "./place.js";
import { checkScope } from "./scope.js";
import { checkText } from "./text.js";

/** What is wrong with the values of a virtual host, mounts apart. */
export function checkVirtualHost(host: VirtualHost, { at, httpd }: CheckPlace): readonly Problem[] {
  const owner = `virtual host ${shown(host.name)}`;
  const none: Problem = {
    at: `${at}/addresses`,
    subject: `addresses of ${owner}`,
    found: "none",
    allowed: "at least one",
    fix: "write for example ['*:80']",
  };
  return [
    ...checkText(host.name, { at: `${at}/name`, subject: "name of a virtual host" }),
    ...(host.addresses.length === 0 ? [none] : []),
    ...host.addresses.flatMap((address, index) =>
      checkHostAddress(address, { at: `${at}/addresses/${index}`, subject: `address of ${owner}` }),
    ),
    ...Object.keys(host.settings)
      .filter((name) => (SERVER_SETTINGS as ParameterTable)[name]?.mainOnly === true)
      .map((name) => ({
        at: `${at}/settings/${name}` as const,
        subject: `${name} of ${owner}`,
        found: "a virtual host",
        allowed: "the server",
        fix: "move the setting to the server: httpd refuses it in a virtual host",
      })),
    ...checkScope(host, { at, owner, httpd }),
  ];
}
