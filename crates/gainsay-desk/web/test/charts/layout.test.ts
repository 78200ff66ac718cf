/** The network's picture, swarms of dots, series: the same for the same figures every time. */
import { describe, expect, it } from 'vitest';
import type { Point } from '../../src/api/types';
import { barOf } from '../../src/charts/control';
import { drawable, middle, series } from '../../src/charts/displacement';
import { layout, loopLinks } from '../../src/charts/force';
import { fitted, lines } from '../../src/charts/measure';
import { after } from '../../src/charts/months';
import { labels } from '../../src/charts/network';
import { ratio, swarm } from '../../src/charts/standing';
import { blockOf, tallyFigures } from '../../src/charts/tolls';
import type { Tally } from '../../src/api/types';

const bodies = Array.from({ length: 40 }, (_, n) => ({ id: `source-${n}`, weight: 1 + (n * 7) % 30 }));
const springs = bodies.slice(1).map((body, n) => ({ from: body.id, to: bodies[n % 5]!.id, weight: 1 + (n % 4) }));

describe('the network', () => {
  it('is drawn the same every time, within its frame, no two on one another', () => {
    const [one, two] = [layout(bodies, springs, 800, 500), layout(bodies, springs, 800, 500)];
    expect([...one]).toEqual([...two]);
    const spots = [...one.values()];
    for (const { x, y, r } of spots) {
      expect(x - r).toBeGreaterThanOrEqual(0);
      expect(x + r).toBeLessThanOrEqual(800);
      expect(y - r).toBeGreaterThanOrEqual(0);
      expect(y + r).toBeLessThanOrEqual(500);
    }
    const near = spots.flatMap((a, n) => spots.slice(n + 1).filter((b) => Math.hypot(a.x - b.x, a.y - b.y) < (a.r + b.r) * 0.7));
    expect(near).toEqual([]);
  });
  it('takes one source, none, and links to who is not there', () => {
    expect(layout([], [], 100, 100).size).toBe(0);
    expect(layout([{ id: 'a', weight: 1 }], [{ from: 'a', to: 'b', weight: 1 }, { from: 'a', to: 'a', weight: 1 }], 100, 80).get('a')).toMatchObject({ x: 50, y: 40 });
  });
  it('names sources without writing one name over another', () => {
    const nodes = bodies.map((body) => ({ id: body.id, name: `A source with a name ${body.id}`, side: '', claims: body.weight, reports: 1 }));
    const drawn = labels(nodes, layout(bodies, springs, 800, 500), 800, false);
    expect(drawn.length).toBeGreaterThan(5);
    const over = drawn.filter((a, n) => drawn.slice(n + 1).some((b) => Math.abs(a.y - b.y) < 10 && a.x < b.x + b.text.length * 5 && b.x < a.x + a.text.length * 5));
    expect(over).toEqual([]);
  });
  it('knows the links of a loop, the last to the first too', () => {
    expect([...loopLinks([['a', 'b', 'c']])]).toEqual(['a\u0000b', 'b\u0000c', 'c\u0000a']);
  });
});

describe('dots', () => {
  it('step aside where they would lie on one another', () => {
    expect(swarm([10, 10, 10, 50], 9)).toEqual([0, 1, -1, 0]);
  });
  it('stand at the ratio of a figure to the best of all', () => {
    const of = (low: number | null, high: number | null, best: number | null) => ratio({ own: { low, high }, best, low: 10, high: 30 });
    expect(of(50, 50, 25)).toBe(2);
    expect(of(40, 60, 25)).toBe(2);
    expect(of(10, null, null)).toBe(0.5);
    expect(of(null, null, 25)).toBeNull();
    expect(of(0, 0, 0)).toBe(1);
    expect(of(5, 5, 0)).toBeNull();
  });
});

describe('displacement', () => {
  const point = (change: Partial<Point>): Point => ({
    place: ['x'], from: '2014-01-01', to: '2014-01-01', what: 'stock', low: 10, high: 10, group: 'all', root: 'r', side: '', unverified: false, claims: [], measure: 'displaced', ...change,
  });
  it('joins stock of one voice, place and group, by day, and never flow', () => {
    const points = [point({ to: '2014-03-01', low: 3 }), point({ to: '2014-02-01', low: 2 }), point({ what: 'flow' }), point({ what: 'flow', to: '2014-05-01' }), point({ root: 'other' }), point({ place: ['y'] })];
    expect(series(points).map((all) => all.map((one) => one.low))).toEqual([[2, 3]]);
  });
  it('draws the greatest of very many, and none without a day', () => {
    const many = Array.from({ length: 3000 }, (_, n) => point({ low: n, high: n }));
    expect(drawable([...many, point({ from: null, to: null })]).map(middle)).toEqual(Array.from({ length: 1200 }, (_, n) => 2999 - n));
    expect(drawable([point({ from: null }), point({ from: null, to: null })]).length).toBe(1);
  });
  it('puts a mark at the middle of a range, or at the one end that is said', () => {
    expect([middle({ low: 10, high: 20 }), middle({ low: 10, high: null }), middle({ low: null, high: 9 })]).toEqual([15, 10, 9]);
  });
});

describe('control', () => {
  const holding = { place: 'x', state: 'held' as const, holders: ['a'], degree: null, from: '2014-01-01', to: null, claims: ['1'] };
  it('fills what is held, outlines what is claimed, stripes what is contested, draws nothing where nobody says', () => {
    expect(barOf(holding)).toMatchObject({ look: { how: 'full' }, to: null, half: false });
    expect(barOf({ ...holding, state: 'claimed', degree: 'partial' })).toMatchObject({ look: { how: 'outline' }, half: true });
    expect(barOf({ ...holding, state: 'contested', holders: ['a', 'b'], degree: 'partial' })).toMatchObject({ look: { how: 'stripes' }, half: false });
    expect(barOf({ ...holding, state: 'unknown' })).toBeNull();
    expect(barOf({ ...holding, holders: [] })).toBeNull();
  });
});

describe('tolls', () => {
  const tally: Tally = {
    scope: { place: null, from: null, to: null, event: null }, measure: 'killed', group: 'all', policy: 'ucdp/1', low: 50, best: 65, high: 167, rule: '',
    by_source: Array.from({ length: 20 }, (_, n) => ({ source: `s${n}`, root: `s${n}`, side: '', low: 20 - n, high: null, claims: [] })),
  };
  const bare = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');
  it('read low–best–high, or as one figure where all are the same', () => {
    expect(bare(tallyFigures(tally))).toBe('50–65–167');
    expect(bare(tallyFigures({ ...tally, low: 65, high: 65 }))).toBe('65');
    expect(bare(tallyFigures({ ...tally, best: null }))).toBe('50–167');
    expect(bare(tallyFigures({ ...tally, high: null }))).toBe('50–65–?');
  });
  it('draw the least first, and say how many are left to the table', () => {
    const block = blockOf(tally, false);
    expect(block.figures.map((one) => one.low)).toEqual(Array.from({ length: 14 }, (_, n) => n + 1));
    expect(block.more).toBe(6);
  });
});

describe('words', () => {
  it('are cut with an ellipsis, or left out', () => {
    expect(fitted('Syrian Observatory', 1000)).toBe('Syrian Observatory');
    expect(fitted('Syrian Observatory', 60)).toMatch(/^Syria.*…$/);
    expect(fitted('Syrian Observatory', 5)).toBe('');
  });
  it('are broken into lines', () => {
    expect(lines('one two three', 50).length).toBeGreaterThan(1);
    expect(lines('one two three', 50).join(' ')).toBe('one two three');
    expect(lines('', 50)).toEqual([]);
  });
  it('end a month where the next begins', () => {
    expect([after('2014-01'), after('2014-12')]).toEqual(['2014-02-01', '2015-01-01']);
  });
});
