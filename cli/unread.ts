import { toUnicode } from "../core/httpd/bytes.js";
import type { Expansion } from "../core/conf/run/executed.js";
import type { Template } from "../core/conf/text/template.js";
import { harmless } from "../core/report/harmless.js";

/** Blocks that are off and hide something about balancers, and variables without a value: a sentence each. */
export function unreadIn({ blocksOff, undefinedUses }: Expansion): readonly string[] {
  const off = blocksOff.filter(({ hidden }) => hidden > 0);
  return [
    ...off.map(({ condition, source, line, hidden }) => {
      const lines = hidden === 1 ? "1 line about balancers is" : `${hidden} lines about balancers are`;
      const name = /^<IfDefine ([^!>\s]+)>$/i.exec(condition)?.[1];
      const mend = name === undefined ? "" : `; -D ${name} turns it on`;
      return `${source.name}:${line.line}: ${condition} does not hold, so that ${lines} not read${mend}`;
    }),
    ...undefinedUses.map(({ name, source, line }) => {
      return `${source.name}:${line.line}: \${${name}} is not defined and stands as it is; --env ${name}=VALUE gives it one`;
    }),
  ];
}

/** More placeholders than these are counted, not named. */
const NAMED = 12;

/** A file that is a template: the values it misses, with their lines, and how to give them. */
export function templateSentence(file: string, { language, fill, placeholders }: Template): string {
  const lines = new Map<string, readonly number[]>();
  for (const { text, name, line } of placeholders) {
    if (name !== "") lines.set(text, [...new Set([...(lines.get(text) ?? []), line])]);
  }
  const [first] = placeholders;
  const names = [...lines].slice(0, NAMED).map(([text, at]) => {
    return `${harmless(toUnicode(text.replace(/\s+/g, " ")))} (line${at.length === 1 ? "" : "s"} ${at.join(", ")})`;
  });
  const rest = lines.size > NAMED ? `, and ${lines.size - NAMED} more` : "";
  const misses = names.length === 0 ? "" : `; it misses ${names.join(", ")}${rest}`;
  return `${file}:${first?.line ?? 1}: is a template of ${language}, no httpd.conf yet${misses}; ${fill}`;
}
