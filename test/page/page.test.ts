/** The page in a real browser, over a tracker in this process; skipped, with the reason, where there is no browser. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../src/http/server.js';
import { addToken, openTokens } from '../../src/http/tokens.js';
import { ANNOUNCEMENT, inked, launch, noBrowser, reason, seriousFindings, settled, startOver, type Started } from '../support/page.js';

const MORNING = '2025-11-03T04:00:00Z';

interface Opened {
  page: Page;
  messages: string[];
  hosts: Set<string>;
}

describe.skipIf(noBrowser)(`the page${reason}`, () => {
  let seeded: Started;
  let empty: Started;
  let browser: Browser;

  beforeAll(async () => {
    seeded = await startOver(['seeds/']);
    empty = await startOver([]);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    for (const started of [seeded, empty]) await started?.close();
  });

  async function open(address: string, { base = seeded.server.url, width = 1280, dark = false } = {}): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme: dark ? 'dark' : 'light' });
    const messages: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => messages.push(`thrown: ${error.message}`));
    page.on('request', (request) => hosts.add(new URL(request.url()).host));
    await page.goto(`${base}${address}`);
    await settled(page);
    return { page, messages, hosts };
  }

  it('shows the announcement with its amount, duration, parties and when it became public', async () => {
    const { page } = await open('/');
    expect(await page.textContent('h1')).toBe(ANNOUNCEMENT);
    const facts = await page.textContent('.facts');
    for (const text of ['38 billion USD', '7 years', 'OpenAI (customer)', 'On 3 Nov 2025, between 05:00 and 14:01 UTC']) expect(facts).toContain(text);
    expect(await page.inputValue('#announcement')).toContain(ANNOUNCEMENT);
    await page.close();
  });

  it('draws a chart for each instrument that has closes, and lists the claims of one that has none', async () => {
    const { page } = await open('/');
    for (const instrument of ['amazon-common', 'nvidia-common', 'sp500']) {
      const plot = page.locator(`[data-chart="${instrument}"]`);
      await plot.locator('canvas').waitFor();
      expect(await inked(plot), instrument).toBe(true);
    }
    expect(await page.locator('[data-chart="amazon-common"]').getAttribute('aria-label')).toMatch(/last close before the announcement 244\.22 USD.*first close after it 254\.00 USD/);
    const unknown = await page.textContent('.unknown');
    expect(unknown).toContain('Nasdaq Composite');
    expect(unknown).toContain('Down about 3 %');
    await page.close();
  });

  it('shows sentiment by kind of holder, with its mass and who said what', async () => {
    const { page } = await open('/');
    const figure = page.locator('[data-sentiment="openai"]');
    expect(await figure.locator('[data-kind]').allTextContents()).toEqual(['investor', 'management', 'analyst', 'press', 'legislator']);
    expect(await figure.locator('.readout').first().textContent()).toMatch(/investor −0\.\d+ · management \+0\.\d+ · .* · mass \d/);
    await figure.locator('[data-chart="mass-openai"] canvas').waitFor();
    const first = figure.locator('.rows li').filter({ hasText: 'Brad Gerstner' });
    expect(await first.textContent()).toContain('−0.50 to −0.25');
    const source = first.locator('a').first();
    expect(await source.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await source.getAttribute('href')).toMatch(/^https:/);
    await page.close();
  });

  it('shows what followed as a tree: replies stand under the question', async () => {
    const { page } = await open('/');
    const root = page.locator('.tree > li').first();
    expect(await root.locator('.tree').first().locator('> li').count()).toBeGreaterThan(20);
    const question = page.locator('.tree .tree > li').filter({ hasText: 'Brad Gerstner on OpenAI' }).first();
    expect(await question.locator('.tree > li').allTextContents()).toEqual([expect.stringContaining('Sam Altman'), expect.stringContaining('Satya Nadella')]);
    expect(await question.locator('.when').first().textContent()).toBe('26 hours before, or earlier');
    await page.close();
  });

  it('removes what was not known yet when the time of knowing is set before it became public', async () => {
    const { page, messages } = await open('/');
    await page.fill('#knownAt', MORNING.slice(0, 16));
    await page.click('#apply');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Not known yet');
    await settled(page);
    const text = (await page.textContent('main')) ?? '';
    for (const later of ['38 billion', 'Peter Andersen', 'Some investors', '28 Nov 2025']) expect(text).not.toContain(later);
    expect(text).toContain('Brad Gerstner');
    expect(await page.locator('.chart:has([data-chart="amazon-common"]) .readout').textContent()).toMatch(/^31 Oct 2025/);
    expect(new URL(page.url()).searchParams.get('knownAt')).toBe(MORNING);
    expect(messages).toEqual([]);
    await page.close();
  });

  it('reproduces the picture from the link alone, also pinned to a basis', async () => {
    const { page } = await open('/?knownAt=2025-11-05T00:00:00Z');
    await page.click('[data-focus="measure-index"]');
    await page.waitForSelector('[data-chart="index"]');
    await page.click('[data-focus="pin"]');
    await page.waitForFunction(() => document.querySelector('#status')?.textContent?.startsWith('Pinned'));
    await settled(page);
    expect(new URL(page.url()).searchParams.get('basis')).toBeTruthy();
    const again = await open(page.url().slice(seeded.server.url.length));
    expect(await again.page.innerText('main')).toBe(await page.innerText('main'));
    expect(await again.page.inputValue('#knownAt')).toBe('2025-11-05T00:00');
    await page.close();
    await again.page.close();
  });

  it('shows what the market was while only the date of the announcement is known', async () => {
    const { page, messages } = await open('/?announcement=openai-aws&knownAt=2025-11-03T15:00:00Z');
    expect(await page.textContent('.headline')).toContain('Its terms are not known yet');
    expect(await page.textContent('main')).not.toContain('38 billion');
    await page.locator('[data-chart="amazon-common"] canvas').waitFor();
    expect(messages).toEqual([]);
    await page.close();
  });

  it('polls at no cost, keeps what is unfolded, and says when data changed', async () => {
    const { page } = await open('/');
    await page.locator('details[data-key="readings"] summary').click();
    const statuses: string[] = [];
    page.on('response', (response) => {
      if (/\/v1\/(?!events)/.test(response.url())) statuses.push(response.status() === 304 ? '304' : `${response.status()} ${response.url()}`);
    });
    const poll = async (): Promise<void> => {
      const last = page.waitForResponse((response) => response.url().includes('/sentiment'));
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
      await last;
    };
    await poll();
    await page.waitForTimeout(500);
    expect([...new Set(statuses)]).toEqual(['304']);
    expect(await page.textContent('#status')).toMatch(/^Live, no change since/);
    const event = { type: 'MarketMoveReported', data: { instrument: 'nasdaq-composite', measure: 'price', change: { as: 'direction', direction: 'up' }, from: { at: '2025-11-04T21:00:00Z' }, to: { at: '2025-11-05T21:00:00Z' }, base: 'previous-close', session: 'regular' }, metadata: { occurredAt: { at: '2025-11-05T21:00:00Z' }, publishedAt: { at: '2025-11-05T22:00:00Z' }, source: { document: 'test' }, $correlationId: 'openai-aws' } };
    const posted = await page.request.post(`${seeded.server.url}/v1/events`, { data: event });
    expect(posted.status(), await posted.text()).toBe(201);
    await poll();
    await page.waitForFunction(() => document.querySelector('#status')?.textContent?.includes('data last changed'));
    expect(await page.textContent('.unknown')).toContain('5 Nov 2025, 21:00 UTC');
    expect(await page.locator('details[data-key="readings"]').evaluate((fold) => (fold as HTMLDetailsElement).open)).toBe(true);
    await page.close();
  });

  it('keeps its picture and says that it is offline when the tracker does not answer', async () => {
    const { page } = await open('/');
    await page.route('**/v1/**', (route) => route.abort());
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await page.waitForFunction(() => document.querySelector('#status')?.textContent?.startsWith('Offline, last answer'));
    expect(await page.textContent('h1')).toBe(ANNOUNCEMENT);
    await page.close();
  });

  it.each([false, true])('fits a narrow screen without sideways scrolling (dark: %s)', async (dark) => {
    const { page } = await open('/', { width: 360, dark });
    await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    await page.close();
  });

  it('says nothing in the console and asks no other host, in every scale and range', async () => {
    for (const address of ['/', '/?measure=index&range=all', '/?announcement=openai-microsoft-azure', '/?range=all&knownAt=nonsense', '/?announcement=none-such']) {
      const { page, messages, hosts } = await open(address);
      await page.waitForTimeout(200);
      expect(messages, address).toEqual([]);
      expect([...hosts], address).toEqual([new URL(seeded.server.url).host]);
      await page.close();
    }
  }, 120_000);

  it('says how to load a seed when the store is empty', async () => {
    const { page, messages } = await open('/', { base: empty.server.url });
    expect(await page.textContent('main')).toContain('npm run -s tracker -- seed seeds/');
    expect(messages).toEqual([]);
    await page.close();
  });
});

describe.skipIf(noBrowser)(`what the page lets one do${reason}`, () => {
  let browser: Browser;
  let started: Started;
  beforeAll(async () => {
    started = await startOver(['seeds/']);
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    await started?.close();
  });
  async function open(address: string, viewport = { width: 1280, height: 900 }): Promise<Page> {
    const page = await browser.newPage({ viewport });
    await page.goto(started.server.url + address);
    await page.waitForSelector('main[aria-busy="false"]');
    return page;
  }
  it('a study: the party\'s own share against an index, its windows with tests, what taints them, and what one announcement does not allow', async () => {
    const page = await open('/');
    const study = page.locator('section[aria-labelledby="reaction"]');
    expect(await study.locator('[data-study]').getAttribute('data-study')).toBe('amazon-common');
    expect(await study.locator('figcaption').textContent()).toMatch(/XNAS:AMZN against INDEX:SPX.*95 % interval .* p 0\.\d+\. Day 0 is 3 Nov 2025; estimated over 250 days/);
    expect(await inked(study.locator('[data-chart="reaction-amazon-common"]'))).toBe(true);
    await study.locator('select[name="share"]').selectOption('nvidia-common');
    await page.waitForSelector('[data-study="nvidia-common"]');
    expect(await study.locator('.notice.contaminated').textContent()).toMatch(/^Contaminated: in day 0 .* there was also .*United Arab Emirates/);
    expect(await study.locator('.badge.contaminated').count()).toBe(2);
    await study.locator('select[name="windows"]').selectOption('0:1,0:5');
    await page.waitForFunction(() => document.querySelector('[data-study="nvidia-common"] table')?.textContent?.includes('Days 0 to 5'));
    expect(new URL(page.url()).searchParams.get('windows')).toBe('0:1,0:5');
    expect(await study.getByText('tests that one announcement does not allow').count()).toBe(1);
    await page.close();
  });

  it('a study that can not be says which prices are missing, and how they come in', async () => {
    const page = await open('/?announcement=openai-aws&windows=0:400');
    const missing = page.locator('section[aria-labelledby="reaction"] [data-study], section[aria-labelledby="reaction"] .badge.refused');
    expect(await missing.first().isVisible()).toBe(true);
    await page.close();
    const wrong = await open('/?announcement=openai-aws&windows=9:1');
    expect(await wrong.locator('[data-study="missing"]').textContent()).toMatch(/[Ww]indow.*import prices FILE\.csv/);
    await wrong.close();
  });

  it('which claims fit, conflicts first, each with what it is reckoned by', async () => {
    const page = await open('/');
    const findings = page.locator('section[aria-labelledby="findings"]');
    expect(await findings.locator('.intro').textContent()).toMatch(/3 exclude each other, .* 41 agree\.$/);
    expect(await findings.locator('[data-verdict]').first().getAttribute('data-verdict')).toBe('conflict');
    expect(await findings.locator('[data-verdict="conflict"]').last().textContent()).toContain('2.611 trillion USD');
    await page.close();
  });

  it('a slider through what was known: the picture and the link follow, and the keys move it', async () => {
    const page = await open('/');
    const slider = page.locator('#slide-knownAt');
    expect(await page.textContent('#said-knownAt')).toBe('everything stored');
    await slider.evaluate((element) => {
      const input = element as HTMLInputElement;
      input.value = String(Date.parse('2025-11-02T00:00:00Z') / 1000);
      input.dispatchEvent(new Event('input'));
    });
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Not known yet');
    expect(new URL(page.url()).searchParams.get('knownAt')).toBe('2025-11-02T00:00:00Z');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => new URL(location.href).searchParams.get('knownAt') === '2025-11-02T01:00:00Z');
    await settled(page);
    await page.locator('#clock').selectOption('recorded');
    await page.waitForFunction(() => new URL(location.href).searchParams.get('clock') === 'recorded');
    await page.close();
  });

  it('play tells it as it came to be known, and pauses', async () => {
    const page = await open('/?knownAt=2025-11-02T00:00:00Z&announcement=openai-aws');
    await page.locator('#speed').selectOption({ label: '1 day a second' });
    await page.locator('#play').click();
    await page.waitForFunction((title) => document.querySelector('h1')?.textContent === title, ANNOUNCEMENT, { timeout: 20_000 });
    await page.locator('#play').click();
    await page.waitForFunction(() => document.querySelector('#play')?.textContent === 'Play');
    const at = new URL(page.url()).searchParams.get('knownAt') ?? '';
    expect([at > '2025-11-03', at < '2025-11-20']).toEqual([true, true]);
    await page.close();
  });

  it('an explanation of a point, by click and by key, down to the events and their sources', async () => {
    const page = await open('/');
    const plot = page.locator('[data-chart="amazon-common"]');
    await plot.locator('canvas').waitFor();
    await plot.click({ position: { x: 500, y: 120 } });
    const dialog = page.locator('dialog.explanation');
    await dialog.locator('section.value').first().waitFor();
    expect(await dialog.textContent()).toMatch(/The close.*What it rests on.*prices/);
    await dialog.getByRole('button', { name: 'why?' }).first().click();
    await dialog.locator('section.value').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog').count()).toBe(0);
    await page.locator('[data-chart="reaction-amazon-common"]').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await dialog.locator('section.value').first().waitFor();
    expect(await dialog.textContent()).toContain('return − expected');
    await page.close();
  });

  it('the tracker itself: its projections, how far they are, and what was rejected', async () => {
    const page = await open('/');
    await page.getByText('The tracker: store, projections, rejected events').click();
    const table = page.getByRole('region', { name: 'Projections' });
    await table.waitFor();
    expect(await table.locator('tbody tr').count()).toBeGreaterThan(7);
    expect(await table.textContent()).toContain('follows the store');
    await page.close();
  });

  it('a new event is there within seconds, without a poll; a server that goes and comes back is said so', async () => {
    const own = await startOver(['seeds/']);
    const page = await browser.newPage();
    await page.goto(own.server.url);
    await page.waitForSelector('main[aria-busy="false"]');
    await page.waitForFunction(() => document.querySelector('#status')?.textContent?.startsWith('Live') && !document.querySelector('#status')?.textContent?.includes('asks every'));
    const before = await page.locator('[data-sentiment="openai"] .rows li').count();
    const response = await fetch(`${own.server.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: 'SentimentExpressed', data: { entity: 'openai', holder: { name: 'a fund', kind: 'investor' }, aspect: 'financing', claim: 'cannot pay for it', score: -0.5, relevance: 1, method: { name: 'rubric', version: 1, item: 'plain claim' } }, metadata: { occurredAt: { at: '2025-11-05T13:00:00Z' }, publishedAt: { at: '2025-11-05T13:00:00Z' }, source: { document: 'test' }, $correlationId: 'openai-aws' } }) });
    expect([response.status, response.ok ? '' : await response.text()]).toEqual([201, '']);
    await page.waitForFunction((count) => document.querySelectorAll('[data-sentiment="openai"] .rows li').length === count + 1, before, { timeout: 8000 });
    await own.server.close();
    await page.waitForFunction(() => !document.querySelector('#status')?.textContent?.startsWith('Live,'), undefined, { timeout: 20_000 });
    await page.close();
    await own.tracker.close();
  });

  it.each([{ width: 1280, height: 900 }, { width: 390, height: 800 }])('nothing that stands in the way of somebody, as axe sees it, at %o', async (viewport) => {
    const page = await open('/', viewport);
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
  });
});

describe.skipIf(noBrowser)(`beside the page${reason}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  it('the documentation can be browsed and tried, with nothing of any other host, and says nothing in the console', async () => {
    const { tracker, server } = await startOver(['seeds/']);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const messages: string[] = [];
    const hosts = new Set<string>();
    page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => messages.push(`thrown: ${error.message}`));
    page.on('request', (request) => { if (!request.url().startsWith('data:')) hosts.add(new URL(request.url()).host); });
    await page.goto(`${server.url}/docs`);
    await page.waitForSelector('.opblock');
    expect(await page.locator('.opblock').count()).toBeGreaterThan(40);
    await page.locator('#operations-views-listEntities .opblock-summary-control').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    await page.getByRole('button', { name: 'Execute' }).click();
    const got = page.locator('#operations-views-listEntities .live-responses-table .response .response-col_status');
    await got.first().waitFor();
    expect(await got.first().textContent()).toContain('200');
    expect([messages, [...hosts]]).toEqual([[], [new URL(server.url).host]]);
    await page.close();
    await server.close();
    await tracker.close();
  });

  it('a server with tokens is asked with the one that its reader gives, and says when it will not do', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tracker-page-'));
    const file = path.join(folder, 'tokens.json');
    const token = await addToken(file, { name: 'reader', scopes: ['read'] });
    const { tracker, server } = await startOver(['seeds/']);
    const guarded = await serve(tracker, { host: '127.0.0.1', port: 0, log: () => undefined, tokens: openTokens(file, () => undefined) });
    const page = await browser.newPage();
    await page.goto(guarded.url);
    await page.getByLabel('Token', { exact: true }).last().fill('mrt_wrong');
    await page.locator('.token button').click();
    await page.locator('.token .notice').waitFor();
    expect(await page.locator('.token .notice').textContent()).toContain('is not known');
    await page.locator('.token input').fill(token);
    await page.locator('.token button').click();
    await page.waitForSelector('main[aria-busy="false"]');
    expect(await page.textContent('h1')).toBe(ANNOUNCEMENT);
    await page.close();
    await guarded.close();
    await server.close();
    await tracker.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
