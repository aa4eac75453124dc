import { subnetComplaint } from "../../../httpd/subnet.js";
import { refused } from "../refusal.js";
import type { Objection } from "../refusal.js";
import type { Check } from "./call.js";

/** `Order`, `Allow`, `Deny` and `Satisfy` of httpd 2.2: modules/aaa/mod_access_compat.c. */
export const ACCESS: Readonly<Record<string, Check>> = {
  Order(call) {
    const order = (call.words[0] ?? "").toLowerCase();
    if (["allow,deny", "deny,allow", "mutual-failure"].includes(order)) return undefined;
    return refused("unknown order", "write Order Allow,Deny or Order Deny,Allow, without a blank behind the comma");
  },
  Allow: (call) => from(call.words),
  Deny: (call) => from(call.words),
  Satisfy(call) {
    const word = (call.words[0] ?? "").toLowerCase();
    if (word === "any" || word === "all") return undefined;
    return refused("Satisfy either 'any' or 'all'.", "write Satisfy All or Satisfy Any");
  },
};

/** How addresses of clients are written. */
export const NETWORK_MEND =
  "write an address (10.0.0.1), the beginning of one (10.0), or a network with its bits (10.0.0.0/8, fd00::/8)";

/** Words after an empty one are not looked at. */
function from([keyword = "", ...hosts]: readonly string[]): Objection {
  for (const host of hosts) {
    if (host === "") return undefined;
    if (keyword.toLowerCase() !== "from") {
      return refused(
        "allow and deny must be followed by 'from'",
        "write from in front of what is allowed or denied: Allow from all",
      );
    }
    const complaint = hostComplaint(host);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function hostComplaint(host: string): Objection {
  if (host.startsWith("#")) {
    return refused("No comments are allowed here", "put the comment on a line of its own, behind #", host);
  }
  if (/^(?:all$|env=)/i.test(host)) return undefined;
  const slash = host.indexOf("/");
  const address = slash < 0 ? host : host.slice(0, slash);
  const complaint = subnetComplaint(address, slash < 0 ? undefined : host.slice(slash + 1));
  if (complaint === undefined || (slash < 0 && complaint === "not an address")) return undefined;
  const sentence = complaint === "not an address" ? "An IP address was expected" : complaint;
  return refused(sentence, NETWORK_MEND, host);
}
