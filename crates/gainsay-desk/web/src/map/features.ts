/** An answer of the desk as GeoJSON for the map. */
import type { Feature, FeatureCollection, Geometry } from 'geojson';
import type { MapAnswer } from '../api/types';
import { ageShade, placeSize, tollRadius, tollRing } from './scales';
import { placeKey, siegeKey, wayKey } from './keys';
import { swarm } from './swarm';

export interface Layered { places: FeatureCollection; events: FeatureCollection; sieges: FeatureCollection; ways: FeatureCollection }

const point = (lon: number, lat: number): Geometry => ({ type: 'Point', coordinates: [lon, lat] });
const all = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });

export const NOTHING: FeatureCollection = all([]);

export function features(answer: MapAnswer, zoom: number): Layered {
  return { places: places(answer), events: events(answer, zoom), sieges: sieges(answer), ways: ways(answer) };
}

export function places(answer: MapAnswer): FeatureCollection {
  return all(
    answer.places.map((place) => ({
      type: 'Feature',
      geometry: point(place.lon, place.lat),
      properties: {
        pick: `place:${place.id}`, mark: placeKey(place), size: placeSize(place.kind), rank: place.claims,
      },
    })),
  );
}

/** Events stand around their places, as far apart in pixels at every zoom; hence the zoom. */
export function events(answer: MapAnswer, zoom: number): FeatureCollection {
  const at = swarm(answer.events, new Set(answer.places.map((place) => place.id)), zoom);
  return all(
    answer.events.map((event, i) => {
      const best = event.killed?.best ?? null;
      const ring = tollRing(event.killed);
      return {
        type: 'Feature',
        geometry: point(...at[i]!),
        properties: {
          pick: `event:${event.id}`, radius: tollRadius(best), known: best !== null, inner: ring?.inner ?? 0,
          band: ring ? ring.outer - ring.inner : 0, disputed: event.disputed,
        },
      };
    }),
  );
}

export function sieges(answer: MapAnswer): FeatureCollection {
  return all(
    answer.sieges.map((siege) => ({
      type: 'Feature', geometry: point(siege.lon, siege.lat), properties: { pick: `siege:${siege.place}`, mark: siegeKey(siege) },
    })),
  );
}

export function ways(answer: MapAnswer): FeatureCollection {
  return all(
    answer.ways.flatMap((way): Feature[] => {
      const side = answer.names[way.holders[0] ?? '']?.side ?? '';
      const properties = { pick: `way:${way.id}`, mark: wayKey(way, side), state: way.state, shade: ageShade(way.age_days) };
      const line: Feature[] = way.line && way.line.length > 1
        ? [{ type: 'Feature', geometry: { type: 'LineString', coordinates: way.line }, properties }]
        : [];
      return [...line, { type: 'Feature', geometry: point(way.lon, way.lat), properties }];
    }),
  );
}
