/** The times of a chunk's rows while it is packed: each once, by its place. */
import { NEVER, type Instant } from '../events/index.js';

/** Instants by value, in the order of their first use. */
export class InstantTable {
  readonly all: Instant[] = [];
  private readonly whole = new Map<number, number>();
  private readonly broken = new Map<string, number>();
  private last: Instant | null = null;
  private lastPlace = 0;

  place(at: Instant): number {
    // All times of a bar are one object, which its session's other bars share; open ends are one everywhere.
    if (at === NEVER) return this.search(at);
    if (at !== this.last) {
      this.lastPlace = this.search(at);
      this.last = at;
    }
    return this.lastPlace;
  }

  private search(at: Instant): number {
    const known = at.ns === 0 ? this.whole.get(at.ms) : this.broken.get(`${at.ms} ${at.ns}`);
    if (known !== undefined) return known;
    const place = this.all.push(at) - 1;
    if (at.ns === 0) this.whole.set(at.ms, place);
    else this.broken.set(`${at.ms} ${at.ns}`, place);
    return place;
  }
}
