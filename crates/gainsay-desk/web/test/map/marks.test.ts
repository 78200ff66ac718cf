import { describe, expect, it } from 'vitest';
import type { MapEvent } from '../../src/api/types';
import { markOf, placeKey, siegeKey, stripes, wayKey } from '../../src/map/keys';
import { ageShade, AGES, growth, placeSize, tollRadius, tollRing } from '../../src/map/scales';
import { offset, swarm } from '../../src/map/swarm';

const place = (more: object) => ({ state: 'held' as const, sides: ['government'], disputed: false, kind: 'town', age_days: 0, ...more });

describe('names of marks', () => {
  it('are the same for the same parties in any order, each once', () => {
    expect(stripes(['opposition', 'government', 'opposition'])).toEqual(['government', 'opposition']);
    expect(placeKey(place({ state: 'contested', sides: ['opposition', 'government'] }))).toBe(placeKey(place({ state: 'contested', sides: ['government', 'opposition'] })));
  });
  it('know a side with and without its ending', () => {
    expect(stripes(['government-side', 'government'])).toEqual(['government']);
  });
  it('differ by all that is drawn', () => {
    const keys = [
      place({}), place({ state: 'claimed' }), place({ state: 'contested' }), place({ disputed: true }), place({ kind: 'district' }), place({ sides: ['kurdish'] }), place({ sides: [] }), place({ age_days: 100 }),
    ].map(placeKey);
    expect(new Set(keys).size).toBe(keys.length);
    expect(placeKey(place({ kind: 'village' }))).toBe(placeKey(place({})));
  });
  it('say again what they were made from', () => {
    expect(markOf(placeKey(place({ state: 'contested', sides: ['opposition', 'government'], disputed: true, kind: 'governorate', age_days: 40 })))).toEqual({
      what: 'place', state: 'contested', sides: ['government', 'opposition'], disputed: true, area: true, shade: 0.82,
    });
    expect(markOf(siegeKey({ sides: ['government'], disputed: true }))).toEqual({ what: 'siege', sides: ['government'], disputed: true });
    expect(markOf(wayKey({ kind: 'bridge', state: 'shut', age_days: 2 }, ''))).toEqual({ what: 'way', kind: 'bridge', state: 'shut', side: 'unknown', shade: 1 });
    expect(markOf(placeKey(place({ sides: [] })))).toMatchObject({ sides: ['unknown'] });
  });
  it('of others are left to others', () => expect(markOf('marker-15')).toBeNull());
});

describe('sizes', () => {
  it('grow with the toll, by area, up to a limit', () => {
    expect(tollRadius(10)).toBeGreaterThan(tollRadius(1));
    const area = (killed: number) => tollRadius(killed) ** 2 - tollRadius(0) ** 2;
    expect(area(200) / area(100)).toBeCloseTo(2, 6);
    expect(tollRadius(1_000_000)).toBe(46);
    expect(tollRadius(null)).toBe(tollRadius(0));
  });
  it('put a ring only where there is a range', () => {
    expect(tollRing({ low: 5, best: 7, high: 9 })).toEqual({ inner: tollRadius(5), outer: tollRadius(9) });
    expect(tollRing({ low: 5, best: 5, high: 5 })).toBeNull();
    expect(tollRing({ low: 5, best: 5, high: null })).toBeNull();
    expect(tollRing(null)).toBeNull();
    expect(tollRing({ low: null, best: 3, high: 4 })?.inner).toBe(tollRadius(0));
  });
  it('fade with age and never vanish', () => {
    expect(ageShade(0)).toBe(1);
    expect(ageShade(29)).toBe(1);
    expect(ageShade(30)).toBeLessThan(1);
    const shades = AGES.map((age) => ageShade(age.days));
    expect(shades).toEqual([...shades].sort((a, b) => b - a));
    expect(ageShade(null)).toBe(ageShade(10_000));
    expect(ageShade(null)).toBeGreaterThan(0.3);
  });
  it('follow the zoom without a step', () => {
    for (let zoom = 2; zoom < 16; zoom += 0.1) expect(growth(zoom + 0.1) - growth(zoom)).toBeGreaterThanOrEqual(0);
    expect(growth(8)).toBeCloseTo(1, 9);
  });
  it('give every kind of place some size', () => {
    expect(placeSize('city')).toBeGreaterThan(placeSize('village'));
    expect(placeSize('prison')).toBeGreaterThan(0.5);
  });
});

describe('events of one place', () => {
  const event = (id: string, more: Partial<MapEvent> = {}): MapEvent => ({
    id, kind: 'clash', place: 'raqqa', lat: 36, lon: 39, from: null, to: null, killed: null, roots: 1, disputed: false, ...more,
  });
  it('stand at the place where it has no mark, beside it where it has', () => {
    expect(offset(0, true, 10)).toEqual([0, 0]);
    expect(Math.hypot(...offset(0, false, 10))).toBeGreaterThan(8);
    expect(swarm([event('a')], new Set(), 8)[0]).toEqual([39, 36]);
    expect(swarm([event('a')], new Set(['raqqa']), 8)[0]).not.toEqual([39, 36]);
  });
  it('never stand on one another', () => {
    const at = swarm(Array.from({ length: 200 }, (_, i) => event(String(i))), new Set(['raqqa']), 9);
    expect(new Set(at.map((one) => one.join())).size).toBe(200);
  });
  it('stay as far apart in pixels at every zoom', () => {
    const pixels = (zoom: number) => {
      const [lon] = swarm([event('a'), event('b')], new Set(), zoom)[1]!;
      return ((lon - 39) * 256 * 2 ** (zoom + 1)) / 360 / growth(zoom);
    };
    expect(pixels(6)).toBeCloseTo(pixels(11), 6);
  });
  it('of two places do not push each other', () => {
    expect(swarm([event('a'), event('b', { lat: 35, place: 'other' })], new Set(), 8)[1]).toEqual([39, 35]);
  });
});
