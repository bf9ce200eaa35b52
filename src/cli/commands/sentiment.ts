/** `tracker sentiment`: the measures by holder kind, and the expressions behind them. */
import type { SentimentView } from '../../views/schemas.js';
import { sentimentView } from '../../views/sentiment.js';
import { askedLine, print, printTable, signed } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

export async function sentiment(entity: string, options: ViewOptions & { halfLife?: string }): Promise<void> {
  await showView(options, (context) => sentimentView(context, entity, { halfLife: options.halfLife }), show);
}

function show(view: SentimentView): void {
  print(`Sentiment on ${view.name}, half-life ${view.halfLife}`);
  print(askedLine(view));
  print();
  if (view.expressions.length === 0) {
    print('nothing was expressed that is known at this time');
    return;
  }
  printTable([{ holderKind: 'all', ...view.overall }, ...view.kinds], [
    { title: 'by', of: (row) => row.holderKind },
    { title: 'mean', of: (row) => (row.reason === null ? signed(row.mean) : row.reason), right: true },
    { title: 'bounds', of: (row) => (row.meanLo === null ? '–' : `${signed(row.meanLo)} … ${signed(row.meanHi)}`), right: true },
    { title: 'shrunk', of: (row) => signed(row.shrunk), right: true },
    { title: 'mass', of: (row) => row.mass.toFixed(2), right: true },
    { title: 'n', of: (row) => String(row.n), right: true },
    { title: 'disagreement', of: (row) => row.disagreement?.toFixed(2) ?? '–', right: true },
  ]);
  print(`each kind heard alike: ${view.combined.mean === null ? (view.combined.reason ?? '–') : signed(view.combined.mean)}`);
  print();
  printTable(view.expressions, [
    { title: 'known from', of: (row) => `${row.knownFrom?.slice(0, 16) ?? ''}${row.estimated ? '~' : ' '}` },
    { title: 'who', of: (row) => `${row.holder} (${row.holderKind})` },
    { title: 'score', of: (row) => (row.scoreLo === row.scoreHi ? signed(row.scoreLo) : `${signed(row.scoreLo)} … ${signed(row.scoreHi)}`) },
    { title: 'weight', of: (row) => (row.status === 'possible' ? 'possible' : row.weight.toFixed(3)), right: true },
    { title: 'on', of: (row) => row.aspect },
    { title: 'claim', of: (row) => row.claim },
  ]);
  if (view.expressions.some((row) => row.estimated)) print('~ publication estimated');
}
