/** The report of a study: one file that shows its chart and tables without asking anybody for anything. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reactionReport } from '../../src/report/reaction-report.js';
import { openContext } from '../../src/views/context.js';
import { announcementReactionView } from '../../src/views/reaction.js';
import type { ReactionView } from '../../src/views/reaction-schema.js';
import type { Tracker } from '../../src/tracker.js';
import { seededTracker } from '../support/in-process.js';
import { launch, noBrowser, reason } from '../support/page.js';

let tracker: Tracker;
let view: ReactionView;
beforeAll(async () => {
  tracker = await seededTracker();
  view = announcementReactionView(openContext(tracker.runner, {}), 'openai-aws', { instrument: 'XNAS:AMZN', benchmark: 'INDEX:SPX', windows: '0:3' }).body;
}, 60_000);
afterAll(() => tracker.close());

describe('the report', () => {
  it('names what it is of in its own words only: text is never markup, and nothing is fetched', () => {
    const page = reactionReport({ ...view, title: '<script>alert(1)</script> & "more"' });
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;');
    expect(page).not.toMatch(/<script|<link|<img|src=|url\(|https?:/);
    expect(page).toContain(view.again);
    expect(reactionReport(view)).toBe(reactionReport(view));
  });
  it('of a study that was refused says why, and draws nothing that is not there', () => {
    const refused = announcementReactionView(openContext(tracker.runner, {}), 'openai-aws', { instrument: 'XNAS:AMZN', benchmark: 'INDEX:SPX', estimation: '-12:-11' }).body;
    const page = reactionReport(refused);
    expect(page).toContain('Refused: the estimation window has 2 usable days');
    expect(page).toContain('No abnormal return could be computed.');
    expect(page).not.toContain('NaN');
  });
});

describe.skipIf(noBrowser)(`the report in a browser${reason}`, () => {
  it('shows a bar a day, the path with its interval, and the day that something else touched in its own colour', async () => {
    const browser = await launch();
    try {
      const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.setContent(reactionReport(view));
      expect(await page.locator('svg rect').count()).toBe(view.days.filter(({ ar }) => ar !== null).length);
      expect(await page.locator('svg rect.flagged title').allTextContents()).toEqual([expect.stringMatching(/^2025-10-31, day -1: \+9\.2\d %$/)]);
      const box = async (selector: string): Promise<{ y: number; height: number }> => (await page.locator(selector).first().boundingBox()) ?? { y: NaN, height: NaN };
      const [svg, path, band] = [await box('svg'), await box('svg .path'), await box('svg .band')];
      // The line lies in its band, the band in the picture.
      expect(band.y).toBeLessThan(path.y);
      expect(band.y + band.height).toBeGreaterThan(path.y + path.height);
      expect(svg.y).toBeLessThanOrEqual(band.y);
      expect(await page.locator('tr.lead').innerText()).toContain('0:3 (headline)');
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      expect(asked).toEqual([]);
    } finally {
      await browser.close();
    }
  }, 60_000);
});
