import { brotliCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { base } from '../../basemap/load';
import { packedBase, type Base } from '../../basemap/make';
import { open } from '../../basemap/open';
import { pack, unpack } from '../../basemap/pack';
import { area, simplify, type Point } from '../../basemap/simplify';

let made: Base;
beforeAll(() => { made = base(); }, 30_000);

function inside([lon, lat]: Point, ring: readonly Point[]): boolean {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [a, b] = [ring[i]!, ring[j]!];
    if (a[1] > lat !== b[1] > lat && lon < ((b[0] - a[0]) * (lat - a[1])) / (b[1] - a[1]) + a[0]) odd = !odd;
  }
  return odd;
}
const onLand = (point: Point) => made.land.some(([outer, ...holes]) => inside(point, outer!) && !holes.some((hole) => inside(point, hole)));
const near = (point: Point, line: readonly Point[]) => Math.min(...line.map((one) => Math.hypot(one[0] - point[0], one[1] - point[1])));

describe('the ground', () => {
  it('has land where towns are and sea where ships are', () => {
    for (const town of [[36.3, 33.5], [44.4, 33.3], [35.52, 33.88], [30.5, 50.45], [32.5, 15.6], [44.2, 15.35], [13.2, 32.8], [-105, 39.7], [36.15, 36.2]] as Point[]) expect(onLand(town), String(town)).toBe(true);
    for (const sea of [[34.5, 34.5], [50, 28], [38, 20], [-30, 30], [50.5, 41]] as Point[]) expect(onLand(sea), String(sea)).toBe(false);
  });
  it('draws borders: between Turkey and Syria at Tell Abyad, at al-Bukamal, at Arsal', () => {
    const all = made.borders.flat();
    for (const at of [[38.95, 36.7], [41.0, 34.42], [36.58, 34.2]] as Point[]) expect(near(at, all), String(at)).toBeLessThan(0.15);
  });
  it('leads rivers past their towns', () => {
    const towns: [river: string, town: Point][] = [
      ['Euphrates', [39.01, 35.95]], ['Euphrates', [40.14, 35.34]], ['Tigris', [43.13, 36.34]], ['Tigris', [44.4, 33.32]], ['Orontes', [36.75, 35.13]],
      ['Khabur', [40.74, 36.5]], ['Balikh', [38.95, 36.4]], ['Shatt al-Arab', [47.85, 30.5]], ['Nile', [31.23, 30.05]], ['Dnipro', [30.55, 50.45]],
    ];
    for (const [name, town] of towns) expect(near(town, made.rivers.find((river) => river.name === name)!.line), name).toBeLessThan(0.35);
  });
  it('keeps rivers on land', () => {
    for (const river of made.rivers) {
      const wet = river.line.slice(1, -1).filter((point) => !onLand(point));
      expect(wet.length, river.name).toBeLessThanOrEqual(1);
    }
  });
  it('is finer where the reports are than elsewhere', () => {
    const within = (point: Point, [w, s, e, n]: number[]) => point[0] > w! && point[0] < e! && point[1] > s! && point[1] < n!;
    const count = (box: number[]) => made.borders.flat().filter((point) => within(point, box)).length / ((box[2]! - box[0]!) * (box[3]! - box[1]!));
    expect(count([35, 31, 45, 38])).toBeGreaterThan(5 * count([-10, 0, 20, 20]));
  });
  it('is small enough to travel with the pages', () => {
    const size = brotliCompressSync(JSON.stringify(packedBase(made))).length;
    expect(size).toBeLessThan(40_000);
    expect(size).toBeGreaterThan(5_000);
  });
  it('comes out of its packing as it was made', () => {
    const out = open(packedBase(made));
    expect(out.land).toEqual(made.land);
    expect(out.borders).toEqual(made.borders);
    expect(out.rivers.map((river) => river.name)).toEqual(made.rivers.map((river) => river.name));
  });
});

describe('packed lines', () => {
  it('are what they were, to the unit', () => {
    const line: Point[] = [[36.297, 33.513], [-179.999, -60.001], [0, 0], [0.001, -0.001], [180, 83.5]];
    expect(unpack(pack(line, 1000))).toEqual(line);
    expect(unpack(pack(line, 10))).toEqual([[36.3, 33.5], [-180, -60], [0, 0], [0, 0], [180, 83.5]].map(([a, b]) => [a! + 0, b! + 0]));
    expect(unpack(pack([], 1000))).toEqual([]);
  });
});

describe('thinned lines', () => {
  const line: Point[] = [[0, 0], [1, 0.001], [2, 0], [3, 1], [4, 0]];
  it('keep ends and corners', () => {
    expect(simplify(line, () => 0.01)).toEqual([[0, 0], [2, 0], [3, 1], [4, 0]]);
    expect(simplify(line, () => 10)).toEqual([[0, 0], [4, 0]]);
    expect(simplify(line, () => 0.0001)).toEqual(line);
  });
  it('are thinned by what holds where they run', () => {
    expect(simplify([[0, 0], [1, 0.1], [2, 0], [10, 0], [11, 0.1], [12, 0]], (lon) => (lon > 5 ? 1 : 0.01)).filter(([lon]) => lon > 5)).toEqual([[12, 0]]);
  });
  it('leave a closed ring closed', () => {
    const ring: Point[] = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
    expect(simplify(ring, () => 0.1)).toEqual(ring);
    expect(area(ring)).toBe(1);
    expect(area([...ring].reverse())).toBe(1);
  });
});
