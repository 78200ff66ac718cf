/** What the map shows, as it stands in the address: a link shows another reader the same map. */
import type { Params } from '../api/client';
import type { Day, MapSpan } from '../api/types';
import { flag, list, oneOf, text, whole, type Query } from '../router';
import { shift } from '../ui';
import type { View } from './board';
import { STEPS } from './steps';

export const PANELS = ['legend', 'list', 'differences'] as const;
/** Of how many days up to the day shown events are drawn. */
export const WINDOWS = [1, 7, 30, 90, 365] as const;
export const WINDOW = 30;

export const FIELDS = {
  /** When it happened; '' is the ledger's last day. */
  at: text(),
  /** As known on; '' is today. */
  known_by: text(),
  according_to: text(),
  /** Two maps beside each other, and by whom the second is told; '' is everyone. */
  two: flag(),
  beside: text(),
  place: text(),
  days: whole(WINDOW),
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

/** The ends of both sliders; null where the ledger tells of no day. */
export function ends(span: MapSpan): { happened: [Day, Day] | null; said: [Day, Day] | null } {
  return {
    happened: span.first && span.last ? [span.first, span.last] : null,
    said: span.said_first && span.said_last ? [span.said_first, span.said_last] : null,
  };
}
