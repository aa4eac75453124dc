/** A balancer whose closing quote stands behind a parameter. */
export interface Misquoted {
  /** The name that was meant. */
  readonly name: string;
  /** What stands behind it within the quotes. */
  readonly rest: string;
}

/** The name that was meant with `<Proxy "balancer://name key=value">`; undefined for a name without a blank. */
export function misquoted(name: string): Misquoted | undefined {
  const parts = /^(\S+)\s+(\S.*)$/.exec(name);
  return parts === null ? undefined : { name: parts[1] ?? "", rest: parts[2] ?? "" };
}

/** What is said of such a balancer. */
export function quoteFinding(name: string): { readonly found: string; readonly fix: string } {
  const { name: meant, rest } = misquoted(name) ?? { name, rest: "" };
  return {
    found: `balancer://${meant}, which is not defined: the closing quote stands behind the parameter, so that the balancer is called '${name}'`,
    fix: `close the quote behind the name: <Proxy "balancer://${meant}" ${rest}>`,
  };
}
