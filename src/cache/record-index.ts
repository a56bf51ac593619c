/** The location of a stored record. */
export interface RecordLocation {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

const FIRST_CAPACITY = 1 << 12;

/** The table grows when this share of it is used. */
const LOAD = 0.6;

/**
 * An index from the first 8 bytes of a key's hash to a place, in typed arrays: about 40 bytes an entry. A caller compares the
 * whole hash with the record it finds.
 */
export class RecordIndex {
  #capacity = FIRST_CAPACITY;
  #high = new Uint32Array(FIRST_CAPACITY);
  #low = new Uint32Array(FIRST_CAPACITY);
  #segment = new Uint32Array(FIRST_CAPACITY);
  #offset = new Uint32Array(FIRST_CAPACITY);
  /** 0 marks a free slot. */
  #length = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** @param hash 16 bytes, of which 8 are used */
  get(hash: Buffer): RecordLocation | undefined {
    const slot = this.#slotOf(hash.readUInt32LE(0), hash.readUInt32LE(4));
    const length = this.#length[slot] ?? 0;
    if (length === 0) return undefined;
    return { segment: this.#segment[slot] ?? 0, offset: this.#offset[slot] ?? 0, length };
  }

  set(hash: Buffer, place: RecordLocation): void {
    if (this.#size >= this.#capacity * LOAD) this.#grow();
    this.#put(hash.readUInt32LE(0), hash.readUInt32LE(4), place.segment, place.offset, place.length);
  }

  #put(high: number, low: number, segment: number, offset: number, length: number): void {
    const slot = this.#slotOf(high, low);
    if (this.#length[slot] === 0) this.#size += 1;
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#segment[slot] = segment;
    this.#offset[slot] = offset;
    this.#length[slot] = length;
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#capacity - 1;
    let slot = high & mask;
    while (this.#length[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low))
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const before = [this.#high, this.#low, this.#segment, this.#offset, this.#length] as const;
    this.#capacity *= 2;
    this.#high = new Uint32Array(this.#capacity);
    this.#low = new Uint32Array(this.#capacity);
    this.#segment = new Uint32Array(this.#capacity);
    this.#offset = new Uint32Array(this.#capacity);
    this.#length = new Uint32Array(this.#capacity);
    this.#size = 0;
    const [high, low, segment, offset, length] = before;
    for (let slot = 0; slot < length.length; slot++)
      if (length[slot] !== 0)
        this.#put(high[slot] ?? 0, low[slot] ?? 0, segment[slot] ?? 0, offset[slot] ?? 0, length[slot] ?? 0);
  }
}
