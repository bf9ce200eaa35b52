/** `tracker timeline`: an announcement and its effects as an indented tree. */
import { timelineView } from '../../views/announcements.js';
import type { TimelineView } from '../../views/schemas.js';
import { askedLine, print } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

export async function timeline(announcement: string, options: ViewOptions): Promise<void> {
  await showView(options, (context) => timelineView(context, announcement), show);
}

function show(view: TimelineView): void {
  print(view.title);
  print(askedLine(view));
  print(view.axis === 'relative' ? 'not dated yet: times are relative to the announcement' : `public by ${view.publicBy}${view.publicFrom === view.publicBy ? '' : `, not before ${view.publicFrom ?? '(open)'}`}`);
  print();
  for (const node of view.nodes) {
    const indent = '  '.repeat(node.depth);
    print(`${indent}${node.label}${node.status === 'possible' ? ' (possibly)' : ''}`);
    print(`${indent}  ${distance(node)}known from ${node.knownFrom}${node.estimated ? ' (estimated)' : ''}; ${node.document}${node.locator === null ? '' : `, ${node.locator}`}`);
  }
}

function distance(node: TimelineView['nodes'][number]): string {
  if (node.type === 'AnnouncementMade' && node.depth === 0) return '';
  const { relativeFromSeconds: from, relativeSeconds: to } = node;
  if (to === null) return `${node.side === null ? node.when : `${node.side} the announcement`}; `;
  return from === null || from === to ? `${duration(to)}; ` : `between ${duration(from)} and ${duration(to)}; `;
}

function duration(seconds: number): string {
  const size = Math.abs(seconds);
  const text = size < 5400 ? `${Math.round(size / 60)} min` : size < 172_800 ? `${(size / 3600).toFixed(1)} h` : `${(size / 86_400).toFixed(1)} d`;
  return `${seconds < 0 ? '−' : '+'}${text}`;
}
