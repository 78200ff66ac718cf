/** What MapLibre draws, from the ground up: land and water, a user's own tiles, then what the ledger tells. */
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Feature, FeatureCollection } from 'geojson';
import type { Base } from '../../basemap/make';
import type { Colours } from './colours';
import { NOTHING } from './features';
import { DOUBT } from './keys';
import { DOUBT_RADIUS } from './marks';
import { GROWTH } from './scales';
import type { OwnTiles } from './tiles';

/** Layers that can be pressed, the uppermost first. */
export const PRESSABLE = ['ways', 'places', 'events', 'bands', 'sieges', 'open-roads', 'shut-roads', 'unknown-roads'];
/** What can be hidden, and the layers it consists of. */
export const PARTS = {
  places: ['places'],
  events: ['bands', 'events', 'doubts'],
  sieges: ['sieges'],
  ways: ['ways', 'open-roads', 'shut-roads', 'unknown-roads'],
} as const;
export type Part = keyof typeof PARTS;
export const PART_NAMES = Object.keys(PARTS) as Part[];

export function style(base: Base, colours: Colours, own: OwnTiles | null): StyleSpecification {
  return {
    version: 8,
    sources: { ...ground(base), ...(own?.sources ?? {}), ...told() },
    layers: [...land(colours), ...(own?.layers ?? []), ...water(colours, own !== null), ...drawn(colours)],
  };
}

const json = (data: FeatureCollection | Feature, more: object = {}): SourceSpecification => ({ type: 'geojson', data, ...more });
const shape = (geometry: Feature['geometry'], properties: Feature['properties'] = {}): Feature => ({ type: 'Feature', geometry, properties });

function ground(base: Base): StyleSpecification['sources'] {
  return {
    land: json(shape({ type: 'MultiPolygon', coordinates: base.land }), { tolerance: 0.2, attribution: 'Natural Earth' }),
    borders: json(shape({ type: 'MultiLineString', coordinates: base.borders }), { tolerance: 0.2 }),
    rivers: json({
      type: 'FeatureCollection',
      features: base.rivers.map((river) => shape({ type: 'LineString', coordinates: river.line }, { rank: river.rank })),
    }),
    lakes: json({ type: 'FeatureCollection', features: base.lakes.map((lake) => shape({ type: 'Polygon', coordinates: [lake.ring] })) }),
  };
}

function told(): StyleSpecification['sources'] {
  return {
    places: json(NOTHING),
    events: json(NOTHING),
    sieges: json(NOTHING),
    ways: json(NOTHING),
    picked: json(NOTHING),
  };
}

function land(colours: Colours): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colours.water } },
    { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': colours.land, 'fill-antialias': true } },
  ];
}

/** Over a user's own tiles only the borders stay: the tiles have their own water. */
function water(colours: Colours, over: boolean): LayerSpecification[] {
  const borders: LayerSpecification = {
    id: 'borders', type: 'line', source: 'borders', layout: { 'line-join': 'round' },
    paint: { 'line-color': colours.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.6, 7, 1.2, 12, 2], 'line-dasharray': [4, 1.5] },
  };
  if (over) return [borders];
  return [
    { id: 'coast', type: 'line', source: 'land', paint: { 'line-color': colours.coast, 'line-width': 0.8 } },
    { id: 'lakes', type: 'fill', source: 'lakes', paint: { 'fill-color': colours.water, 'fill-outline-color': colours.coast } },
    {
      id: 'rivers', type: 'line', source: 'rivers', layout: { 'line-cap': 'round', 'line-join': 'round' },
      filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 1, 5, 2, 6.5, 3]],
      paint: { 'line-color': colours.river, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, ['/', 1.6, ['get', 'rank']], 10, ['/', 4.5, ['get', 'rank']]] },
    },
    borders,
  ];
}

/** A size of the data, times what all marks grow by at this zoom. */
function grown(size: ExpressionSpecification | number): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], ...GROWTH.flatMap(([zoom, factor]) => [zoom, ['*', factor, size]])] as unknown as ExpressionSpecification;
}

function drawn(colours: Colours): LayerSpecification[] {
  const icons = { 'icon-image': ['get', 'mark'] as ExpressionSpecification, 'icon-allow-overlap': true, 'icon-ignore-placement': true };
  const roads = (state: string, colour: string, dashes?: number[]): LayerSpecification => ({
    id: `${state}-roads`, type: 'line', source: 'ways', filter: ['all', ['==', ['geometry-type'], 'LineString'], ['==', ['get', 'state'], state]],
    paint: { 'line-color': colour, 'line-width': state === 'unknown' ? 1.4 : 2.2, 'line-opacity': ['get', 'shade'], ...(dashes ? { 'line-dasharray': dashes } : {}) },
  });
  return [
    roads('unknown', colours.border, [1, 2.2]),
    roads('shut', colours.bad, [2.2, 1.6]),
    roads('open', colours.ink),
    {
      id: 'bands', type: 'circle', source: 'events', filter: ['>', ['get', 'band'], 0], layout: { 'circle-sort-key': ['-', 0, ['get', 'radius']] },
      paint: {
        'circle-radius': grown(['get', 'inner']), 'circle-color': 'transparent', 'circle-stroke-color': colours.event,
        'circle-stroke-width': grown(['get', 'band']), 'circle-stroke-opacity': 0.25,
      },
    },
    {
      id: 'events', type: 'circle', source: 'events', layout: { 'circle-sort-key': ['-', 0, ['get', 'radius']] },
      paint: {
        'circle-radius': grown(['get', 'radius']), 'circle-color': colours.event,
        'circle-opacity': ['case', ['get', 'known'], 0.62, 0.06], 'circle-stroke-color': ['case', ['get', 'known'], colours.halo, colours.event],
        'circle-stroke-width': 1, 'circle-stroke-opacity': ['case', ['get', 'known'], 0.95, 0.6],
      },
    },
    {
      id: 'doubts', type: 'symbol', source: 'events', filter: ['==', ['get', 'disputed'], true],
      layout: { ...icons, 'icon-image': DOUBT, 'icon-size': grown(['/', ['get', 'radius'], DOUBT_RADIUS]) },
    },
    { id: 'sieges', type: 'symbol', source: 'sieges', layout: { ...icons, 'icon-size': grown(1) } },
    {
      id: 'places', type: 'symbol', source: 'places',
      layout: { ...icons, 'icon-size': grown(['get', 'size']), 'symbol-sort-key': ['get', 'rank'], 'symbol-z-order': 'auto' },
    },
    {
      id: 'ways', type: 'symbol', source: 'ways',
      // Of what nothing is known there is much: it shows from closer by only.
      filter: ['all', ['==', ['geometry-type'], 'Point'], ['step', ['zoom'], ['!=', ['get', 'state'], 'unknown'], 7.2, true]],
      layout: { ...icons, 'icon-size': grown(0.8) },
    },
    {
      id: 'picked', type: 'circle', source: 'picked',
      paint: { 'circle-radius': grown(['get', 'radius']), 'circle-color': 'transparent', 'circle-stroke-color': colours.picked, 'circle-stroke-width': 3 },
    },
  ];
}
