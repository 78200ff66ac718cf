/** What the map shows, as it stands in the address: a link shows another reader the same map. */
import type { Params } from '../api/client';
import type { Day, MapSpan } from '../api/types';
import { flag, list, oneOf, text, type Field, type Query } from '../router';
import { shift } from '../ui';
import type { View } from './board';
import { dayAt, ordinal, stepped, STEPS } from './steps';

export const PANELS = ['legend', 'list', 'differences'] as const;
/** Of how many days up to the day shown events are drawn. */
export const WINDOWS = [1, 7, 30, 90, 365] as const;
export const WINDOW = 30;

/** A day; what is none counts as not there. */
const aDay: Field<string> = {
  read: ([day = '']) => (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(ordinal(day)) && dayAt(ordinal(day)) === day ? day : ''),
  write: (day) => (day ? [day] : []),
};
const aWindow: Field<number> = {
  read: (all) => WINDOWS.find((days) => String(days) === all[0]) ?? WINDOW,
  write: (days) => (days === WINDOW ? [] : [String(days)]),
};

export const FIELDS = {
  /** When it happened; '' is the ledger's last day. */
  at: aDay,
  /** As known on; '' is today. */
  known_by: aDay,
  according_to: text(),
  /** Two maps beside each other, and by whom the second is told; '' is everyone. */
  two: flag(),
  beside: text(),
  place: text(),
  days: aWindow,
  step: oneOf(STEPS, 'week'),
  hide: list(),
  pick: text(),
  view: text(),
  panel: oneOf(PANELS, 'legend'),
};
export type State = Query<typeof FIELDS>;

/** What to ask for one map; `by` tells it. */
export function question(state: Pick<State, 'at' | 'known_by' | 'place' | 'days'>, by: string): Params {
  const { at, known_by, place, days } = state;
  return { at, known_by, according_to: by, place, ...(at && days !== WINDOW ? { from: shift(at, 1 - days), to: at } : {}) };
}

/** "38.5,35.1,6.2": longitude, latitude, zoom; null where it is no view. */
export function readView(text: string): View | null {
  const parts = text.split(',').map(Number);
  if (parts.length !== 3 || parts.some((part) => !Number.isFinite(part))) return null;
  const [lon, lat, zoom] = parts as [number, number, number];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 20 ? { lon, lat, zoom } : null;
}

export function writeView({ lon, lat, zoom }: View): string {
  return [lon.toFixed(4), lat.toFixed(4), zoom.toFixed(2)].join(',');
}

/** The ends of both sliders; null where the ledger tells of no day. They reach at least to the days that are shown. */
export function ends(span: MapSpan, at: Day, knownBy: Day): { happened: [Day, Day] | null; said: [Day, Day] | null } {
  const months = (of: 'events' | 'reports') => span.months.map((one) => ({ month: one.month, value: one[of] }));
  return {
    happened: span.first && span.last ? reaching(usual(span.first, span.last, months('events')), at) : null,
    said: span.said_first && span.said_last ? reaching(usual(span.said_first, span.said_last, months('reports')), knownBy) : null,
  };
}

function reaching([first, last]: [Day, Day], day: Day): [Day, Day] {
  return [day && day < first ? day : first, day > last ? day : last];
}

/** Years up to which a slider shows all there is. */
const LONG = 15;
/** The share of all that may lie before, and after, what a long slider shows. */
const TAIL = 0.005;

/** All days; of a long time, where a few reports speak of other ages, only those between which nearly all lies. */
function usual(first: Day, last: Day, months: readonly { month: string; value: number }[]): [Day, Day] {
  if (Number(last.slice(0, 4)) - Number(first.slice(0, 4)) <= LONG) return [first, last];
  const all = months.reduce((sum, one) => sum + one.value, 0);
  const begins = (from: readonly { month: string; value: number }[]) => {
    let before = 0;
    return from.find((one) => (before += one.value) > all * TAIL)?.month;
  };
  const [from, to] = [begins(months), begins([...months].reverse())];
  if (!from || !to) return [first, last];
  const end = stepped(`${to}-01`, 'month', 1);
  return [`${from}-01` > first ? `${from}-01` : first, end < last ? end : last];
}
