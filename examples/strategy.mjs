/**
 * A strategy on the replay. At each close of Amazon it asks what investors had said of OpenAI by then, and holds the share
 * until they doubt. It sees only what was known: asking for later is an error. `node examples/strategy.mjs file:./data`,
 * once `npm start` has seeded that store.
 */
import { LookAheadError, open, replay, views } from 'market-reaction-tracker';

const tracker = await open({ store: process.argv[2] ?? 'file:./data' });
const day = (text) => ({ ms: Date.parse(text), ns: 0 });
const closes = replay(tracker, { order: 'published', types: ['BarClosed'], instrument: 'amazon-common', from: day('2025-10-30T00:00:00Z'), to: day('2025-11-12T00:00:00Z') });

let held = false;
let value = 100;
let before = null;
for await (const step of closes) {
  const { level } = step.view(views.marketValue('XNAS:AMZN'));
  const [investors] = step.view(views.sentiment('openai', { kind: 'investor' })).kinds;
  if (held && before !== null) value *= level.close / before;
  before = level.close;
  held = investors === undefined || investors.mean >= 0;
  console.log(`${level.date}  ${level.close.toFixed(2)}  investors ${investors ? investors.mean.toFixed(2) : 'silent'}  ${held ? 'hold' : 'out'}  ${value.toFixed(1)}`);
  try {
    step.view(views.marketValue('XNAS:AMZN'), { asOf: '2025-11-28T18:00:00Z' });
    console.log('foreseen!');
  } catch (error) {
    if (!(error instanceof LookAheadError)) throw error;
  }
}
await tracker.close();
