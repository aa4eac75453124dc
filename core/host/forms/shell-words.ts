/** A value as one word of a shell. */
export function quoted(value: string): string {
  return /^[A-Za-z0-9_./:,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** Lines that give variables their values. */
export function assignments(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${quoted(value)}`);
}

/** Lines of a command that prints a text: a document behind a word that no line of it is. */
export function document(command: string, text: string): readonly string[] {
  const lines = new Set(text.split("\n"));
  let word = "END_OF_FILE";
  while (lines.has(word)) word = `${word}_`;
  return [`${command} <<'${word}'`, text.replace(/\n$/, ""), word];
}

/** A text for a comment of one line. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** A name as a part of a file's name. */
export function fileWord(name: string): string {
  return name.replace(/[^A-Za-z0-9._-]/g, "_");
}
