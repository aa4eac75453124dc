import { subnetComplaint } from "../../../httpd/subnet.js";
import type { Check } from "./call.js";

/** `Order`, `Allow`, `Deny` and `Satisfy` of httpd 2.2: modules/aaa/mod_access_compat.c. */
export const ACCESS: Readonly<Record<string, Check>> = {
  Order(call) {
    const order = (call.words[0] ?? "").toLowerCase();
    return ["allow,deny", "deny,allow", "mutual-failure"].includes(order) ? undefined : "unknown order";
  },
  Allow: (call) => from(call.words),
  Deny: (call) => from(call.words),
  Satisfy(call) {
    const word = (call.words[0] ?? "").toLowerCase();
    return word === "any" || word === "all" ? undefined : "Satisfy either 'any' or 'all'.";
  },
};

/** Words after an empty one are not looked at. */
function from([keyword = "", ...hosts]: readonly string[]): string | undefined {
  for (const host of hosts) {
    if (host === "") return undefined;
    if (keyword.toLowerCase() !== "from") return "allow and deny must be followed by 'from'";
    const complaint = hostComplaint(host);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function hostComplaint(host: string): string | undefined {
  if (host.startsWith("#")) return "No comments are allowed here";
  if (/^(?:all$|env=)/i.test(host)) return undefined;
  const slash = host.indexOf("/");
  if (slash < 0) {
    const complaint = subnetComplaint(host, undefined);
    return complaint === "not an address" ? undefined : complaint;
  }
  const complaint = subnetComplaint(host.slice(0, slash), host.slice(slash + 1));
  return complaint === "not an address" ? "An IP address was expected" : complaint;
}
