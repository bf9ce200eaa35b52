/** Ids of imported bars are ordinary UUIDs of version 5, only made faster. */
import fc from 'fast-check';
import { v5 } from 'uuid';
import { expect, it } from 'vitest';
import { barEventIds, importedEventId } from '../../src/ids.js';

it('an id of a bar is v5 of its date in the namespace of document, instrument and adjustment', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom('none', 'split'), fc.date({ min: new Date('1998-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }), (document, instrument, adjustment, day) => {
      const date = day.toISOString().slice(0, 10);
      expect(barEventIds(document, instrument, adjustment)(date)).toBe(v5(date, importedEventId('bars', document, instrument, adjustment)));
    }),
  );
});
