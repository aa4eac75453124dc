import type { Problem } from "../../core/vocabulary/problem.js";

/** A machine that is reached by SSH. */
export interface SshHost {
  /** Name or address. */
  readonly address: string;
  /** @default 22 */
  readonly port?: number;
  /**
   * Its public key as in `/etc/ssh/ssh_host_ed25519_key.pub`: `ssh-ed25519 AAAA...`. A host with another key is refused.
   */
  readonly hostKey: string;
  /**
   * Name in messages and of its resources.
   *
   * @default - the address
   */
  readonly name?: string;
}

/** A host with what was left away. */
export type ReadyHost = Required<SshHost>;

/** A host with its defaults. */
export function readyHost({ address, port = 22, hostKey, name = address }: SshHost): ReadyHost {
  return {
    address,
    port,
    hostKey: hostKey
      .trim()
      .split(/[ \t]+/)
      .slice(0, 2)
      .join(" "),
    name,
  };
}

const ADDRESS = /^(?!-)[A-Za-z0-9._:%-]+$/;
const HOST_KEY = /^(ssh|ecdsa|sk)-[A-Za-z0-9@.-]+ [A-Za-z0-9+/]{40,}={0,2}$/;
const NAME = /^[A-Za-z0-9._-]+$/;

/** What is wrong with the hosts of a target. */
export function hostProblems(hosts: readonly ReadyHost[]): readonly Problem[] {
  if (hosts.length === 0) {
    return [problem("", "hosts", "none", "at least one", "name one: { address, hostKey }")];
  }
  return hosts.flatMap(({ address, port, hostKey, name }, index): readonly Problem[] => {
    const of = `of host '${name}' of SshTarget`;
    const twin = hosts.findIndex((host) => host.name === name || (host.address === address && host.port === port));
    return [
      ...(ADDRESS.test(address)
        ? []
        : [
            problem(
              `/${index}/address`,
              `address ${of}`,
              `'${address}'`,
              "a host name or an address",
              "write it like 'front1.example'",
            ),
          ]),
      ...(Number.isInteger(port) && port > 0 && port < 65_536
        ? []
        : [problem(`/${index}/port`, `port ${of}`, String(port), "1 to 65535", "leave it away for 22")]),
      ...(HOST_KEY.test(hostKey)
        ? []
        : [
            problem(
              `/${index}/hostKey`,
              `hostKey ${of}`,
              `'${hostKey}'`,
              "kind and key as in /etc/ssh/ssh_host_ed25519_key.pub",
              "copy the line from the host",
            ),
          ]),
      ...(NAME.test(name)
        ? []
        : [
            problem(
              `/${index}/name`,
              `name ${of}`,
              `'${name}'`,
              "letters, digits, '.', '_' and '-'",
              "give it a plain name",
            ),
          ]),
      ...(twin === index
        ? []
        : [problem(`/${index}`, `host '${name}' of SshTarget`, "a second time", "each host once", "remove one")]),
    ];
  });
}

function problem(at: string, subject: string, found: string, allowed: string, fix: string): Problem {
  return { at: `/hosts${at}`, subject, found, allowed, fix };
}
