/** On which places two maps differ: who holds them, or in what state. */
import type { Id, MapAnswer, MapPlace, MapSpan } from '../api/types';

export interface Difference { id: string; one: MapPlace | null; two: MapPlace | null; claims: number }

/** Places with different holders first, then those that differ only in state or that one map leaves blank; most spoken of first. */
export function differences(one: MapAnswer, two: MapAnswer): Difference[] {
  const other = new Map(two.places.map((place) => [place.id, place]));
  const out: Difference[] = [];
  for (const place of one.places) {
    const there = other.get(place.id) ?? null;
    other.delete(place.id);
    if (!there || there.state !== place.state || !same(place.holders, there.holders)) out.push(difference(place.id, place, there));
  }
  for (const place of other.values()) out.push(difference(place.id, null, place));
  return out.sort((a, b) => weight(b) - weight(a) || b.claims - a.claims || (a.id < b.id ? -1 : 1));
}

function difference(id: string, one: MapPlace | null, two: MapPlace | null): Difference {
  return { id, one, two, claims: (one?.claims ?? 0) + (two?.claims ?? 0) };
}

function weight({ one, two }: Difference): number {
  if (!one || !two) return 0;
  return same(one.holders, two.holders) ? 1 : 2;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id) => b.includes(id));
}

/** Two tellers worth setting beside each other: the most heard, and the most heard of another side. Null where there are no two. */
export function opposed(sources: MapSpan['sources']): [Id, Id] | null {
  const sided = sources.filter((source) => source.side !== '' && source.side !== 'neutral');
  const first = sided[0] ?? sources[0];
  const second = sided.find((source) => source.side !== first?.side) ?? sources.find((source) => source !== first);
  return first && second ? [first.id, second.id] : null;
}
