const EMPTY = -1;

/** Rows of integers, each kept once and known by a number; memory grows by doubling up to a limit. */
export class RowPool {
  readonly width: number;
  readonly #most: number;
  #rows: Int32Array;
  #slots: Int32Array;
  #size = 0;

  /** @param most - rows it may hold */
  constructor(width: number, most: number) {
    this.width = width;
    this.#most = most;
    this.#rows = new Int32Array(width * 1024);
    this.#slots = new Int32Array(4096).fill(EMPTY);
  }

  get size(): number {
    return this.#size;
  }

  /** True when no further row fits. */
  get full(): boolean {
    return this.#size >= this.#most;
  }

  /** Bytes in use. */
  get bytes(): number {
    return this.#rows.byteLength + this.#slots.byteLength;
  }

  /** Copies a row out. */
  read(id: number, into: Int32Array): void {
    const base = id * this.width;
    for (let k = 0; k < this.width; k++) into[k] = this.#rows[base + k] as number;
  }

  /** The number of a row, new or known. */
  intern(row: Int32Array): number {
    const mask = this.#slots.length - 1;
    let slot = hashOf(row) & mask;
    for (let id = this.#slots[slot] as number; id !== EMPTY; id = this.#slots[slot] as number) {
      if (this.#equals(id, row)) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.#size++;
    if ((id + 1) * this.width > this.#rows.length) this.#rows = grown(this.#rows);
    this.#rows.set(row, id * this.width);
    this.#slots[slot] = id;
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #equals(id: number, row: Int32Array): boolean {
    const base = id * this.width;
    for (let k = 0; k < this.width; k++) if (this.#rows[base + k] !== row[k]) return false;
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = hashOf(this.#rows.subarray(id * this.width, (id + 1) * this.width)) & mask;
      while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

/** An array of twice the length with the same beginning. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const next = new Int32Array(array.length * 2);
  next.set(array);
  return next;
}

function hashOf(row: Int32Array): number {
  let hash = 0x811c9dc5;
  for (let k = 0; k < row.length; k++) {
    hash = Math.imul(hash ^ (row[k] as number), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}
