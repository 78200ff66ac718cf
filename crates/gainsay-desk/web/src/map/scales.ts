/** Sizes and shades of what the map draws. The legend is drawn by the same functions. */
import type { Toll } from '../api/types';

/** Radius in pixels of the point of so many killed: its area grows with the number. Null is unknown. */
export function tollRadius(killed: number | null): number {
  if (killed === null) return 3;
  return Math.min(46, Math.sqrt(9 + 2.6 * Math.max(0, killed)));
}

/** The ring of a toll's range: from the radius of the lowest to that of the highest count; null where there is no range. */
export function tollRing(toll: Toll | null): { inner: number; outer: number } | null {
  if (!toll || toll.high === null) return null;
  const low = toll.low ?? 0;
  if (toll.high <= low) return null;
  return { inner: tollRadius(low), outer: tollRadius(toll.high) };
}

/** Ages of evidence at which its shade changes, in days, and the shade from there on. */
export const AGES: readonly { days: number; shade: number }[] = [
  { days: 0, shade: 1 },
  { days: 30, shade: 0.82 },
  { days: 90, shade: 0.66 },
  { days: 365, shade: 0.5 },
];

/** How strongly a place is drawn whose newest evidence is so old. Unknown counts as old. */
export function ageShade(days: number | null): number {
  if (days === null) return AGES.at(-1)!.shade;
  let shade = 1;
  for (const one of AGES) if (days >= one.days) shade = one.shade;
  return shade;
}

const AREAS = new Set(['governorate', 'district', 'region', 'country']);
/** Whether a place is a whole area: drawn as a square, not as a disc. */
export function isArea(kind: string): boolean {
  return AREAS.has(kind);
}

const SIZES: Record<string, number> = { country: 1.2, governorate: 1.1, region: 1.1, district: 1, city: 1.05, town: 0.85, neighbourhood: 0.62, village: 0.66 };
/** How large a place is drawn, as a share of the whole icon. */
export function placeSize(kind: string): number {
  return SIZES[kind] ?? 0.72;
}

/** How all marks grow with the zoom: from the whole region to a quarter of a town. */
export const GROWTH: readonly [zoom: number, factor: number][] = [[3, 0.4], [5, 0.58], [6.5, 0.8], [8, 1], [11, 1.35], [14, 1.7]];

export function growth(zoom: number): number {
  const first = GROWTH[0]!;
  if (zoom <= first[0]) return first[1];
  for (let i = 1; i < GROWTH.length; i++) {
    const [[z0, f0], [z1, f1]] = [GROWTH[i - 1]!, GROWTH[i]!];
    if (zoom <= z1) return f0 + ((f1 - f0) * (zoom - z0)) / (z1 - z0);
  }
  return GROWTH.at(-1)![1];
}
