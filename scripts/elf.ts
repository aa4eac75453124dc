/** What a 64-bit little-endian ELF file says to who looks for data in it: named objects, and what is stored where. */
export interface ElfFile {
  /** Addresses of the objects it exports, by name; not of functions. */
  readonly symbols: ReadonlyMap<string, number>;
  /** The whole number of 32 bits at an address. */
  readonly int: (address: number) => number;
  /** The address that a pointer at an address leads to once the file is loaded; 0 for none, or for one outside. */
  readonly pointer: (address: number) => number;
  /** The text at an address, up to its NUL. */
  readonly text: (address: number) => string;
}

/** Kinds of sections, symbols and relocations, from elf.h; the relative ones of x86-64 and of aarch64. */
const DYNSYM = 11;
const RELA = 4;
const NOBITS = 8;
const OBJECT = 1;
const RELATIVE: ReadonlySet<number> = new Set([8, 1027]);

interface Section {
  readonly type: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

/** Reads an executable or a shared object; throws an Error for what is none. */
export function readElf(bytes: Uint8Array): ElfFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x7f454c46 || bytes[4] !== 2 || bytes[5] !== 1) {
    throw new Error("no 64-bit little-endian ELF file");
  }
  const word = (at: number): number => Number(view.getBigUint64(at, true));
  const sections = Array.from({ length: view.getUint16(60, true) }, (_, index): Section => {
    const at = word(40) + index * view.getUint16(58, true);
    const [address, offset, size] = [word(at + 16), word(at + 24), word(at + 32)];
    return { type: view.getUint32(at + 4, true), address, offset, size, link: view.getUint32(at + 40, true) };
  });
  const stored = sections.filter(({ address, type }) => address > 0 && type !== NOBITS);
  const offsetOf = (address: number): number => {
    const around = stored.find((one) => address >= one.address && address < one.address + one.size);
    if (around === undefined) throw new Error(`nothing is loaded at address ${address}`);
    return address - around.address + around.offset;
  };
  const textAt = (offset: number): string => {
    const end = bytes.indexOf(0, offset);
    return Buffer.from(bytes.subarray(offset, end)).toString("latin1");
  };
  const relocated = relocations(sections, view, word);
  return {
    symbols: symbolsOf(sections, { view, word, textAt }),
    int: (address) => view.getInt32(offsetOf(address), true),
    pointer: (address) => relocated.get(address) ?? 0,
    text: (address) => textAt(offsetOf(address)),
  };
}

/** What each relocated pointer leads to: of one into the file itself the addend is its address. */
function relocations(
  sections: readonly Section[],
  view: DataView,
  word: (at: number) => number,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const { type, offset, size } of sections) {
    if (type !== RELA) continue;
    for (let at = offset; at < offset + size; at += 24) {
      if (RELATIVE.has(view.getUint32(at + 8, true))) found.set(word(at), word(at + 16));
    }
  }
  return found;
}

interface Readers {
  readonly view: DataView;
  readonly word: (at: number) => number;
  readonly textAt: (offset: number) => string;
}

function symbolsOf(sections: readonly Section[], { view, word, textAt }: Readers): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { type, offset, size, link } of sections) {
    if (type !== DYNSYM) continue;
    for (let at = offset; at < offset + size; at += 24) {
      const isObject = (view.getUint8(at + 4) & 0xf) === OBJECT;
      const defined = view.getUint16(at + 6, true) !== 0;
      if (isObject && defined)
        found.set(textAt((sections[link]?.offset ?? 0) + view.getUint32(at, true)), word(at + 8));
    }
  }
  return found;
}
