/** Names of the map's marks. A name says all that the drawing needs, so that each mark is drawn once and places share them. */
import type { MapPlace, MapSiege, MapWay } from '../api/types';
import { sideOf } from '../ui/sides';
import { ageShade, isArea } from './scales';

export type Mark =
  | { what: 'place'; state: MapPlace['state']; sides: string[]; disputed: boolean; area: boolean; shade: number }
  | { what: 'siege'; sides: string[]; disputed: boolean }
  | { what: 'way'; kind: MapWay['kind']; state: MapWay['state']; side: string; shade: number }
  | { what: 'doubt' };

/** Sides in a fixed order, each once: stripes of the same parties look the same wherever they stand. At most four fit. */
export function stripes(sides: readonly string[]): string[] {
  return [...new Set(sides.map((side) => sideOf(side).key))].sort().slice(0, 4);
}

export function placeKey(place: Pick<MapPlace, 'state' | 'sides' | 'disputed' | 'kind' | 'age_days'>): string {
  const sides = stripes(place.sides);
  return ['place', place.state, sides.join('+') || 'unknown', place.disputed ? 'disputed' : '', isArea(place.kind) ? 'area' : '', ageShade(place.age_days)].join('|');
}

export function siegeKey(siege: Pick<MapSiege, 'sides' | 'disputed'>): string {
  return ['siege', stripes(siege.sides).join('+') || 'unknown', siege.disputed ? 'disputed' : ''].join('|');
}

export function wayKey(way: Pick<MapWay, 'kind' | 'state' | 'age_days'>, side: string): string {
  return ['way', way.kind, way.state, sideOf(side).key, ageShade(way.age_days)].join('|');
}

/** Laid over the points of events of which it is disputed what happened. */
export const DOUBT = 'doubt';


/** What a name asks for; null where the map did not name it. */
export function markOf(key: string): Mark | null {
  const parts = key.split('|');
  const sides = (text: string | undefined) => (text ?? 'unknown').split('+');
  const shade = (text: string | undefined) => Number(text || 1);
  switch (parts[0]) {
    case 'place':
      return { what: 'place', state: parts[1] as MapPlace['state'], sides: sides(parts[2]), disputed: parts[3] === 'disputed', area: parts[4] === 'area', shade: shade(parts[5]) };
    case 'siege':
      return { what: 'siege', sides: sides(parts[1]), disputed: parts[2] === 'disputed' };
    case 'way':
      return { what: 'way', kind: parts[1] as MapWay['kind'], state: parts[2] as MapWay['state'], side: parts[3] ?? '', shade: shade(parts[4]) };
    case DOUBT:
      return { what: 'doubt' };
    default:
      return null;
  }
}
