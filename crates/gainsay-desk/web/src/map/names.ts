/** Names to write on the map: the gazetteer's, and those of places that the ledger speaks of beyond it. */
import { useMemo } from 'preact/hooks';
import type { FeatureCollection, Point } from 'geojson';
import { useAnswer } from '../api/use';
import type { MapAnswer } from '../api/types';
import type { Lang } from '../i18n';
import type { Label } from './labels';

interface Named { id: string; name: string; name_ar: string | null; kind: string; rank: number }

export function labelsOf(places: FeatureCollection<Point, Named> | undefined, answers: readonly (MapAnswer | null)[], lang: Lang): Label[] {
  const out = new Map<string, Label>();
  for (const { properties: named, geometry } of places?.features ?? []) {
    const [lon, lat] = geometry.coordinates as [number, number];
    out.set(named.id, { id: named.id, name: lang === 'ar' ? (named.name_ar ?? named.name) : named.name, lon, lat, kind: named.kind, rank: named.rank });
  }
  for (const answer of answers) {
    for (const place of answer?.places ?? []) {
      const name = answer?.names[place.id]?.name;
      if (name && !out.has(place.id)) out.set(place.id, { id: place.id, name, lon: place.lon, lat: place.lat, kind: place.kind, rank: 4 });
    }
  }
  return [...out.values()];
}

export function useLabels(one: MapAnswer | null, two: MapAnswer | null, lang: Lang): Label[] {
  const { data } = useAnswer<{ places: FeatureCollection<Point, Named> }>('map/base');
  return useMemo(() => labelsOf(data?.places, [one, two], lang), [data, one, two, lang]);
}
