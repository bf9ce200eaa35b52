/**
 * Zoom of a chart's time as a plugin of uPlot: drag over a stretch, wheel (with Ctrl, or when the chart is in focus, so
 * that the page still scrolls), pinch, keys. A double click shows the whole again.
 */
import type uPlot from './vendor/uPlot.js';

export interface Stretch {
  from: number;
  to: number;
}

export interface ZoomSetting {
  /** What is shown at present. */
  now: () => Stretch;
  /** Shown at once, as the hand moves. */
  show: (stretch: Stretch) => void;
  /** Shown for good, once the hand rests; null: all of it. */
  settle: (stretch: Stretch | null) => void;
  /** How a time becomes a place on the axis, and back: a centre stays where it is also where hours are left out. */
  place: (seconds: number) => number;
  time: (place: number) => number;
}

const SHORTEST_S = 600;
const STEP = 1.25;
const REST_MS = 250;
const LEAST_DRAG_PX = 8;

/** A stretch scaled around one of its moments (0 to 1 from its left), and moved by a part of itself. */
export function scaled({ from, to }: Stretch, factor: number, around: number, { place, time }: Pick<ZoomSetting, 'place' | 'time'>, moved = 0): Stretch {
  const [a, b] = [place(from), place(to)];
  const centre = a + (b - a) * around;
  const width = (b - a) * factor;
  const left = centre - width * around + (b - a) * moved;
  const found = { from: time(left), to: time(left + width) };
  return found.to - found.from < SHORTEST_S ? { from, to } : found;
}

/** Zooms by keys: + and −, Shift with arrows, 0. Says whether the key was one of them. */
export function zoomKey(event: KeyboardEvent, setting: ZoomSetting, around: number): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.key === '0') {
    setting.settle(null);
    return true;
  }
  const [factor, moved] = ({ '+': [1 / STEP, 0], '=': [1 / STEP, 0], '-': [STEP, 0], ArrowLeft: [1, -0.25], ArrowRight: [1, 0.25] } as Record<string, [number, number] | undefined>)[event.key] ?? [0, 0];
  if (factor === 0 || (moved !== 0 && !event.shiftKey)) return false;
  const stretch = scaled(setting.now(), factor, around, setting, moved);
  setting.show(stretch);
  setting.settle(stretch);
  return true;
}

export function zoomPlugin(setting: ZoomSetting): uPlot.Plugin {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = (stretch: Stretch): void => {
    setting.show(stretch);
    clearTimeout(timer);
    timer = setTimeout(() => { setting.settle(setting.now()); }, REST_MS);
  };
  return {
    hooks: {
      ready(chart) {
        const { over } = chart;
        // One finger scrolls the page, two are the chart's.
        over.style.touchAction = 'pan-y';
        const partOf = (clientX: number): number => (clientX - over.getBoundingClientRect().left) / over.clientWidth;
        over.addEventListener(
          'wheel',
          (event) => {
            if (!event.ctrlKey && !event.metaKey && !over.closest('.plot')?.contains(document.activeElement)) return;
            event.preventDefault();
            change(scaled(setting.now(), STEP ** Math.sign(event.deltaY), partOf(event.clientX), setting));
          },
          { passive: false },
        );
        over.addEventListener('dblclick', () => { setting.settle(null); });
        listenToPinch(over, partOf, () => setting.now(), (start, factor, around, moved) => { change(scaled(start, factor, around, setting, moved)); });
      },
      setSelect(chart) {
        const { left, width } = chart.select;
        if (width < LEAST_DRAG_PX) return;
        const stretch = { from: chart.posToVal(left, 'x'), to: chart.posToVal(left + width, 'x') };
        chart.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        if (stretch.to - stretch.from < SHORTEST_S) return;
        setting.show(stretch);
        setting.settle(stretch);
      },
      destroy() {
        clearTimeout(timer);
      },
    },
  };
}

/** Two fingers: how far they are apart, and where their middle is, against where they began. */
function listenToPinch(over: HTMLElement, partOf: (x: number) => number, now: () => Stretch, pinch: (start: Stretch, factor: number, around: number, moved: number) => void): void {
  const fingers = new Map<number, number>();
  let start: { stretch: Stretch; apart: number; middle: number } | null = null;
  const measure = (): { apart: number; middle: number } => {
    const [a = 0, b = 0] = [...fingers.values()];
    return { apart: Math.max(Math.abs(a - b), 0.02), middle: (a + b) / 2 };
  };
  over.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'touch') return;
    fingers.set(event.pointerId, partOf(event.clientX));
    start = fingers.size === 2 ? { stretch: now(), ...measure() } : null;
  });
  over.addEventListener('pointermove', (event) => {
    if (!fingers.has(event.pointerId)) return;
    fingers.set(event.pointerId, partOf(event.clientX));
    if (!start || fingers.size !== 2) return;
    event.preventDefault();
    const { apart, middle } = measure();
    const factor = start.apart / apart;
    pinch(start.stretch, factor, start.middle, (start.middle - middle) * factor);
  });
  for (const end of ['pointerup', 'pointercancel', 'pointerleave'] as const) {
    over.addEventListener(end, (event) => {
      fingers.delete(event.pointerId);
      start = null;
    });
  }
}
