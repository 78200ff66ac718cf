/** What can be picked on the map, by its name in the address: "place:raqqa", "event:…", "siege:…", "way:…". */
import type { MapAnswer, MapEvent, MapPlace, MapSiege, MapWay } from '../api/types';
import { pageOf } from '../addresses';
import type { Part } from './style';

export type Thing =
  | { what: 'place'; one: MapPlace } | { what: 'event'; one: MapEvent } | { what: 'siege'; one: MapSiege } | { what: 'way'; one: MapWay };

export function pickOf(thing: Thing): string {
  return `${thing.what}:${thing.what === 'siege' ? thing.one.place : thing.one.id}`;
}

/** What a name in the address stands for in an answer; null where the answer does not hold it. */
export function find(answer: MapAnswer, pick: string): Thing | null {
  const cut = pick.indexOf(':');
  const [what, id] = [pick.slice(0, cut), pick.slice(cut + 1)];
  const thing = <W extends Thing['what'], T>(name: W, one: T | undefined) => (one ? ({ what: name, one } as unknown as Thing) : null);
  if (what === 'place') return thing('place', answer.places.find((one) => one.id === id));
  if (what === 'event') return thing('event', answer.events.find((one) => one.id === id));
  if (what === 'siege') return thing('siege', answer.sieges.find((one) => one.place === id));
  if (what === 'way') return thing('way', answer.ways.find((one) => one.id === id));
  return null;
}

/** The page that a thing leads to. */
export function pageOfThing(thing: Thing): string {
  if (thing.what === 'event') return pageOf('event', thing.one.id);
  return pageOf('place', thing.what === 'siege' ? thing.one.place : thing.one.id);
}

/** Everything that is drawn, from west to east, for stepping through by keys. */
export function inOrder(answer: MapAnswer, hidden: ReadonlySet<Part>): Thing[] {
  const all: Thing[] = [
    ...(hidden.has('places') ? [] : answer.places.map((one): Thing => ({ what: 'place', one }))),
    ...(hidden.has('events') ? [] : answer.events.map((one): Thing => ({ what: 'event', one }))),
    ...(hidden.has('sieges') ? [] : answer.sieges.map((one): Thing => ({ what: 'siege', one }))),
    ...(hidden.has('ways') ? [] : answer.ways.map((one): Thing => ({ what: 'way', one }))),
  ];
  return all.sort((a, b) => a.one.lon - b.one.lon || a.one.lat - b.one.lat || (pickOf(a) < pickOf(b) ? -1 : 1));
}
