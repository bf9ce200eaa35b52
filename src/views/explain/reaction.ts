/** How the values of an event study come about: from the closes behind each return, by the formulas of docs/event-study.md. */
import { computed, each, given, plain, stored, under, type Fields, type Input, type Rule, type Table } from './told.js';

const linksOf = (owner: Fields): string[] => owner['events'] as string[];
const num = (value: unknown): number => (typeof value === 'number' ? value : NaN);

/** From the closes of the day and the day before, of the share and of the benchmark. */
const fromCloses = (says: string, formula: string): Rule => ({ owner }) => ({ says, how: 'derived', formula, inputs: linksOf(owner).map((event) => ({ name: 'close', value: null, event, field: '/data/close' })) });

/** Estimated over all days of the estimation window: by the settings, the closes and the formula. */
function fitted(says: string, formula: string): Rule {
  return ({ body }) => ({ says, how: 'derived', formula, steps: [`${String(body['model'])} over ${String(body['estimationFrom'])} to ${String(body['estimationTo'])}, ${String(body['estimationDays'])} usable days; result ${String(body['result'])}`], inputs: ((body['days'] as Fields[])[0] ? linksOf((body['days'] as Fields[])[0] as Fields) : []).map((event) => ({ name: 'a close of the series', value: null, event })) });
}

/** From the days of the window that the answer lists. */
function ofDays(says: string, formula: string, name: string, sum: boolean): Rule {
  return ({ body, owner, value }) => {
    const days = (body['days'] as Fields[]).flatMap((day, index) => (num(day['relative']) >= num(owner['from']) && num(day['relative']) <= num(owner['to']) ? [{ day, index }] : []));
    const inputs = days.map(({ day, index }): Input => ({ name: `${name} ${String(day['date'])}`, value: plain(day[name]), at: `/days/${index}/${name}` }));
    return { says, how: sum && value !== null ? 'computed' : 'derived', formula, inputs, ...(sum ? { result: inputs.reduce((total, input) => total + num(input.value), 0) } : {}) };
  };
}

const WINDOW: Table = {
  '/from': given('the first trading day of the window, from day 0'),
  '/to': given('the last trading day of the window, from day 0'),
  '/variance': fitted('the exact variance of the cumulated abnormal return', "1'V1, V = s²(I + X*(X'X)⁻¹X*')"),
  '/t': computed('the cumulated abnormal return in its standard deviations', 'car ÷ √variance', ['car', 'variance'], (car, variance) => car / Math.sqrt(variance)),
  '/df': fitted('degrees of freedom of the t law', 'T − k'),
  '/p': fitted('two-sided probability of a t so large under no effect', '2·P(t(df) ≥ |t|)'),
  '/pHolm': fitted('p adjusted for the windows of the study, judged together', 'max over the smaller ones of (m − rank + 1)·p, at most 1 (Holm)'),
  '/placeboP': fitted('place of |t| among the control firms', '(1 + #{|t| ≥ own}) ÷ (n + 1)'),
  '/placeboFirms': fitted('control firms whose window could be computed', 'a count of the controls asked for'),
  '/lo': fitted('lower end of the interval at 95 %', 'car − t₀.₉₇₅(df)·√variance'),
  '/hi': fitted('upper end of the interval at 95 %', 'car + t₀.₉₇₅(df)·√variance'),
  '/leastDetectable': fitted('the least effect that is found four times in five', '(t₀.₉₇₅(df) + t₀.₈(df))·√variance'),
  '/quantileP': fitted('how many residuals of the estimation window are as large', '(1 + #{|e| ≥ |AR|}) ÷ (T + 1), studentised for one day'),
  '/buyAndHold': ofDays('what buying and holding gave beyond what was expected', 'Π(1 + return) − Π(1 + expected)', 'return', false),
};

const windows: Table = {
  ...WINDOW,
  '/car': ofDays('the cumulated abnormal return', 'Σ ar', 'ar', true),
  '/raw': ofDays('the cumulated return itself', 'Σ return', 'return', true),
  '/marketAdjusted': ofDays('the cumulated return beyond the benchmark\'s', 'Σ (return − benchmark)', 'marketAdjusted', true),
};

/** Each day of the volume names its own bar. */
const ofVolume = (says: string, formula: string): Rule => ({ owner, body }) => ({ says, how: 'derived', formula, steps: [`mean ${String((body['volume'] as Fields)['mean'])} of ${String((body['volume'] as Fields)['estimationDays'])} days of the estimation window`], inputs: typeof owner['event'] === 'string' ? [{ name: 'the bar', value: null, event: owner['event'], field: '/data/volume' }] : [] });

/** The days of the second result are estimated anew: only its own formulas tell them. */
const without: Table = { ...windows, '/car': fitted('the cumulated abnormal return, estimated without the flagged days', 'Σ ar') };

const CONFOUNDER: Table = {
  '/confidence': stored('how far the source is trusted', '/metadata/confidence'),
  '/days/*': ({ owners, value }) => ({ says: 'a session that it touches, in trading days from day 0', how: 'derived', inputs: [{ name: 'its time', value, event: String(owners.at(-2)?.['event']), field: '/metadata/occurredAt' }] }),
};

export const reactionTable: Table = {
  ...each(['alpha', 'beta'], fitted('a coefficient of the model', 'least squares of the share\'s returns on an intercept and the benchmark\'s')),
  '/s': fitted('standard deviation of the residuals', '√(Σe² ÷ (T − k))'),
  '/estimationDays': fitted('usable days of the estimation window', 'days with both returns, each of one trading day'),
  ...under('/days/*', {
    '/relative': given('trading days from day 0'),
    '/return': fromCloses('the share\'s return over one trading day', 'close ÷ close of the session before − 1 (or its logarithm)'),
    '/benchmark': fromCloses('the benchmark\'s return over one trading day', 'close ÷ close of the session before − 1 (or its logarithm)'),
    '/expected': fitted('the return that the model expects', 'alpha + beta × benchmark (by the model)'),
    '/ar': computed('the abnormal return', 'return − expected', ['return', 'expected'], (own, expected) => own - expected),
    '/variance': fitted('the exact variance of a prediction', 's²(1 + h)'),
    '/t': computed('the abnormal return in its standard deviations', 'ar ÷ √variance', ['ar', 'variance'], (ar, variance) => ar / Math.sqrt(variance)),
    '/p': fitted('two-sided probability of a t so large under no effect', '2·P(t(df) ≥ |t|)'),
    '/marketAdjusted': computed('the return beyond the benchmark\'s', 'return − benchmark', ['return', 'benchmark'], (own, market) => own - market),
  }),
  '/coefficients/*/value': fitted('a coefficient of the model', 'least squares of the share\'s returns on the model\'s regressors'),
  ...under('/path/*', {
    '/relative': given('trading days from day 0'),
    '/car': fitted('abnormal returns cumulated from the first day shown', 'Σ ar'),
    '/lo': fitted('lower end of its interval at 95 %', 'car − t₀.₉₇₅(df)·√variance'),
    '/hi': fitted('upper end of its interval at 95 %', 'car + t₀.₉₇₅(df)·√variance'),
  }),
  '/withoutFirm/weight': given('the share of the benchmark that the firm is, as asked for'),
  ...under('/withoutFirm/windows/*', without),
  '/volume/estimationDays': fitted('days of the estimation window with a volume', 'a count'),
  '/volume/mean': fitted('the usual volume', 'mean of ln(1 + shares traded), or of ln(100·traded ÷ outstanding + 0.000255), over the estimation window'),
  ...under('/volume/days/*', {
    '/relative': given('trading days from day 0'),
    '/volume': ofVolume('shares traded, of after later splits', 'volume × split factor'),
    '/abnormal': ofVolume('the measure beyond its mean', 'measure − mean'),
    '/times': ofVolume('so many times the usual volume', 'exp(abnormal)'),
    '/quantileP': ofVolume('how many residuals are as large', '(1 + #{|e| ≥ |abnormal|}) ÷ (T + 1)'),
  }),
  ...under('/windows/*', windows),
  ...under('/withoutFlagged/windows/*', without),
  ...under('/sensitivity/*', { '/car': fitted('what another choice gives', 'Σ ar'), '/t': fitted('what another choice gives', 'car ÷ √variance'), '/p': fitted('what another choice gives', '2·P(t(df) ≥ |t|)') }),
  ...under('/confounders/*', CONFOUNDER),
  ...under('/flagged/*', CONFOUNDER),
};

export const confoundersTable: Table = under('/confounders/*', CONFOUNDER);
