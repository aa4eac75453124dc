import type { Problem } from "../../core/vocabulary/problem.js";
import { brokenRules, matching, wholeUpTo } from "./option-rules.js";
import type { OptionRule } from "./option-rules.js";

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
    const twin = hosts.findIndex((host) => host.name === name || (host.address === address && host.port === port));
    const rule = (word: string, rest: Omit<OptionRule, "name" | "called">): OptionRule => ({
      name: `hosts/${index}/${word}`,
      called: `${word} of host '${name}'`,
      ...rest,
    });
    return [
      ...brokenRules("SshTarget", [
        rule("address", {
          value: address,
          holds: matching(ADDRESS),
          allowed: "a host name or an address",
          fix: "write it like 'front1.example'",
        }),
        rule("port", { value: port, holds: wholeUpTo(65_535), allowed: "1 to 65535", fix: "leave it away for 22" }),
        rule("hostKey", {
          value: hostKey,
          holds: matching(HOST_KEY),
          allowed: "kind and key as in /etc/ssh/ssh_host_ed25519_key.pub",
          fix: "copy the line from the host",
        }),
        rule("name", {
          value: name,
          holds: matching(NAME),
          allowed: "letters, digits, '.', '_' and '-'",
          fix: "give it a plain name",
        }),
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
