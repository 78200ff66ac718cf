/** Spreads what happened at one place around it, so that each event is seen and can be pressed. */
import type { MapEvent } from '../api/types';
import { growth, tollRadius } from './scales';

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
/** Pixels between the place's point and the nearest event, where the place itself is drawn. */
const HOLE = 8;

/** Pixels right and down of the place for the event that is number `index` there, the most deadly being 0. */
export function offset(index: number, alone: boolean, radius: number): [x: number, y: number] {
  if (alone && index === 0) return [0, 0];
  const far = (alone ? 0 : HOLE + radius * 0.4) + 6.5 * Math.sqrt(index);
  const turn = index * GOLDEN - Math.PI / 4;
  return [far * Math.cos(turn), far * Math.sin(turn)];
}

/** Where each event is drawn at a zoom. `drawn` are the places that have a mark of their own. */
export function swarm(events: readonly MapEvent[], drawn: ReadonlySet<string>, zoom: number): [lon: number, lat: number][] {
  const degree = (256 * 2 ** (zoom + 1)) / 360;
  const seen = new Map<string, number>();
  const scale = growth(zoom);
  return events.map((event) => {
    const key = `${event.lon},${event.lat}`;
    const index = seen.get(key) ?? 0;
    seen.set(key, index + 1);
    const [x, y] = offset(index, !drawn.has(event.place), tollRadius(event.killed?.best ?? null));
    return [event.lon + (x * scale) / degree, event.lat - ((y * scale) / degree) * Math.cos((event.lat * Math.PI) / 180)];
  });
}
