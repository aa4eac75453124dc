import type { ReadLine, Verdict } from "../core/conf/read.js";
import { BALANCER_PARAMETERS } from "../core/vocabulary/balancer.js";
import type { Parameter } from "../core/vocabulary/parameter.js";
import { WORKER_PARAMETERS } from "../core/vocabulary/worker.js";

const WORDS: Readonly<Record<Verdict, string>> = {
  understood: "understood",
  kept: "kept as it is",
  ignored: "dropped by httpd too",
  lost: "not carried",
};

/** What became of each line, in the order of the file, and the sums; secrets are not shown. */
export function importLines(lines: readonly ReadLine[]): readonly string[] {
  const sums = (Object.keys(WORDS) as readonly Verdict[]).flatMap((verdict) => {
    const count = lines.filter((line) => line.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${WORDS[verdict]}`];
  });
  return [...lines.map(importLine), `${lines.length} directives: ${sums.join(", ") || "none"}`];
}

function importLine({ place, text, verdict, why }: ReadLine): string {
  const reason = why === undefined ? "" : ` (${redacted(why)})`;
  return `${place.file}:${place.line}: ${WORDS[verdict]}: ${redacted(text)}${reason}`;
}

const SECRETS: readonly string[] = Object.entries<Parameter>({ ...WORKER_PARAMETERS, ...BALANCER_PARAMETERS }).flatMap(
  ([word, { secret }]) => (secret === true ? [word] : []),
);
const SECRET_PARAMETER = new RegExp(`\\b(${SECRETS.join("|")})=("[^"]*"|\\S+)`, "gi");
const PASSWORD_IN_URL = /(\/\/[^/\s:@]+):[^/\s@]+@/g;

/** Text without the values of secret parameters and passwords in URLs. */
export function redacted(text: string): string {
  return text.replace(SECRET_PARAMETER, "$1=***").replace(PASSWORD_IN_URL, "$1:***@");
}
