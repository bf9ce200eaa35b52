/**
 * A set of texts that keeps eight bytes of each: enough to notice a repetition among millions without holding them.
 * Two texts share a fingerprint once in 2^64; whoever is told "seen" looks at the texts themselves.
 */

export interface Fingerprints {
  /** Adds the text within its group; true when the same one, or one of the same fingerprint, was added before. */
  add(group: number, text: string): boolean;
  readonly size: number;
}

const FIRST_CAPACITY = 1 << 12;
/** Beyond this share of full places, look-ups in an open table grow long. */
const FULL = 0.7;

export function createFingerprints(): Fingerprints {
  let capacity = FIRST_CAPACITY;
  // Two halves of 32 bits; a place that holds 0 in both is free.
  let table = new Uint32Array(2 * capacity);
  let size = 0;

  function insert(low: number, high: number): boolean {
    for (let place = low & (capacity - 1); ; place = (place + 1) & (capacity - 1)) {
      const l = table[2 * place] as number;
      const h = table[2 * place + 1] as number;
      if (l === low && h === high) return true;
      if (l === 0 && h === 0) {
        table[2 * place] = low;
        table[2 * place + 1] = high;
        return false;
      }
    }
  }

  function grow(): void {
    const before = table;
    capacity *= 2;
    table = new Uint32Array(2 * capacity);
    for (let at = 0; at < before.length; at += 2) {
      if (before[at] !== 0 || before[at + 1] !== 0) insert(before[at] as number, before[at + 1] as number);
    }
  }

  return {
    add(group, text) {
      let low = mix(group ^ 0x9e3779b9);
      let high = mix(group ^ 0x85ebca6b);
      for (let index = 0; index < text.length; index++) {
        const code = text.charCodeAt(index);
        low = Math.imul(low ^ code, 0x01000193);
        high = Math.imul(high ^ code, 0x5bd1e995);
        high ^= high >>> 15;
      }
      low = mix(low);
      high = mix(high ^ low);
      if (low === 0 && high === 0) high = 1;
      if (insert(low, high)) return true;
      if (++size > capacity * FULL) grow();
      return false;
    },
    get size() {
      return size;
    },
  };
}

/** The finaliser of MurmurHash3 (Appleby, public domain): each input bit changes about half of the output's. */
function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
