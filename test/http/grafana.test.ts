/** docs/grafana/dashboard.json: each of its addresses answers with what its panel draws, each of its metrics is there. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/cli.js';
import { seededTracker, served, type Served } from '../support/in-process.js';
import { createMetrics } from '../../src/http/metrics.js';

interface Target { refId: string; url?: string; root_selector?: string; columns?: { selector: string; type: string }[]; expr?: string }
const dashboard = JSON.parse(readFileSync(path.join(ROOT, 'docs/grafana/dashboard.json'), 'utf8')) as { time: { from: string; to: string }; templating: { list: { name: string; query: string }[] }; panels: { title: string; targets: Target[] }[] };
const targets = dashboard.panels.flatMap(({ title, targets: own }) => own.map((target) => ({ name: `${title} ${target.refId}`, ...target })));

let api: Served;
beforeAll(async () => {
  const metrics = createMetrics();
  api = await served(await seededTracker(), { metrics });
  await metrics.timed(api.tracker.store).readStream('market.entity-openai');
});
afterAll(() => api.close());

/** As Grafana does, for the dashboard's own range and variables. */
function filled(url: string): string {
  const { from, to } = dashboard.time;
  return dashboard.templating.list.reduce((text, { name, query }) => text.replaceAll(`\${${name}}`, query), url.replaceAll('${__from:date:iso}', from).replaceAll('${__to:date:iso}', to));
}

describe('The dashboard', () => {
  it.each(targets.filter(({ url }) => url !== undefined))('$name draws what the API answers', async ({ url = '', root_selector: root = '', columns = [] }) => {
    const response = await fetch(api.url + filled(url));
    expect(response.status).toBe(200);
    const rows = ((await response.json()) as Record<string, Record<string, unknown>[]>)[root] ?? [];
    expect(rows.length).toBeGreaterThan(3);
    for (const { selector, type } of columns) {
      const values = rows.map((row) => row[selector]).filter((value) => value !== null);
      expect([selector, values.length > 0]).toEqual([selector, true]);
      for (const value of values) expect([selector, type === 'timestamp' ? !Number.isNaN(Date.parse(value as string)) : typeof value === type]).toEqual([selector, true]);
    }
  });

  it.each(targets.filter(({ expr }) => expr !== undefined))('$name reads metrics that there are', async ({ expr = '' }) => {
    const text = await (await fetch(`${api.url}/metrics`)).text();
    const names = [...expr.matchAll(/tracker_\w+/g)].map(([name]) => name);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect([name, new RegExp(`^${name}[{ ]`, 'm').test(text)]).toEqual([name, true]);
  });
});
