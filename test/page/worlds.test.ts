/** Scenarios on the page: nobody can take one for the real world; they are opened, filled, added to, and held against it. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inAddress, launch, noBrowser, reason, seriousFindings, settled, startOver, type Started } from '../support/page.js';

describe.skipIf(noBrowser)(`scenarios on the page${reason}`, () => {
  let browser: Browser;
  let started: Started;
  beforeAll(async () => {
    [started, browser] = await Promise.all([startOver(['seeds/']), launch()]);
    await post('/v1/scenarios', { scenario: 'flash-crash', kind: 'overlay', title: 'Amazon falls' });
    await post('/v1/scenarios/flash-crash/generate', { generator: 'shock', instrument: 'XNAS:AMZN', date: '2025-11-04', effect: -0.1 });
    await post('/v1/scenarios', { scenario: 'done', kind: 'isolated' });
    await post('/v1/scenarios/done/archive', {});
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await started?.close();
  });
  async function post(path: string, body: unknown): Promise<void> {
    const response = await fetch(started.server.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(await response.text());
  }
  async function open(address: string): Promise<{ page: Page; messages: string[] }> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    const messages: string[] = [];
    page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => messages.push(`thrown: ${error.message}`));
    await page.goto(started.server.url + address);
    await settled(page);
    return { page, messages };
  }
  const dialog = (page: Page): Locator => page.locator('dialog[open]');

  it('says over the whole page, in words and in a colour of its own, that this is none of the real world', async () => {
    const { page } = await open('/');
    const looks = (): Promise<string[]> => page.evaluate(() => [getComputedStyle(document.body).borderLeftWidth, getComputedStyle(document.documentElement).getPropertyValue('--accent'), getComputedStyle(document.body).backgroundColor]);
    const real = await looks();
    expect([await page.title(), await page.textContent('#banner')]).toEqual([expect.not.stringContaining('SYNTHETIC'), '']);
    await page.locator('#world').selectOption({ label: 'flash-crash: Amazon falls' });
    await inAddress(page, 'scenario', (value) => value === 'flash-crash');
    await settled(page);
    await page.waitForFunction(() => document.querySelector('#banner')?.textContent?.startsWith('SYNTHETIC Scenario flash-crash (Amazon falls), laid over the real world as it was at'));
    expect(await page.title()).toMatch(/^SYNTHETIC · OpenAI commits/);
    const own = await looks();
    expect(own.map((look, index) => look === real[index])).toEqual([false, false, false]);
    // In sight wherever the page is scrolled to.
    await page.evaluate(() => { scrollTo(0, 3000); });
    expect((await page.locator('#banner').boundingBox())?.y).toBe(0);
    expect(await page.locator('.chart:has([data-chart="amazon-common"]) .readout').textContent()).toContain('close 209.46');
    await page.click('[data-focus="world-back"]');
    await inAddress(page, 'scenario', (value) => value === null);
    await settled(page);
    expect(await page.locator('.chart:has([data-chart="amazon-common"]) .readout').textContent()).toContain('close 233.22');
    expect(await looks()).toEqual(real);
    await page.close();
  });

  it('draws SYNTHETIC over each of its charts, so that a picture of one alone says so', async () => {
    const pixels = async (address: string): Promise<number> => {
      const { page } = await open(address);
      await page.locator('[data-chart="sentiment-openai"] canvas').waitFor();
      const found = await page.locator('[data-chart="sentiment-openai"] canvas').evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        let count = 0;
        // The banner's colour at a fifth of its strength, as far as nothing else lies over it.
        for (let at = 0; at < data.length; at += 4) if (Math.abs((data[at] ?? 0) - 179) < 3 && Math.abs((data[at + 1] ?? 0) - 18) < 5 && Math.abs((data[at + 2] ?? 0) - 107) < 5) count += 1;
        return count;
      });
      await page.close();
      return found;
    };
    expect(await pixels('/')).toBe(0);
    expect(await pixels('/?scenario=flash-crash')).toBeGreaterThan(500);
  });

  it('stands beside the real world: the same scale, every value that differs, and the event behind it', async () => {
    const { page, messages } = await open('/?scenario=flash-crash');
    await page.click('[data-focus="world-compare"]');
    await inAddress(page, 'compare', (value) => value === 'true');
    const section = page.locator('section[aria-labelledby="compare"]');
    await section.waitFor();
    await settled(page);
    const [real, synthetic] = [section.locator('[data-side="The real world"]'), section.locator('[data-side="The scenario"]')];
    expect([await real.locator('.readout').first().textContent(), await synthetic.locator('.readout').first().textContent()]).toEqual([expect.stringContaining('close 233.22'), expect.stringContaining('close 209.46')]);
    expect(await section.locator('h3').last().textContent()).toMatch(/^\d+ values differ$/);
    expect(await section.locator('tbody tr').count()).toBe(25);
    expect(await section.locator('tbody tr').filter({ hasText: 'level.close' }).first().textContent()).toMatch(/level\.close[\d.]+event 1/);
    const link = await section.locator('tbody a').first().getAttribute('href');
    expect((await fetch(started.server.url + (link ?? ''))).status).toBe(200);
    expect(messages).toEqual([]);
    await page.close();
  });

  it('is opened and filled from a generator by forms', async () => {
    const { page, messages } = await open('/');
    await page.locator('#world').selectOption({ label: 'New scenario…' });
    await dialog(page).locator('[name="scenario"]').fill('Not an id');
    await dialog(page).getByRole('button', { name: 'Open it' }).click();
    await dialog(page).locator('.notice.bad').waitFor();
    expect(await dialog(page).locator('.fault:visible').textContent()).toContain('"Not an id"');
    await dialog(page).locator('[name="scenario"]').fill('by-hand');
    await dialog(page).getByRole('button', { name: 'Open it' }).click();
    await inAddress(page, 'scenario', (value) => value === 'by-hand');
    await page.click('[data-focus="world-generate"]');
    await dialog(page).locator('select').first().selectOption('shock');
    expect(await dialog(page).locator('[name="instrument"]').inputValue()).toBe('amazon-common');
    await dialog(page).locator('[name="date"]').fill('2025-11-05');
    await dialog(page).locator('[name="effect"]').fill('0.2');
    await dialog(page).getByRole('button', { name: 'Fill it' }).click();
    await dialog(page).locator('.notice.good').waitFor();
    expect(await dialog(page).locator('.said').textContent()).toMatch(/^\d+ events stored, 0 were there; 1 ground truth\.$/);
    await dialog(page).getByRole('button', { name: 'Fill it' }).click();
    await page.waitForFunction(() => document.querySelector('dialog[open] .said')?.textContent?.startsWith('0 events stored'));
    expect(messages.filter((message) => !message.includes('400'))).toEqual([]);
    await page.close();
  });

  it('takes an event by a form made from its schema: faults at their fields, then stored once, in the scenario alone', async () => {
    const { page } = await open('/?scenario=flash-crash');
    await page.click('[data-focus="world-inject"]');
    await dialog(page).waitFor();
    const kinds = await dialog(page).locator('option').allTextContents();
    expect(kinds).toEqual(expect.arrayContaining(['Sentiment expressed', 'Announcement made', 'Bar closed', 'Observation corrected']));
    await dialog(page).locator('select').selectOption({ label: 'Sentiment expressed' });
    const form = dialog(page);
    expect(await form.textContent()).toContain('It goes into scenario flash-crash alone.');
    await form.getByRole('button', { name: 'Add it' }).click();
    await form.locator('.notice.bad').waitFor();
    expect(await form.locator('.fault:visible').count()).toBeGreaterThan(3);
    await form.locator('[name="data.entity"]').fill('openai');
    await form.locator('[name="data.holder.kind"]').selectOption('investor');
    await form.locator('[name="data.holder.name"]').fill('A fund of the form');
    await form.locator('[name="data.aspect"]').selectOption('financing');
    await form.locator('[name="data.claim"]').fill('it can be paid');
    await form.locator('[name="data.score"]').fill('7');
    await form.locator('[name="data.relevance"]').fill('1');
    await form.locator('[name="data.method.item"]').fill('plain claim');
    await form.getByRole('button', { name: 'Add it' }).click();
    await form.locator('.notice.bad').waitFor();
    // The server's own word, at the field.
    expect(await form.locator('.fault:visible').textContent()).toMatch(/expected .*1.*got 7/);
    await form.locator('[name="data.score"]').fill('0.5');
    await form.getByRole('button', { name: 'Add it' }).click();
    await form.locator('.notice.good').waitFor();
    expect(await form.locator('.said').textContent()).toBe('Stored. The event');
    const event = (await (await fetch(started.server.url + ((await form.locator('.said a').getAttribute('href')) ?? ''))).json()) as { type: string; data: { score: number }; metadata: { scenario: string; source: { document: string } } };
    expect([event.type, event.data.score, event.metadata.scenario, event.metadata.source.document]).toEqual(['SentimentExpressed', 0.5, 'flash-crash', 'dashboard']);
    await form.getByRole('button', { name: 'Add it' }).click();
    await page.waitForFunction(() => document.querySelector('dialog[open] .said')?.textContent?.startsWith('It was stored before.'));
    await form.getByRole('button', { name: 'Close' }).click();
    await settled(page);
    const said = async (address: string): Promise<boolean> => (await (await fetch(started.server.url + address)).text()).includes('A fund of the form');
    expect([await said('/v1/entities/openai/sentiment?scenario=flash-crash'), await said('/v1/entities/openai/sentiment')]).toEqual([true, false]);
    await page.waitForFunction(() => document.querySelector('[data-sentiment="openai"]')?.textContent?.includes('A fund of the form'));
    await page.close();
  });

  it('an archived one is shown, and takes nothing; one that is not there says so, and the way back', async () => {
    const { page } = await open('/?scenario=done');
    expect(await page.textContent('#banner')).toMatch(/a world of its own.*It was archived at .* and takes no more events\./);
    expect(await page.locator('[data-focus="world-inject"]').count()).toBe(0);
    await page.close();
    const wrong = await open('/?scenario=none-such');
    expect(await wrong.page.textContent('main')).toMatch(/none-such/);
    await wrong.page.getByRole('button', { name: 'Start over' }).click();
    await inAddress(wrong.page, 'scenario', (value) => value === null);
    await settled(wrong.page);
    expect(await wrong.page.textContent('h1')).toContain('OpenAI commits');
    await wrong.page.close();
  });

  it('has nothing that stands in the way of somebody, as axe sees it, with the form and the comparison open', async () => {
    const { page } = await open('/?scenario=flash-crash&compare=true');
    await page.locator('section[aria-labelledby="compare"]').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.click('[data-focus="world-inject"]');
    await dialog(page).locator('select').selectOption({ label: 'Announcement made' });
    await dialog(page).locator('form').waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
  });
});
