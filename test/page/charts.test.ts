/** The charts as somebody uses them, with a mouse, by keys, with two fingers, and by ear. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ANNOUNCEMENT, inAddress, launch, noBrowser, reason, settled, startOver, type Started } from '../support/page.js';

describe.skipIf(noBrowser)(`the charts${reason}`, () => {
  let browser: Browser;
  let started: Started;
  beforeAll(async () => {
    [started, browser] = await Promise.all([startOver(['seeds/']), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await started?.close();
  });
  async function open(address: string, viewport = { width: 1280, height: 900 }): Promise<Page> {
    const page = await browser.newPage({ viewport });
    await page.goto(started.server.url + address);
    await settled(page);
    await page.locator('[data-chart="amazon-common"] canvas').waitFor();
    return page;
  }
  const chart = (page: Page, key = 'amazon-common'): Locator => page.locator(`[data-chart="${key}"]`);
  const readout = (page: Page, key = 'amazon-common'): Promise<string | null> => page.locator(`.chart:has([data-chart="${key}"]) .readout`).textContent();
  const place = async (locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> => (await locator.boundingBox()) ?? { x: NaN, y: NaN, width: NaN, height: NaN };
  const over = (page: Page, key: string): Locator => chart(page, key).locator('.u-over');

  it('market value, what happened and sentiment stand under one another on one axis, and what followed beside them', async () => {
    const page = await open('/');
    const boxes = await Promise.all(['amazon-common', 'lane', 'sentiment-openai', 'mass-openai'].map((key) => place(over(page, key))));
    expect(new Set(boxes.map(({ x, width }) => `${Math.round(x)} ${Math.round(width)}`)).size).toBe(1);
    expect(boxes.map(({ y }) => y)).toEqual(boxes.map(({ y }) => y).sort((a, b) => a - b));
    const [middle, tree] = [await place(page.locator('.story > figure')), await place(page.locator('.followed'))];
    expect([tree.x >= middle.x + middle.width, Math.abs(tree.y - middle.y) < 5, Math.abs(tree.height - middle.height) < 5]).toEqual([true, true, true]);
    await page.close();
  });

  it('what happened is marked: from a mark to its place in the tree, from the tree to its moment in the charts', async () => {
    const page = await open('/');
    await chart(page, 'lane').focus();
    for (let marks = 0; marks < 4; marks += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const pointed = page.locator('.pointed').first();
    const label = (await readout(page, 'lane'))?.split(' · ')[1] ?? '';
    expect(label.toLowerCase()).toContain((await pointed.locator('.what').first().textContent())?.replace(/^\S+ (move |value )?/, '').slice(0, 20).toLowerCase());
    const [seen, frame] = [await place(pointed.locator('.node').first()), await place(page.locator('.followed .scroll'))];
    expect(seen.y).toBeGreaterThanOrEqual(frame.y - 1);
    expect(seen.y).toBeLessThan(frame.y + frame.height);
    await page.locator('.node').filter({ hasText: 'Amazon common stock up 4.7 %' }).first().hover();
    expect(await readout(page)).toMatch(/^3 Nov 2025 · close 254\.00/);
    await page.close();
  });

  it('what else touched the share is hatched on its day, named under the cursor, and in the key', async () => {
    const page = await open('/');
    expect(await page.locator('.legend').first().textContent()).toContain('something else touched the share');
    await chart(page).focus();
    for (let tries = 0; tries < 60 && !(await readout(page))?.startsWith('31 Oct'); tries += 1) await page.keyboard.press('ArrowLeft');
    expect(await readout(page)).toMatch(/^31 Oct 2025 · close 244\.22 .* · also: Amazon: results of the third quarter of 2025; Amazon: Form 10-Q/);
    const picture = (of: Page): Promise<string> => chart(of).locator('canvas').evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const plain = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await plain.route('**/confounders?**', (route) => route.fulfill({ status: 404, contentType: 'application/problem+json', body: '{"detail":"none"}' }));
    await plain.goto(started.server.url);
    await settled(plain);
    await chart(plain).locator('canvas').waitFor();
    expect(await picture(plain)).not.toBe(await picture(page));
    expect(await plain.locator('.legend').first().textContent()).not.toContain('something else touched');
    await Promise.all([page.close(), plain.close()]);
  });

  it('keys move the cursor, and what it points at is said politely, once they rest', async () => {
    const page = await open('/');
    await chart(page).focus();
    expect(await chart(page).getAttribute('aria-label')).toMatch(/^Amazon common stock: last close before .*Arrow keys move through it, plus and minus zoom, 0 shows all, Enter explains the close\.$/);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.waitForFunction(() => document.querySelector('#speaker[aria-live="polite"]')?.textContent?.startsWith('26 Nov 2025 · close 229.16 USD'));
    await page.keyboard.press('Home');
    await page.waitForFunction(() => document.querySelector('#speaker')?.textContent?.startsWith('3 Oct 2025'));
    await page.close();
  });

  it('is zoomed by keys, and stays in focus; the link shows the same stretch; 0 shows all again', async () => {
    const page = await open('/');
    await chart(page).focus();
    await page.keyboard.press('+');
    const [from, to] = [await inAddress(page, 'from', (value) => value !== null), await inAddress(page, 'to', (value) => value !== null)];
    expect([from, to]).toEqual(['2025-10-09T04:48:00Z', '2025-11-27T19:12:00Z']);
    await settled(page);
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['chart'])).toBe('amazon-common');
    expect(await page.textContent('main')).toContain('Zoomed to 9 Oct 2025, 04:48 to 27 Nov 2025, 19:12 UTC');
    // What was measured around the announcement is told as before.
    expect(await page.locator('.glance tbody tr').first().textContent()).toMatch(/244\.22254\.00\+4\.00 %−6\.17 % 26 Nov$/);
    const again = await open(page.url().slice(started.server.url.length));
    expect(await again.innerText('main')).toBe(await page.innerText('main'));
    await page.keyboard.press('Shift+ArrowRight');
    await inAddress(page, 'from', (value) => value !== null && value > (from ?? ''));
    await settled(page);
    await page.keyboard.press('0');
    await inAddress(page, 'from', (value) => value === null);
    await Promise.all([page.close(), again.close()]);
  });

  it('is zoomed by dragging over a stretch; a double click shows all again, and explains nothing', async () => {
    const page = await open('/');
    await chart(page).scrollIntoViewIfNeeded();
    const { x, y } = await place(over(page, 'amazon-common'));
    await page.mouse.move(x + 100, y + 60);
    await page.mouse.down();
    await page.mouse.move(x + 300, y + 70, { steps: 4 });
    await page.mouse.up();
    await inAddress(page, 'to', (value) => value !== null);
    await settled(page);
    expect(await page.locator('dialog').count()).toBe(0);
    const now = await place(over(page, 'amazon-common'));
    await page.mouse.dblclick(now.x + 200, now.y + 60);
    await inAddress(page, 'to', (value) => value === null);
    await settled(page);
    await page.waitForTimeout(400);
    expect(await page.locator('dialog').count()).toBe(0);
    await page.close();
  });

  it('the wheel scrolls the page, and zooms with Ctrl, or where the chart is in focus', async () => {
    const page = await open('/');
    await chart(page).scrollIntoViewIfNeeded();
    const { x, y } = await place(over(page, 'amazon-common'));
    await page.mouse.move(x + 200, y + 60);
    const before = await page.evaluate(() => scrollY);
    await page.mouse.wheel(0, 100);
    await page.waitForFunction((was) => scrollY > was, before);
    expect(new URL(page.url()).searchParams.has('from')).toBe(false);
    await chart(page).focus();
    await chart(page).scrollIntoViewIfNeeded();
    const now = await place(over(page, 'amazon-common'));
    await page.mouse.move(now.x + 200, now.y + 60);
    await page.mouse.wheel(0, -100);
    await inAddress(page, 'from', (value) => value !== null);
    await page.close();
  });

  it('two fingers on a phone zoom, one scrolls', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    const page = await context.newPage();
    await page.goto(started.server.url);
    await settled(page);
    await chart(page).locator('canvas').waitFor();
    await chart(page).scrollIntoViewIfNeeded();
    const { x, y } = await place(over(page, 'amazon-common'));
    const touches = await context.newCDPSession(page);
    const at = (...xs: number[]): { x: number; y: number; id: number }[] => xs.map((left, id) => ({ x: x + left, y: y + 80, id }));
    await touches.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(100) });
    await touches.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at(100, 160) });
    for (let step = 1; step <= 4; step += 1) await touches.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: at(100 - step * 12, 160 + step * 12) });
    await touches.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    const from = await inAddress(page, 'from', (value) => value !== null);
    const to = await inAddress(page, 'to', (value) => value !== null);
    const days = (Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000;
    expect([days > 20, days < 45]).toEqual([true, true]);
    await context.close();
  });

  it('trading hours alone: a weekend is no wider than a night', async () => {
    const page = await open('/');
    const steps = async (): Promise<number[]> => {
      await chart(page).focus();
      for (let tries = 0; tries < 60 && !(await readout(page))?.startsWith('30 Oct'); tries += 1) await page.keyboard.press('ArrowLeft');
      const places: number[] = [];
      for (let days = 0; days < 4; days += 1) {
        places.push((await place(chart(page).locator('.u-cursor-x'))).x);
        await page.keyboard.press('ArrowRight');
      }
      return places.slice(1).map((at, index) => at - (places[index] ?? 0));
    };
    // Thursday to Friday, to Monday, to Tuesday.
    const [day = 0, weekend = 0] = await steps();
    expect(weekend / day).toBeGreaterThan(2.5);
    await page.click('[data-focus="axis-sessions"]');
    await inAddress(page, 'axis', (value) => value === 'sessions');
    await settled(page);
    const [one = 0, two = 0, three = 0] = await steps();
    expect([two / one, three / one].map((ratio) => Math.abs(ratio - 1) < 0.15)).toEqual([true, true]);
    await page.close();
  });

  it('values are a table of at most 25 rows a page, which a redraw leaves where it is', async () => {
    const page = await open('/?range=all');
    const fold = page.locator('.story details[data-key="values-amazon-common"]');
    await fold.locator('summary').click();
    expect(await fold.locator('summary').textContent()).toMatch(/^Values \(3\d\d closes\)$/);
    expect(await fold.locator('tbody tr').count()).toBe(25);
    const first = await fold.locator('tbody tr').first().textContent();
    await fold.getByRole('button', { name: 'Earlier rows' }).isDisabled();
    await fold.getByRole('button', { name: 'Later rows' }).click();
    expect(await fold.locator('[role="status"]').textContent()).toMatch(/^Rows 26 to 50 of 3\d\d$/);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Later rows');
    await page.click('[data-focus="axis-sessions"]');
    await inAddress(page, 'axis', (value) => value === 'sessions');
    await settled(page);
    expect(await fold.locator('[role="status"]').textContent()).toMatch(/^Rows 26 to 50/);
    await fold.getByRole('button', { name: 'First' }).click();
    expect(await fold.locator('tbody tr').first().textContent()).toBe(first);
    await page.close();
  });

  it('a band, a mark and a number each explain themselves', async () => {
    const page = await open('/');
    const dialog = page.locator('dialog.explanation');
    const told = async (): Promise<string> => {
      await dialog.locator('section.value').first().waitFor();
      const text = (await dialog.textContent()) ?? '';
      await page.keyboard.press('Escape');
      return text;
    };
    await page.locator('.glance tbody tr').first().locator('button').nth(2).click();
    expect(await told()).toContain('100');
    await page.locator('.headline .amount').click();
    expect(await told()).toMatch(/printed “?.*38/);
    const claims = page.locator('.story details[data-key="claims-amazon-common"]');
    await claims.locator('summary').click();
    await claims.getByRole('button', { name: 'why?' }).first().click();
    expect(await told()).toContain('What it rests on');
    await page.locator('.part .rows li').filter({ hasText: 'Brad Gerstner' }).getByRole('button', { name: 'why?' }).click();
    expect(await told()).toContain('end of the score');
    await page.locator('[data-study] table').first().locator('button.figure').nth(1).click();
    expect(await told()).toContain('standard deviation');
    // The claimed price of 3 November, where it is drawn.
    await chart(page).scrollIntoViewIfNeeded();
    const asked: string[] = [];
    page.on('request', (request) => { if (request.url().includes('/explain')) asked.push(decodeURIComponent(request.url())); });
    const { x, y, width, height } = await place(over(page, 'amazon-common'));
    for (let dy = 24; dy < height && !asked.some((url) => url.includes('at=/claims/')); dy += 6) {
      await page.mouse.click(x + width * 0.513, y + dy);
      await told();
    }
    expect(asked.some((url) => url.includes('at=/claims/'))).toBe(true);
    await page.close();
  });

  it('of a series longer than it can show it asks for less, says so, and has all of the stretch that is zoomed into', async () => {
    const post = (path: string, body: unknown): Promise<Response> => fetch(started.server.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    await post('/v1/scenarios', { scenario: 'long', kind: 'isolated' });
    expect((await post('/v1/scenarios/long/generate', { generator: 'market', firms: 2, days: 5000 })).status).toBe(200);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const points: number[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/market-value')) void response.json().then((view: { points: unknown[] }) => points.push(view.points.length)).catch(() => undefined);
    });
    await page.goto(`${started.server.url}/?scenario=long&range=all`);
    await settled(page);
    const long = page.locator('.story [data-chart]').first();
    await long.locator('canvas').waitFor();
    expect(await page.locator('.story figure').textContent()).toContain('2,000 of 5,001 closes are drawn, every extreme among them: zoom in for the others');
    expect(Math.max(...points)).toBe(2000);
    await long.focus();
    for (let times = 0; times < 6; times += 1) await page.keyboard.press('+');
    await page.waitForFunction(() => !document.querySelector('.story figure')?.textContent?.includes('are drawn, every extreme'));
    await settled(page);
    expect(await page.locator('.story details[data-key^="values-"] summary').first().textContent()).toMatch(/^Values \(1,[23]\d\d closes\)$/);
    await page.close();
  });

  it('the announcements are searched as one types, and chosen by key', async () => {
    const page = await open('/');
    const field = page.getByRole('combobox', { name: 'Announcement' });
    expect(await field.inputValue()).toContain(ANNOUNCEMENT);
    await field.click();
    const all = await page.locator('#announcements [role="option"]').count();
    expect(all).toBeGreaterThan(5);
    await field.fill('cipher lease');
    expect(await page.locator('#announcements [role="option"]').count()).toBe(1);
    expect(await page.locator('#announcements [role="option"]').textContent()).toContain('3 Nov 2025 · 5.5 billion USD · Amazon Web Services, Cipher Mining · 3 effects');
    await field.fill('no such thing');
    expect(await page.locator('#announcements').textContent()).toContain('has all of these words');
    await page.keyboard.press('Escape');
    expect(await field.inputValue()).toContain(ANNOUNCEMENT);
    await field.fill('cipher');
    await page.keyboard.press('ArrowDown');
    expect(await field.getAttribute('aria-activedescendant')).toBe('announcement-0');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('h1')?.textContent?.includes('Cipher'));
    expect(new URL(page.url()).searchParams.get('announcement')).toBe('cipher-aws');
    await page.close();
  });
});
