/** Something in a text that a program was to fill in before httpd sees it. */
export interface Placeholder {
  /** As it is written. */
  readonly text: string;
  /** What it asks for: a name or an expression; empty for a part that only steers. */
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

/** A text that is a template, and of what. */
export interface Template {
  /** Who fills it in, for people. */
  readonly language: string;
  /** How it is filled in. */
  readonly fill: string;
  /** In the order of the text. */
  readonly placeholders: readonly Placeholder[];
}

interface Language {
  readonly language: string;
  readonly fill: string;
  /** A placeholder; its first group is what it asks for. */
  readonly pattern: RegExp;
  /** Where several languages write the same, what tells that it is this one. */
  readonly sign?: RegExp;
}

const BRACES = /\{\{\{?[-~]?([^{}\n]{0,300})\}?\}\}|\{%[^%\n]{0,300}%\}/g;

/**
 * The first language that fits counts; httpd itself has no use for any of these signs. Each placeholder is at most a few
 * hundred characters long, so that the search takes no longer than the text is, whatever it holds.
 */
const LANGUAGES: readonly Language[] = [
  {
    language: "Helm or Go",
    fill: "render it with helm template or the program it belongs to",
    pattern: BRACES,
    sign: /\{\{-?\s*(?:\.|\$|if |range |with |include |template |define |printf |quote )/,
  },
  {
    language: "Handlebars or Mustache",
    fill: "render it with its values",
    pattern: BRACES,
    sign: /\{\{(?:\{|[#/^>])/,
  },
  {
    language: "Jinja or Ansible",
    fill: "render it with ansible's template module or jinja2",
    pattern: BRACES,
    sign: /\{\{|\{%/,
  },
  {
    language: "ERB or EPP",
    fill: "render it with erb, or let Puppet or Chef do it",
    pattern: /<%[-=]?([^%\n]{0,300})%>/g,
  },
  {
    language: "a shell script",
    fill: "take what its here-document writes: run the script, or write ${NAME} without the backslash and give --env NAME=VALUE",
    pattern: /\\\$\{([A-Za-z_]\w{0,300})[^}\n$\\]{0,80}\}|^[ \t]*(?:cat|tee)\b[^\n]{0,300}<<-?\s*['"]?(?:\w+)/gm,
  },
  {
    language: "envsubst",
    fill: "render it: envsubst < FILE > RESULT; httpd itself knows ${NAME} only, with braces",
    pattern: /(?<![\\$\w])\$([A-Z][A-Z0-9_]{2,})\b/g,
  },
  {
    language: "configure or a build tool",
    fill: "take the file that the build writes",
    pattern: /(?<![\w.])@([A-Za-z_][A-Za-z0-9_]*)@|%%([A-Z][A-Z0-9_]+)%%/g,
  },
];

/**
 * Says what a text is a template of, and which values it still misses; undefined for an httpd.conf that is one already.
 * Comments are not looked at.
 */
export function templateIn(text: string): Template | undefined {
  if (!/[{<]%|\{\{|\$|@\w+@|%%|<</.test(text)) return undefined;
  const read = text.replace(/^[ \t]*#[^\n]*/gm, (comment) => " ".repeat(comment.length));
  for (const { language, fill, pattern, sign } of LANGUAGES) {
    if (sign !== undefined && !sign.test(read)) continue;
    const found = [...read.matchAll(pattern)];
    if (found.length > 0) return { language, fill, placeholders: placed(read, found) };
  }
  return undefined;
}

function placed(text: string, found: readonly RegExpMatchArray[]): readonly Placeholder[] {
  let line = 1;
  let counted = 0;
  return found.map((match) => {
    const at = match.index ?? 0;
    for (; counted < at; counted += 1) if (text[counted] === "\n") line += 1;
    return { text: match[0], name: nameIn(match[1] ?? match[2] ?? ""), line };
  });
}

/** Signs at the edges only trim blanks; what begins with a word of the language steers and asks for nothing. */
function nameIn(inside: string): string {
  const name = inside.replace(/^[-~\s]+|[-~\s]+$/g, "");
  return /^(?:[#/^>!]|else\b|end\b|if\b|range\b|with\b|include\b|template\b|define\b|for\b)/.test(name) ? "" : name;
}
