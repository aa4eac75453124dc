/** A character of word processors and web pages that looks like one of httpd's, or like nothing. */
export interface LookAlike {
  /** What people call it: `non-breaking space`. */
  readonly name: string;
  /** `U+00A0` */
  readonly code: string;
  /** What is written instead. */
  readonly plain: string;
  /** True for dashes, which also stand in texts as they are meant. */
  readonly dash: boolean;
}

/** What a character looks like; undefined for one that is what it seems. */
export function lookAlike(character: string): LookAlike | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return undefined;
  const known = TABLE.get(code) ?? (code >= 0xff01 && code <= 0xff5e ? fullWidth(code) : undefined);
  if (known === undefined) return undefined;
  const [name, plain] = known;
  return { name, code: `U+${code.toString(16).toUpperCase().padStart(4, "0")}`, plain, dash: plain === "-" };
}

type Entry = readonly [name: string, plain: string];

function fullWidth(code: number): Entry {
  return [`full-width ${String.fromCodePoint(code - 0xfee0)}`, String.fromCodePoint(code - 0xfee0)];
}

/** Names of code points, and what is typed in their place. */
const TABLE: ReadonlyMap<number, Entry> = new Map<number, Entry>([
  [0x00a0, ["non-breaking space", " "]],
  [0x00ad, ["soft hyphen", ""]],
  [0x1680, ["ogham space", " "]],
  ...range(0x2000, 0x200a, "typographic space", " "),
  [0x200b, ["zero-width space", ""]],
  [0x200c, ["zero-width non-joiner", ""]],
  [0x200d, ["zero-width joiner", ""]],
  [0x200e, ["left-to-right mark", ""]],
  [0x200f, ["right-to-left mark", ""]],
  [0x2010, ["typographic hyphen", "-"]],
  [0x2011, ["non-breaking hyphen", "-"]],
  [0x2012, ["figure dash", "-"]],
  [0x2013, ["en dash", "-"]],
  [0x2014, ["em dash", "-"]],
  [0x2015, ["horizontal bar", "-"]],
  ...range(0x2018, 0x201b, "curly quote", "'"),
  ...range(0x201c, 0x201f, "curly quote", '"'),
  ...range(0x202a, 0x202e, "mark for the direction of writing", ""),
  [0x202f, ["narrow non-breaking space", " "]],
  [0x2032, ["prime", "'"]],
  [0x2033, ["double prime", '"']],
  [0x205f, ["mathematical space", " "]],
  [0x2060, ["word joiner", ""]],
  ...range(0x2066, 0x2069, "mark for the direction of writing", ""),
  [0x2212, ["minus sign", "-"]],
  [0x3000, ["full-width space", " "]],
  [0xfeff, ["byte order mark", ""]],
]);

function range(first: number, last: number, name: string, plain: string): readonly (readonly [number, Entry])[] {
  return Array.from({ length: last - first + 1 }, (_, index) => [first + index, [name, plain]] as const);
}
