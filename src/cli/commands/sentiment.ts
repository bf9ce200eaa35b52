/** `tracker sentiment`: the measures by holder kind and aspect, and the expressions behind them. */
import type { SentimentView } from '../../views/schemas.js';
import { sentimentView, type SentimentQuery } from '../../views/sentiment.js';
import { askedLine, counted, print, printTable, signed } from '../output.js';
import type { ViewOptions } from '../view-options.js';
import { showView } from '../with-tracker.js';

type Options = ViewOptions & Pick<SentimentQuery, 'halfLife' | 'holder' | 'kind' | 'aspect' | 'method' | 'weights'>;
type Measured = SentimentView['overall'] & { by: string };

export async function sentiment(entity: string, options: Options): Promise<void> {
  const { halfLife, holder, kind, aspect, method, weights } = options;
  await showView(options, (context) => sentimentView(context, entity, { halfLife, holder, kind, aspect, method, weights }), show);
}

function show(view: SentimentView): void {
  print(`Sentiment on ${view.name}, half-life ${view.halfLife}`);
  print(askedLine(view));
  print();
  if (view.expressions.length === 0) {
    print('nothing was expressed that is known at this time');
    return;
  }
  printMeasures([{ by: 'all', ...view.overall }, ...view.kinds.map((row) => ({ by: row.holderKind, ...row }))]);
  const { mean, reason, disagreement } = view.combined;
  print(`each kind heard alike: ${mean === null ? (reason ?? '–') : signed(mean)}${disagreement === null ? '' : `; disagreement between the kinds ${disagreement.toFixed(2)}`}`);
  print();
  printMeasures(view.aspects.map((row) => ({ by: row.aspect, ...row })));
  print(`scored by ${view.methods.join(', ')}${view.scoredOtherwise === 0 ? '' : `; ${counted(view.scoredOtherwise, 'further scoring', 'further scorings')} of the same statements left out (--method chooses)`}`);
  print();
  printExpressions(view);
}

function printMeasures(rows: readonly Measured[]): void {
  printTable(rows, [
    { title: 'by', of: (row) => row.by },
    { title: 'mean', of: (row) => (row.reason === null ? signed(row.mean) : row.reason), right: true },
    { title: 'bounds', of: (row) => (row.meanLo === null ? '–' : `${signed(row.meanLo)} … ${signed(row.meanHi)}`), right: true },
    { title: 'shrunk', of: (row) => signed(row.shrunk), right: true },
    { title: 'mass', of: (row) => row.mass.toFixed(2), right: true },
    { title: 'n', of: (row) => String(row.n), right: true },
    { title: 'disagreement', of: (row) => row.disagreement?.toFixed(2) ?? '–', right: true },
  ]);
}

function printExpressions(view: SentimentView): void {
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
