import type { Executed } from "../core/conf/run/executed.js";
import { harmless } from "../core/report/harmless.js";
import { toUnicode } from "../core/httpd/bytes.js";

/** Directives of mod_ssl whose files httpd opens, or whose program it runs, when it tests a configuration. */
const OPENED: ReadonlySet<string> = new Set([
  ...["sslcertificatefile", "sslcertificatekeyfile", "sslcertificatechainfile", "sslpassphrasedialog"],
  ...["sslcacertificatefile", "sslcacertificatepath", "sslcadnrequestfile", "sslcadnrequestpath"],
  ...["sslcarevocationfile", "sslcarevocationpath", "sslproxycacertificatefile", "sslproxycacertificatepath"],
  ...["sslproxycarevocationfile", "sslproxycarevocationpath"],
  ...["sslproxymachinecertificatefile", "sslproxymachinecertificatepath", "sslproxymachinecertificatechainfile"],
]);

/** More of them are counted, not named. */
const NAMED = 6;

/**
 * What the verdict leaves out, in one sentence: httpd itself refuses a configuration whose certificates are not there,
 * and only the machine that it is for has them.
 */
export function unseenFiles(directives: readonly Executed[]): readonly string[] {
  const found = namedIn(directives);
  if (found.length === 0) return [];
  const names = found.slice(0, NAMED).map(({ name, words, line, source }) => {
    return `${name} ${harmless(toUnicode(words.join(" ")))} (${source.name}:${line.line})`;
  });
  const rest = found.length > NAMED ? `, and ${found.length - NAMED} more` : "";
  return [`not looked at, as only the machine that it is for has them: ${names.join(", ")}${rest}`];
}

function namedIn(directives: readonly Executed[]): readonly Executed[] {
  return directives.flatMap((one) => {
    const own = OPENED.has(one.name.toLowerCase()) && one.words[0]?.toLowerCase() !== "builtin" ? [one] : [];
    return [...own, ...namedIn(one.children)];
  });
}
