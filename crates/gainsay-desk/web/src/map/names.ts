/** Names to write on the map: the gazetteer's, and those of places that the ledger speaks of beyond it. */
import { useMemo } from 'preact/hooks';
import type { FeatureCollection, Point } from 'geojson';
import { nameOf } from '../api/names';
import { useAnswer } from '../api/use';
import type { Id, MapAnswer } from '../api/types';
import { lang, type Lang } from '../i18n';
import type { Label } from './labels';

interface Named { id: string; name: string; name_ar: string | null; kind: string; rank: number }

export function labelsOf(places: FeatureCollection<Point, Named> | undefined, answers: readonly (MapAnswer | null)[], of: Lang): Label[] {
  const out = new Map<string, Label>();
  for (const { properties: named, geometry } of places?.features ?? []) {
    const [lon, lat] = geometry.coordinates as [number, number];
    out.set(named.id, { id: named.id, name: of === 'ar' ? (named.name_ar ?? named.name) : named.name, lon, lat, kind: named.kind, rank: named.rank });
  }
  for (const answer of answers) {
    for (const place of answer?.places ?? []) {
      const name = answer?.names[place.id]?.name;
      if (name && !out.has(place.id)) out.set(place.id, { id: place.id, name, lon: place.lon, lat: place.lat, kind: place.kind, rank: 4 });
    }
  }
  return [...out.values()];
}

const arabic = new Map<string, string>();

/** What a place is called in the language of the page, where the gazetteer knows it, or as the answers name it. */
export function placeName(id: Id): string {
  return (lang.value === 'ar' ? arabic.get(id) : undefined) ?? nameOf(id)?.name ?? id;
}

export function useLabels(one: MapAnswer | null, two: MapAnswer | null, of: Lang): Label[] {
  const { data } = useAnswer<{ places: FeatureCollection<Point, Named> }>('map/base');
  useMemo(() => data?.places.features.forEach(({ properties: { id, name_ar } }) => name_ar && arabic.set(id, name_ar)), [data]);
  return useMemo(() => labelsOf(data?.places, [one, two], of), [data, one, two, of]);
}
