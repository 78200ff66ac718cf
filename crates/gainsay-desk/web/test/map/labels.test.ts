import { afterEach, describe, expect, it, vi } from 'vitest';
import type { MapAnswer } from '../../src/api/types';
import { fitting, type Box } from '../../src/map/collide';
import { Labels, lowest, ordered, type Label } from '../../src/map/labels';
import { labelsOf } from '../../src/map/names';

const box = (id: string, x: number, y: number, width = 60): Box => ({ id, x, y, width, height: 14 });
const apart = (a: Box, b: Box) => Math.abs(a.x - b.x) >= (a.width + b.width) / 2 || a.y >= b.y + b.height || b.y >= a.y + a.height;

describe('labels that fit', () => {
  it('leave out what would cover an earlier one', () => {
    expect([...fitting([box('a', 100, 100), box('b', 130, 105), box('c', 100, 120)], 10)]).toEqual(['a', 'c']);
  });
  it('do not touch', () => {
    expect(fitting([box('a', 100, 100), box('b', 161, 100)], 10, 3).has('b')).toBe(false);
    expect(fitting([box('a', 100, 100), box('b', 163, 100)], 10, 3).has('b')).toBe(true);
  });
  it('are no more than asked for', () => {
    expect(fitting(Array.from({ length: 50 }, (_, i) => box(String(i), i * 200, 0)), 7).size).toBe(7);
  });
  it('are found across cells, left of and above the map too', () => {
    expect([...fitting([box('a', 95, 95), box('b', 98, 97), box('c', -10, -5), box('d', -12, -6)], 10)]).toEqual(['a', 'c']);
  });
  it('never overlap, however many there are', () => {
    let seed = 7;
    const next = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    const all = Array.from({ length: 600 }, (_, i) => box(String(i), next() * 1400, next() * 800, 30 + next() * 120));
    const stand = fitting(all, 600);
    const kept = all.filter((one) => stand.has(one.id));
    expect(kept.length).toBeGreaterThan(50);
    for (let i = 0; i < kept.length; i++) for (let j = 0; j < i; j++) expect(apart(kept[i]!, kept[j]!)).toBe(true);
  });
  it('leave out nothing that would have fitted', () => {
    const all = [box('a', 100, 100), box('b', 130, 105), box('c', 400, 100)];
    const stand = fitting(all, 10);
    for (const one of all) if (!stand.has(one.id)) expect(all.some((other) => stand.has(other.id) && !apart(one, { ...other, width: other.width + 6 }))).toBe(true);
  });
});

const label = (id: string, rank: number, kind = 'town'): Label => ({ id, name: id, lon: 0, lat: 0, kind, rank });

describe('names', () => {
  it('of what is told come before their like, never before countries', () => {
    const all = [label('b', 3), label('a', 3), label('syria', 1, 'country'), label('c', 2)];
    expect(ordered(all, new Set(['b'])).map((one) => one.id)).toEqual(['syria', 'c', 'b', 'a']);
    expect(ordered(all, new Set(['c'])).map((one) => one.id)).toEqual(['syria', 'c', 'a', 'b']);
  });
  it('are more the closer one looks', () => {
    for (let zoom = 2; zoom < 14; zoom += 0.5) expect(lowest(zoom + 0.5)).toBeGreaterThanOrEqual(lowest(zoom));
    expect(lowest(3)).toBe(1);
    expect(lowest(12)).toBe(5);
  });
  it('are Arabic in Arabic, and of told places that no gazetteer has', () => {
    const places = {
      type: 'FeatureCollection' as const,
      features: [{ type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: [39, 36] }, properties: { id: 'raqqa', name: 'Raqqa', name_ar: 'الرقة', kind: 'city', rank: 2 } }],
    };
    const answer = { places: [{ id: 'farm', lon: 40, lat: 35, kind: 'area' }, { id: 'raqqa', lon: 39, lat: 36, kind: 'city' }], names: { farm: { name: 'The farm' }, raqqa: { name: 'Raqqa' } } } as unknown as MapAnswer;
    expect(labelsOf(places, [answer, null], 'ar').map((one) => one.name)).toEqual(['الرقة', 'The farm']);
    expect(labelsOf(places, [], 'en').map((one) => one.name)).toEqual(['Raqqa']);
    expect(labelsOf(undefined, [null], 'en')).toEqual([]);
  });
});

describe('names that stand', () => {
  afterEach(() => vi.unstubAllGlobals());

  /** As much of a page and of a map as names need: a box of elements, and a map of ten pixels to a degree. */
  function stage() {
    const box: { children: { textContent: string; className: string }[]; clientWidth: number; clientHeight: number; append: (one: never) => void } = {
      children: [], clientWidth: 800, clientHeight: 600, append: (one) => box.children.push(one),
    };
    vi.stubGlobal('document', {
      createElement: () => {
        const element = { style: {}, textContent: '', className: '', remove: () => { box.children = box.children.filter((one) => one !== element); }, getContext: () => ({ measureText: (text: string) => ({ width: 6 * text.length }) }) };
        return element;
      },
    });
    const map = {
      on: () => {}, off: () => {}, getZoom: () => 9, project: ([lon, lat]: [number, number]) => ({ x: lon * 10, y: lat * 10 }),
      getBounds: () => ({ getWest: () => 0, getEast: () => 80, getSouth: () => 0, getNorth: () => 60 }),
    };
    return { labels: new Labels(map as never, box as never), words: () => box.children.map((one) => one.textContent).sort(), box };
  }
  const at = (id: string, name: string, lon: number): Label => ({ id, name, lon, lat: 20, kind: 'city', rank: 2 });

  it('are written anew in another language', () => {
    const { labels, words } = stage();
    labels.set([at('raqqa', 'Raqqa', 20), at('homs', 'Homs', 40)], new Set());
    expect(words()).toEqual(['Homs', 'Raqqa']);
    labels.set([at('raqqa', 'الرقة', 20), at('homs', 'حمص', 40)], new Set());
    expect(words()).toEqual(['الرقة', 'حمص']);
  });
  it('say whether they are told of, from day to day', () => {
    const { labels, box } = stage();
    labels.set([at('raqqa', 'Raqqa', 20)], new Set());
    expect(box.children[0]!.className).not.toContain('told');
    labels.set([at('raqqa', 'Raqqa', 20)], new Set(['raqqa']));
    expect(box.children.map((one) => one.className.includes('told'))).toEqual([true]);
  });
  it('go when they are no more', () => {
    const { labels, words } = stage();
    labels.set([at('raqqa', 'Raqqa', 20), at('farm', 'Farm', 40)], new Set());
    labels.set([at('raqqa', 'Raqqa', 20)], new Set());
    expect(words()).toEqual(['Raqqa']);
  });
});
