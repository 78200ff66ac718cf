/**
 * A user's own tiles under the map: a PMTiles file, or an address with {z}, {x} and {y}, raster or vector.
 * Nothing of this is fetched unless an admin has set an address.
 */
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl';
import type { Colours } from './colours';

export interface OwnTiles { sources: Record<string, SourceSpecification>; layers: LayerSpecification[] }

export type TileKind = 'pmtiles' | 'vector' | 'raster';

/** What an address promises by its form; null where it is no address of tiles. */
export function tileKind(address: string): TileKind | null {
  const path = address.split(/[?#]/)[0]!.toLowerCase();
  if (path.endsWith('.pmtiles')) return 'pmtiles';
  if (!['{z}', '{x}', '{y}'].every((part) => path.includes(part))) return null;
  return /\.(pbf|mvt)$/.test(path) ? 'vector' : 'raster';
}

/** The sources and layers for an address; null where it is none. Throws where a PMTiles file cannot be read. */
export async function ownTiles(address: string, colours: Colours, addProtocol: (name: string, load: never) => void): Promise<OwnTiles | null> {
  const kind = tileKind(address);
  if (kind === null) return null;
  const url = new URL(address, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}');
  if (kind === 'raster') return raster({ type: 'raster', tiles: [url], tileSize: 256 });
  if (kind === 'vector') return vector({ type: 'vector', tiles: [url], maxzoom: 14 }, colours);
  const { PMTiles, Protocol, TileType } = await import('pmtiles');
  const protocol = new Protocol();
  const file = new PMTiles(url);
  protocol.add(file);
  addProtocol('pmtiles', protocol.tile as never);
  const header = await file.getHeader();
  const source = `pmtiles://${url}`;
  return header.tileType === TileType.Mvt ? vector({ type: 'vector', url: source }, colours) : raster({ type: 'raster', url: source, tileSize: 256 });
}

function raster(source: SourceSpecification): OwnTiles {
  return { sources: { own: source }, layers: [{ id: 'own', type: 'raster', source: 'own', paint: { 'raster-saturation': -0.6, 'raster-opacity': 0.8 } }] };
}

/** Layers by the names that the two common schemas (Protomaps, OpenMapTiles) use; a name that is not there draws nothing. */
function vector(source: SourceSpecification, colours: Colours): OwnTiles {
  const fill = (layer: string, colour: string): LayerSpecification => ({
    id: `own-${layer}`, type: 'fill', source: 'own', 'source-layer': layer, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': colour },
  });
  const line = (layer: string, colour: string, width: number): LayerSpecification => ({
    id: `own-${layer}-lines`, type: 'line', source: 'own', 'source-layer': layer, filter: ['==', ['geometry-type'], 'LineString'],
    paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], 6, width / 2, 14, width * 2] },
  });
  return {
    sources: { own: source },
    layers: [
      fill('earth', colours.land), fill('water', colours.water), line('water', colours.river, 1), line('waterway', colours.river, 1),
      line('roads', colours.border, 1), line('transportation', colours.border, 1), fill('buildings', colours.border), fill('building', colours.border),
    ],
  };
}
