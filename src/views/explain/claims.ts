/** How the values of the claims ledger and of exposure come about. */
import { counted, given, plain, stored, under, type Fields, type Input, type Rule, type Scope, type Table } from './told.js';

const confidence = stored('how far the source is trusted', '/metadata/confidence');

/** Where each kind of event holds its figure. */
function fieldOf(owner: Fields): string {
  const type = owner['type'];
  if (owner['kind'] === 'commitment' || type === 'AnnouncementMade') return '/data/commitment/amount';
  return type === 'AnnouncementAmended' ? '/data/total' : '/data/value';
}

function figure(end: 'lo' | 'hi'): Rule {
  return ({ owner, key, value }) => ({ says: `the ${end === 'lo' ? 'lower' : 'upper'} end of what the printed figure allows`, how: 'printed', end, inputs: [{ name: key, value, event: String(owner['event']), field: fieldOf(owner) }] });
}

/** An amendment gives a total, or what was added. */
function amended(end: 'lo' | 'hi'): Rule {
  return (scope) => {
    const told = figure(end)(scope);
    if (scope.owner['type'] !== 'AnnouncementAmended') return told;
    return { ...told, how: 'derived', steps: [String(scope.owner['says'])], inputs: [{ name: 'amendment', value: plain(scope.owner['text']), event: String(scope.owner['event']) }] };
  };
}

/** What decides, from the claim itself and the reports against it. */
function settled(says: string): Rule {
  return ({ owner }) => ({
    says,
    how: 'derived',
    steps: [String(owner['sentence'])],
    inputs: [{ name: 'claim', value: plain(owner['text']), event: String(owner['event']) }, ...(owner['against'] as Fields[]).map((each): Input => ({ name: String(each['standing']), value: plain(each['text'] ?? each['says']), event: String(each['event']) }))],
  });
}

const state: Rule = counted('claims in this state', ({ body, key }: Scope) => (body['claims'] as Fields[]).flatMap((claim, index): Input[] => (claim['state'] === key ? [{ name: 'claim', value: plain(claim['claim']), at: `/claims/${index}/state` }] : [])));

export const claimsTable: Table = {
  '/rule': given('version of the rules of docs/claims.md'),
  '/quantityRule': given('version of the rule that says what a printed figure allows (docs/time.md)'),
  ...under('/states', { '/open': state, '/met': state, '/missed': state, '/superseded': state }),
  ...under('/claims/*', {
    '/lo': figure('lo'),
    '/hi': figure('hi'),
    '/claimedLo': settled('what has to be reached: of a goal from the figure that it names, else what the printed figure allows'),
    '/claimedHi': settled('what has to be reached: of a goal from the figure that it names, else what the printed figure allows'),
    '/foundLo': settled('what was reported; of a change the later amount ÷ the earlier − 1; of a commitment what it became'),
    '/foundHi': settled('what was reported; of a change the later amount ÷ the earlier − 1; of a commitment what it became'),
    '/confidence': confidence,
  }),
  ...under('/claims/*/against/*', { '/lo': amended('lo'), '/hi': amended('hi'), '/confidence': confidence }),
};

/** An edge is an amount of a relationship, or the commitment of an announcement between its parties. */
function amount(end: 'lo' | 'hi'): Rule {
  return ({ owner, key, value }) => ({ says: `the ${end === 'lo' ? 'lower' : 'upper'} end of what the printed amount or share allows`, how: 'printed', end, inputs: [{ name: key, value, event: String(owner['event']), field: String(owner['event']).includes('announcement-') ? '/data/commitment/amount' : '/data/amount' }] });
}

const stands: Rule = ({ owner }) => ({
  says: 'what the commitment comes to: the amount, and what each change adds to it or puts in its place',
  how: 'derived',
  steps: (owner['changes'] as Fields[]).map((each) => `${String(each['standing'])}: ${String(each['says'])}`),
  inputs: [{ name: 'commitment', value: plain(owner['text']), event: String(owner['event']) }, ...(owner['changes'] as Fields[]).map((each): Input => ({ name: String(each['standing']), value: plain(each['text'] ?? each['says']), event: String(each['event']) }))],
});

export const exposureTable: Table = {
  '/depth': given('steps, as asked for'),
  ...under('/edges/*', { '/amountLo': amount('lo'), '/amountHi': amount('hi'), '/standsLo': stands, '/standsHi': stands, '/confidence': confidence }),
  ...under('/edges/*/changes/*', { '/lo': amended('lo'), '/hi': amended('hi'), '/confidence': confidence }),
  ...under('/paths/*', {
    '/depth': counted('steps of the path', ({ owner, body }) => edgesOf(owner, body)),
    '/confidence': ({ owner, body }) => {
      const inputs = edgesOf(owner, body).map((edge) => ({ ...edge, field: '/metadata/confidence' }));
      return { says: 'the least trusted of its steps', how: 'computed', formula: 'the least confidence', inputs, result: Math.min(...inputs.map(({ value }) => Number(value))) };
    },
  }),
};

function edgesOf(owner: Fields, body: Fields): (Input & { event: string })[] {
  const edges = body['edges'] as Fields[];
  return (owner['edges'] as string[]).flatMap((id) => {
    const edge = edges.find((one) => one['id'] === id);
    return edge ? [{ name: `${String(edge['entity'])} ${String(edge['relation'])} ${String(edge['other'])}`, value: plain(edge['confidence']), event: String(edge['event']) }] : [];
  });
}
