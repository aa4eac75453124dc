import { splitBalancerUrl } from "../../httpd/balancer-name.js";
import type { Statement } from "../run/statement.js";

/**
 * How a file spells the names of its balancers, by the lower-case ones under which httpd keeps them: as in the first
 * `<Proxy>` of each, else as where it is first named. Names that are written in lower case are left out.
 */
export function spelledNames(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const defined = new Map<string, string>();
  const named = new Map<string, string>();
  const walk = ({ name, words, children }: Statement): void => {
    const into = children !== undefined && name.toLowerCase() === "proxy" ? defined : named;
    for (const { text } of words) {
      const spelled = splitBalancerUrl(text)?.name;
      if (spelled !== undefined && !into.has(spelled.toLowerCase())) into.set(spelled.toLowerCase(), spelled);
    }
    children?.forEach(walk);
  };
  statements.forEach(walk);
  return new Map([...named, ...defined].filter(([lower, spelled]) => lower !== spelled));
}
