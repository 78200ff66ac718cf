/**
 * Makes the ground of the map: land, borders, rivers and lakes, small enough to travel with the pages.
 *
 * Land and borders come from Natural Earth's 1:10 million countries as world-atlas packs them. Lines are thinned before land is joined
 * from them, so that what two countries share stays shared. Rivers and lakes of Syria and Iraq are the gazetteer's; rivers.json adds others.
 */
import { merge, mesh } from 'topojson-client';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import { island, tolerance } from './detail.ts';
import { pack, unpack } from './pack.ts';
import { area, simplify, type Point } from './simplify.ts';

export interface Water { name: string; name_ar: string | null; rank: number; line: Point[] }
export interface Base { land: Point[][][]; borders: Point[][]; rivers: Water[]; lakes: { name: string; ring: Point[] }[] }

/** The same, as it travels. */
export interface Packed { land: string[][]; borders: string[]; rivers: (Omit<Water, 'line'> & { line: string })[]; lakes: { name: string; ring: string }[] }

interface Outlines { features: { properties: { name: string; kind: string }; geometry: { type: string; coordinates: unknown } }[] }

/** Ranks: 1 is drawn from the whole region on, 3 only close by. */
const GAZETTEER_RIVERS: Record<string, { name_ar: string; rank: number }> = {
  Euphrates: { name_ar: 'الفرات', rank: 1 },
  Tigris: { name_ar: 'دجلة', rank: 1 },
  Khabur: { name_ar: 'الخابور', rank: 2 },
  Balikh: { name_ar: 'البليخ', rank: 3 },
  Orontes: { name_ar: 'العاصي', rank: 2 },
  Yarmouk: { name_ar: 'اليرموك', rank: 3 },
  Afrin: { name_ar: 'عفرين', rank: 3 },
  Queiq: { name_ar: 'قويق', rank: 3 },
};
const ANTARCTICA = '010';

export function make(world: Topology, outlines: Outlines, more: Water[]): Base {
  const countries = world.objects.countries as GeometryCollection;
  const thin = thinned(world);
  const inhabited = countries.geometries.filter((one) => one.id !== ANTARCTICA) as (Polygon | MultiPolygon)[];
  const land = (merge(thin, inhabited).coordinates as Point[][][])
    .map((rings) => rings.filter((ring, i) => ring.length > 3 && (i === 0 || large(ring))))
    .filter((rings) => rings[0] && large(rings[0]))
    .map((rings) => rings.map(rounded));
  const shared = mesh(thin, countries, (a, b) => a !== b).coordinates as Point[][];
  const of = (kind: string) => outlines.features.filter((feature) => feature.properties.kind === kind);
  return {
    land,
    borders: shared.filter((line) => line.length > 1).map(rounded),
    rivers: [
      ...of('river').map(({ properties: { name }, geometry }) => ({
        name, name_ar: GAZETTEER_RIVERS[name]?.name_ar ?? null, rank: GAZETTEER_RIVERS[name]?.rank ?? 3, line: geometry.coordinates as Point[],
      })),
      ...more,
    ],
    lakes: of('lake').map(({ properties: { name }, geometry }) => ({ name, ring: (geometry.coordinates as Point[][])[0]! })),
  };
}

/** The same topology with thinner arcs, in degrees instead of steps from point to point. */
function thinned(world: Topology): Topology {
  const { scale: [kx, ky], translate: [tx, ty] } = world.transform!;
  const arcs = world.arcs.map((arc) => {
    let [x, y] = [0, 0];
    const line = arc.map((step): Point => {
      x += step[0]!;
      y += step[1]!;
      return [x * kx + tx, y * ky + ty];
    });
    return simplify(line, tolerance);
  });
  const { transform: _, ...rest } = world;
  return { ...rest, arcs };
}

function large(ring: readonly Point[]): boolean {
  const [lon, lat] = ring[0]!;
  return area(ring) >= island(lon, lat);
}

function rounded(line: readonly Point[]): Point[] {
  return unpack(packed(line)).filter(([lon, lat], i, all) => i === 0 || all[i - 1]![0] !== lon || all[i - 1]![1] !== lat);
}

/** As finely as it is drawn. */
function packed(line: readonly Point[]): string {
  return pack(line, line.some(([lon, lat]) => tolerance(lon, lat) < 0.1) ? 1000 : 100);
}

export function packedBase(base: Base): Packed {
  return {
    land: base.land.map((rings) => rings.map(packed)),
    borders: base.borders.map(packed),
    rivers: base.rivers.map((river) => ({ ...river, line: packed(river.line) })),
    lakes: base.lakes.map((lake) => ({ ...lake, ring: packed(lake.ring) })),
  };
}
