/** Every cell of the supervisor's table, written out a second time in short, and what must hold of the table as a whole. */
import { describe, expect, it } from 'vitest';
import { signals, states, table, type Signal, type State } from '../../src/store/eventstoredb/supervisor.js';

/** "state: actions", in the order of `signals`. */
const short: Record<State, Record<Signal, string>> = {
  connecting: {
    opened: 'catching-up',
    event: 'catching-up: deliver',
    'caught-up': 'live: announce',
    checkpoint: 'catching-up: advance',
    error: 'backing-off: drop wait',
    ended: 'backing-off: drop wait',
    refused: 'closed: drop fail',
    quiet: 'backing-off: drop renew wait',
    missed: 'connecting',
    'nothing-missed': 'connecting',
    retry: 'connecting',
    widen: 'connecting: drop subscribe',
    close: 'closed: drop',
  },
  'catching-up': {
    opened: 'catching-up',
    event: 'catching-up: deliver',
    'caught-up': 'live: announce',
    checkpoint: 'catching-up: advance',
    error: 'backing-off: drop wait',
    ended: 'backing-off: drop wait',
    refused: 'closed: drop fail',
    quiet: 'catching-up: probe',
    missed: 'stalled: drop renew resume',
    'nothing-missed': 'catching-up: advance',
    retry: 'catching-up',
    widen: 'connecting: drop subscribe',
    close: 'closed: drop',
  },
  live: {
    opened: 'live',
    event: 'live: deliver',
    'caught-up': 'live: announce',
    checkpoint: 'live: advance',
    error: 'backing-off: drop wait',
    ended: 'backing-off: drop wait',
    refused: 'closed: drop fail',
    quiet: 'live: probe',
    missed: 'stalled: drop renew resume',
    'nothing-missed': 'live: advance',
    retry: 'live',
    widen: 'connecting: drop subscribe',
    close: 'closed: drop',
  },
  stalled: {
    opened: 'stalled',
    event: 'stalled',
    'caught-up': 'stalled',
    checkpoint: 'stalled',
    error: 'stalled',
    ended: 'stalled',
    refused: 'closed: fail',
    quiet: 'stalled',
    missed: 'stalled',
    'nothing-missed': 'stalled',
    retry: 'connecting: subscribe',
    widen: 'stalled',
    close: 'closed',
  },
  'backing-off': {
    opened: 'backing-off',
    event: 'backing-off',
    'caught-up': 'backing-off',
    checkpoint: 'backing-off',
    error: 'backing-off',
    ended: 'backing-off',
    refused: 'closed: fail',
    quiet: 'backing-off',
    missed: 'backing-off',
    'nothing-missed': 'backing-off',
    retry: 'connecting: subscribe',
    widen: 'backing-off',
    close: 'closed',
  },
  closed: {
    opened: 'closed',
    event: 'closed',
    'caught-up': 'closed',
    checkpoint: 'closed',
    error: 'closed',
    ended: 'closed',
    refused: 'closed',
    quiet: 'closed',
    missed: 'closed',
    'nothing-missed': 'closed',
    retry: 'closed',
    widen: 'closed',
    close: 'closed',
  },
};

const cells = states.flatMap((state) => signals.map((signal) => ({ state, signal, expected: short[state][signal] })));

describe('the supervisor of the subscription', () => {
  it('has a cell for every state and signal, and no other', () => {
    expect(Object.keys(table)).toEqual([...states]);
    for (const state of states) expect(Object.keys(table[state])).toEqual([...signals]);
    expect(cells).toHaveLength(78);
  });

  it.each(cells)('$state, $signal → $expected', ({ state, signal, expected }) => {
    const { to, actions } = table[state][signal];
    expect([to, ...(actions.length > 0 ? [actions.join(' ')] : [])].join(': ')).toBe(expected);
  });

  it('never comes to rest in silence: whatever is dropped, and not closed, is taken up again', () => {
    for (const { state, signal } of cells) {
      const { to, actions } = table[state][signal];
      if (!actions.includes('drop') || to === 'closed' || actions.includes('subscribe')) continue;
      expect(actions.some((action) => action === 'wait' || action === 'resume')).toBe(true);
      expect(table[to].retry).toEqual({ to: 'connecting', actions: ['subscribe'] });
    }
  });

  it('never holds two subscriptions, nor keeps one that it gave up', () => {
    const open = new Set<State>(['connecting', 'catching-up', 'live']);
    for (const { state, signal } of cells) {
      const { to, actions } = table[state][signal];
      if (actions.includes('subscribe')) expect(open.has(state) === (actions[0] === 'drop')).toBe(true);
      if (open.has(state) && !open.has(to)) expect(actions[0]).toBe('drop');
    }
  });

  it('is silent and stays so once it is closed', () => {
    for (const signal of signals) expect(table.closed[signal]).toEqual({ to: 'closed', actions: [] });
  });
});
