/** The page in a real browser: where it is, and a tracker in this process that serves it. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { serve, type RunningServer } from '../../src/http/server.js';
import { loadSeeds } from '../../src/seeding/load.js';
import { openMemoryStore } from '../../src/store/memory/memory-store.js';
import { startTracker, type Tracker } from '../../src/tracker.js';
import { seedStore } from '../../src/writing/seed.js';

const places = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].filter((place) => place !== undefined);
const executablePath = places.find((place) => existsSync(place));

export const noBrowser = executablePath === undefined;
/** Stands in the name of what is skipped. */
export const reason = noBrowser ? ` (SKIPPED: no Chromium at ${places.join(', ')}; set CHROMIUM_PATH)` : '';
if (noBrowser) console.warn(`the page is not tested${reason}`);

export const ANNOUNCEMENT = 'OpenAI commits to buying compute from Amazon Web Services';

/** Without what would ask other hosts. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
}

export interface Started {
  tracker: Tracker;
  server: RunningServer;
  close: () => Promise<void>;
}

export async function startOver(seeds: string[]): Promise<Started> {
  const store = openMemoryStore();
  const tracker = startTracker(store);
  if (seeds.length > 0) await seedStore(store, await loadSeeds(seeds, { prefix: tracker.prefix, now: tracker.now }));
  await tracker.runner.caughtUp();
  const server = await serve(tracker, { host: '127.0.0.1', port: 0, log: () => undefined });
  return {
    tracker,
    server,
    async close() {
      await server.close();
      await tracker.close();
    },
  };
}

/** Until the picture that was asked for last is drawn. */
export function settled(page: Page): Promise<unknown> {
  return page.waitForSelector('main[aria-busy="false"]');
}

/** What an address says, once it says it. */
export async function inAddress(page: Page, name: string, test: (value: string | null) => boolean): Promise<string | null> {
  for (let tries = 0; ; tries += 1) {
    const value = new URL(page.url()).searchParams.get(name);
    if (test(value)) return value;
    if (tries > 100) throw new Error(`${name}=${value ?? ''} in ${page.url()}`);
    await page.waitForTimeout(50);
  }
}

/** Whether anything is drawn on a chart's canvas. */
export function inked(plot: Locator): Promise<boolean> {
  return plot.locator('canvas').evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return pixels.some((value) => value > 0);
  });
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds serious or critical in the page as it is now, each with some of its places. */
export async function seriousFindings(page: Page): Promise<string[]> {
  // The page lets no script in but its own: axe is evaluated from outside.
  await page.evaluate(readFileSync(axe, 'utf8'));
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> } };
    return (await axe.run()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  });
}
