/** Names on the map: elements of the page over the canvas, as many as stand side by side. MapLibre would have to fetch letters for them. */
import type { Map as Canvas } from 'maplibre-gl';
import { fitting, type Box } from './collide';

export interface Label { id: string; name: string; lon: number; lat: number; kind: string; rank: number }

/** Names that are drawn at a zoom: the higher the rank's number, the closer one must be. */
export function lowest(zoom: number): number {
  return zoom < 4.2 ? 1 : zoom < 6 ? 2 : zoom < 8 ? 3 : zoom < 9.5 ? 4 : 5;
}

/** In the order in which they get room: what the ledger speaks of goes before what merely lies there, but never before countries. */
export function ordered(labels: readonly Label[], told: ReadonlySet<string>): Label[] {
  const weight = (label: Label) => label.rank - (told.has(label.id) && label.kind !== 'country' ? 0.75 : 0);
  return [...labels].sort((a, b) => weight(a) - weight(b) || (a.id < b.id ? -1 : 1));
}

const MOST = 90;

export class Labels {
  private all: Label[] = [];
  private told: ReadonlySet<string> = new Set();
  private shown = new Map<string, { label: Label; element: HTMLElement }>();
  private widths = new Map<string, number>();
  private readonly brush = document.createElement('canvas').getContext('2d')!;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly map: Canvas, private readonly box: HTMLElement) {
    map.on('move', this.follow);
    map.on('moveend', this.arrange);
    map.on('resize', this.arrange);
  }

  /** What there is to name, and which of it the map of the day draws a mark for. */
  set(labels: readonly Label[], told: ReadonlySet<string>): void {
    const was = this.told;
    this.told = told;
    this.all = ordered(labels, told);
    // What stands and now reads or looks otherwise is written anew: in another language, or told of where it was not.
    const now = new Map(labels.map((label) => [label.id, label]));
    for (const [id, { label, element }] of this.shown) {
      if (now.get(id)?.name === label.name && was.has(id) === told.has(id)) continue;
      element.remove();
      this.shown.delete(id);
    }
    this.arrange();
  }

  /** Chooses anew which names stand; not oftener than a few times in a second while moving. */
  private arrange = (): void => {
    clearTimeout(this.timer);
    this.timer = undefined;
    const zoom = this.map.getZoom();
    const least = lowest(zoom);
    const { clientWidth: width, clientHeight: height } = this.box;
    const bounds = this.map.getBounds();
    const [west, east, south, north] = [bounds.getWest(), bounds.getEast(), bounds.getSouth(), bounds.getNorth()];
    const near: (Box & { label: Label })[] = [];
    for (const label of this.all) {
      if (near.length >= 500) break;
      if (label.rank > least + (this.told.has(label.id) ? 1 : 0) || (label.kind === 'country' && zoom > 7.5)) continue;
      if (label.lon < west || label.lon > east || label.lat < south || label.lat > north) continue;
      const { x, y } = this.map.project([label.lon, label.lat]);
      const wide = this.width(label);
      if (x - wide / 2 < 2 || x + wide / 2 > width - 2 || y < 0 || y > height - 24) continue;
      near.push({ id: label.id, x, y: y + drop(label), width: wide, height: label.kind === 'country' ? 20 : 15, label });
    }
    const stand = fitting(near, MOST);
    for (const [id, { element }] of this.shown) {
      if (stand.has(id)) continue;
      element.remove();
      this.shown.delete(id);
    }
    for (const { label } of near) if (stand.has(label.id) && !this.shown.has(label.id)) this.show(label);
    this.place();
  };

  private follow = (): void => {
    this.place();
    this.timer ??= setTimeout(this.arrange, 220);
  };

  private place(): void {
    for (const { label, element } of this.shown.values()) {
      const { x, y } = this.map.project([label.lon, label.lat]);
      element.style.transform = `translate(${x.toFixed(1)}px, ${(y + drop(label)).toFixed(1)}px) translateX(-50%)`;
    }
  }

  private show(label: Label): void {
    const element = document.createElement('span');
    element.className = `map-label rank-${label.rank}${label.kind === 'country' ? ' country' : ''}${this.told.has(label.id) ? ' told' : ''}`;
    element.dir = 'auto';
    element.textContent = label.name;
    this.box.append(element);
    this.shown.set(label.id, { label, element });
  }

  private width(label: Label): number {
    const key = `${label.kind === 'country' ? 'c' : label.rank}${label.name}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.brush.font = label.kind === 'country' ? '600 14px sans-serif' : `${label.rank <= 2 ? '600 12.5px' : '11.5px'} sans-serif`;
      width = this.brush.measureText(label.name).width * (label.kind === 'country' ? 1.25 : 1.04);
      this.widths.set(key, width);
    }
    return width;
  }

  /** Another language, another theme: all names are written anew. */
  clear(): void {
    for (const { element } of this.shown.values()) element.remove();
    this.shown.clear();
    this.widths.clear();
  }

  end(): void {
    clearTimeout(this.timer);
    this.map.off('move', this.follow);
    this.map.off('moveend', this.arrange);
    this.map.off('resize', this.arrange);
    this.clear();
  }
}

/** Under its mark; a country's name stands on its point. */
function drop(label: Label): number {
  return label.kind === 'country' ? -10 : 9;
}
