/** `tracker exposure`: who depends on whom, a line for each path. */
import type { ExposureView } from '../../views/claims-schema.js';
import { exposureView } from '../../views/exposure.js';
import { askedLine, print } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

export async function exposure(entity: string, options: ViewOptions & { depth?: string; direction?: string; channels?: string }): Promise<void> {
  const { depth, direction, channels } = options;
  await showView(options, (context) => exposureView(context, entity, { depth, direction, channels }), show);
}

function show(view: ExposureView): void {
  print(`Exposure of ${view.name}, ${view.depth} ${view.depth === 1 ? 'step' : 'steps'} each way`);
  print(askedLine(view));
  if (view.paths.length === 0) print('no relationship of it is known at this time');
  printPaths(view, 'on', 'exposed to');
  printPaths(view, 'of', 'exposed to it');
  if (view.cut) print('\n(there are more paths: a smaller --depth, --direction or --channels narrows)');
}

function printPaths({ paths }: ExposureView, direction: 'on' | 'of', title: string): void {
  const found = paths.filter((path) => path.direction === direction);
  if (found.length === 0) return;
  print();
  print(title);
  for (const [path, ...more] of routesOf(found)) {
    const beside = [path.status === 'possible' ? 'possibly' : '', path.confidence < 1 ? `confidence ${path.confidence}` : '', more.length > 0 ? `${more.length} more such` : ''].filter(Boolean);
    print(`  ${path.sentence}${beside.length > 0 ? `  (${beside.join('; ')})` : ''}`);
  }
}

/** Paths through the same entities by the same channels, the most trusted of each first, of those one that gives an amount. */
function routesOf(paths: ExposureView['paths']): [ExposureView['paths'][number], ...ExposureView['paths']][] {
  const routes = new Map<string, [ExposureView['paths'][number], ...ExposureView['paths']]>();
  for (const path of [...paths].sort((a, b) => a.depth - b.depth || Number(a.status === 'possible') - Number(b.status === 'possible') || b.confidence - a.confidence)) {
    const key = JSON.stringify([path.entities, path.channels]);
    const route = routes.get(key);
    if (route) route.push(path);
    else routes.set(key, [path]);
  }
  return [...routes.values()];
}
