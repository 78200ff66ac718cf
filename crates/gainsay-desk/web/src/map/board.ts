/** One map on the page: MapLibre, the names over it, and what is pressed on it. */
import * as maplibregl from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { FeatureCollection } from 'geojson';
import packed from 'virtual:basemap';
import { open } from '../../basemap/open';
import type { MapAnswer } from '../api/types';
import { colours } from './colours';
import * as made from './features';
import { Labels, type Label } from './labels';
import { pixels, RATIO } from './marks';
import { PARTS, PART_NAMES, PRESSABLE, style, type Part } from './style';
import { ownTiles, type OwnTiles } from './tiles';

maplibregl.setWorkerUrl(workerUrl);
const base = open(packed);

export interface View { lon: number; lat: number; zoom: number }
export interface BoardEvents {
  /** Something was pressed, "place:raqqa"; null where nothing lies. */
  onPick: (pick: string | null) => void;
  onView: (view: View) => void;
  /** The tiles that an admin has set cannot be had. */
  onTiles: () => void;
}

export class Board {
  readonly map: maplibregl.Map;
  private readonly labels: Labels;
  private answer: MapAnswer | null = null;
  private hidden: ReadonlySet<Part> = new Set();
  private picked: string | null = null;
  private own: OwnTiles | null = null;
  private layers: made.Layered | null = null;
  private spread = 0;
  private pointing = 0;
  private ended = false;

  constructor(box: HTMLElement, names: HTMLElement, view: View, private readonly tiles: string | null, private readonly events: BoardEvents) {
    this.map = new maplibregl.Map({
      container: box, style: style(base, colours(), null), center: [view.lon, view.lat], zoom: view.zoom, minZoom: 2, maxZoom: 15,
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, fadeDuration: 0, renderWorldCopies: false,
    });
    this.map.touchZoomRotate.disableRotation();
    this.map.keyboard.disableRotation();
    this.map.setMissingStyleImageResolver((key) => {
      const image = pixels(key);
      if (image && !this.map.hasImage(key)) this.map.addImage(key, image, { pixelRatio: RATIO });
    });
    this.labels = new Labels(this.map, names);
    this.map.on('load', this.fill);
    this.map.on('click', (event) => this.events.onPick(this.under(event.point)));
    this.map.on('mousemove', (event) => this.point(event.point));
    this.map.on('moveend', () => {
      const { lng, lat } = this.map.getCenter();
      this.events.onView({ lon: lng, lat, zoom: this.map.getZoom() });
      this.respread();
    });
    if (tiles) void this.useTiles();
  }

  set(answer: MapAnswer, labels: readonly Label[]): void {
    this.answer = answer;
    this.labels.set(labels, new Set(answer.places.map((place) => place.id)));
    this.fill();
  }

  hide(parts: ReadonlySet<Part>): void {
    this.hidden = parts;
    if (!this.map.getLayer('places')) return;
    for (const part of PART_NAMES) {
      for (const layer of PARTS[part]) this.map.setLayoutProperty(layer, 'visibility', parts.has(part) ? 'none' : 'visible');
    }
  }

  pick(pick: string | null): void {
    this.picked = pick;
    this.ring();
  }

  /** Draws everything in the colours of the theme in force. */
  recolour(): void {
    this.map.setStyle(style(base, colours(), this.own), { diff: false });
    this.map.once('style.load', this.fill);
    if (this.tiles && this.own) void this.useTiles();
  }

  /** What the map is called for those who hear it. */
  name(label: string): void {
    this.map.getCanvas().setAttribute('aria-label', label);
  }

  go(view: View): void {
    this.map.jumpTo({ center: [view.lon, view.lat], zoom: view.zoom });
  }

  /** Moves so that a point is seen, where it is not. */
  reveal(lon: number, lat: number): void {
    if (!this.map.getBounds().contains([lon, lat])) this.map.easeTo({ center: [lon, lat] });
  }

  fit(box: [west: number, south: number, east: number, north: number]): void {
    this.map.fitBounds(box, { padding: 40, maxZoom: 10, animate: false });
  }

  end(): void {
    this.ended = true;
    this.labels.end();
    this.map.remove();
  }

  private source(name: string): maplibregl.GeoJSONSource | undefined {
    return this.map.getSource<maplibregl.GeoJSONSource>(name);
  }

  private fill = (): void => {
    if (!this.answer || !this.source('places')) return;
    this.spread = this.map.getZoom();
    this.layers = made.features(this.answer, this.spread);
    for (const [name, data] of Object.entries(this.layers) as [string, FeatureCollection][]) this.source(name)?.setData(data);
    this.hide(this.hidden);
    this.ring();
  };

  /** Events of one place stand apart by pixels, so they are spread anew when the zoom has changed. */
  private respread(): void {
    if (!this.answer || !this.layers || Math.abs(this.map.getZoom() - this.spread) < 0.3) return;
    this.spread = this.map.getZoom();
    this.layers.events = made.events(this.answer, this.spread);
    this.source('events')?.setData(this.layers.events);
    this.ring();
  }

  private ring(): void {
    const source = this.source('picked');
    if (!source || !this.layers) return;
    const within = this.picked ? this.layers[`${this.picked.slice(0, this.picked.indexOf(':'))}s` as keyof made.Layered]?.features : undefined;
    const hit = within?.find((one) => one.properties?.pick === this.picked && one.geometry.type === 'Point');
    const radius = hit?.properties?.radius !== undefined ? Number(hit.properties.radius) + 4 : this.picked?.startsWith('siege') ? 25 : 15;
    source.setData(hit ? { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: hit.geometry, properties: { radius } }] } : made.NOTHING);
  }

  private under(point: maplibregl.PointLike): string | null {
    if (!this.map.getLayer('places')) return null;
    const { x, y } = maplibregl.Point.convert(point);
    const found = this.map.queryRenderedFeatures([[x - 4, y - 4], [x + 4, y + 4]], { layers: PRESSABLE });
    return found.length ? String(found[0]!.properties.pick) : null;
  }

  /** The pointer turns into a hand over what can be pressed; not looked for while the map moves. */
  private point(at: maplibregl.Point): void {
    if (this.map.isMoving()) return;
    cancelAnimationFrame(this.pointing);
    this.pointing = requestAnimationFrame(() => {
      if (!this.ended) this.map.getCanvas().style.cursor = this.under(at) ? 'pointer' : '';
    });
  }

  private async useTiles(): Promise<void> {
    try {
      const own = await ownTiles(this.tiles!, colours(), (name, load) => maplibregl.addProtocol(name, load));
      if (this.ended) return;
      if (!own) return this.events.onTiles();
      this.own = own;
      this.map.setStyle(style(base, colours(), own), { diff: false });
      this.map.once('style.load', this.fill);
    } catch {
      if (!this.ended) this.events.onTiles();
    }
  }
}
