/** The text of a file as this folder handles it: one character a byte, so that any bytes survive a round trip. */
export function fromBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/**
 * The bytes of a text made by {@link fromBytes}.
 *
 * @throws RangeError when a character is not a byte: text of another origin has to pass {@link fromUnicode} first
 */
export function toBytes(text: string): Uint8Array {
  const wide = WIDE.exec(text);
  if (wide !== null) throw new RangeError(`the character at offset ${wide.index} is not a byte`);
  return Buffer.from(text, "latin1");
}

/** Ordinary text as the text of a file: its UTF-8 bytes, one character each. */
export function fromUnicode(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, "utf8").toString("latin1") : text;
}

/** The text of a file, or a part of it, as ordinary text for people: read as UTF-8, with U+FFFD for what is not. */
export function toUnicode(text: string): string {
  return NOT_ASCII.test(text) ? Buffer.from(text, "latin1").toString("utf8") : text;
}

const WIDE = /[^\u0000-\u00ff]/;
const NOT_ASCII = /[^\u0000-\u007f]/;
