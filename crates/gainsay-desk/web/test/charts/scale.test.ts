/** Scales, and where things stand on them. */
import { describe, expect, it } from 'vitest';
import { line } from '../../src/charts/axis';
import { dayNumber, dayOf, linear, logarithmic, ratios, roundTicks, roundUp, span, time } from '../../src/charts/scale';

describe('ticks', () => {
  it.each([
    [0, 200, 4, [0, 50, 100, 150, 200]], [0, 7, 5, [0, 2, 4, 6]], [0, 1, 2, [0, 0.5, 1]], [3, 3, 5, [3]], [0, 1_000_000, 4, [0, 500_000, 1_000_000]],
  ])('from %d to %d', (least, greatest, count, ticks) => expect(roundTicks(least, greatest, count)).toEqual(ticks));
  it.each([[0, 1], [1, 1], [7, 8], [167, 200], [1001, 1200], [99, 100]])('%d is rounded up to %d', (value, round) => expect(roundUp(value)).toBe(round));
});

describe('figures', () => {
  it('run evenly from end to end, rightwards or leftwards', () => {
    const right = linear([0, 100], [10, 110]);
    expect([right.at(0), right.at(50), right.at(100)]).toEqual([10, 60, 110]);
    const left = linear([0, 100], [110, 10]);
    expect([left.at(0), left.at(50), left.at(100)]).toEqual([110, 60, 10]);
  });
  it('by powers of ten stand as far apart', () => {
    const scale = logarithmic([20, 90_000], [0, 400]);
    expect(scale.ticks).toEqual([10, 100, 1000, 10_000, 100_000]);
    expect(scale.ticks.map(scale.at)).toEqual([0, 100, 200, 300, 400]);
    expect(scale.at(0)).toBe(scale.at(1));
  });
  it('as ratios stand as far below as above', () => {
    const scale = ratios(4, [0, 400]);
    expect(scale.ticks).toEqual([0.25, 0.5, 1, 2, 4]);
    expect([scale.at(1), scale.at(2), scale.at(0.5), scale.at(1000), scale.at(0)]).toEqual([200, 300, 100, 400, 0]);
  });
});

describe('time', () => {
  it('counts days, leap days too', () => {
    expect(dayNumber('2016-03-01') - dayNumber('2016-02-28')).toBe(2);
    expect(dayOf(dayNumber('2014-06-03'))).toBe('2014-06-03');
    expect(dayNumber('2014-06')).toBe(dayNumber('2014-06-01'));
    expect(dayNumber('never')).toBeNaN();
  });
  it('has ticks at days, months or years, as the room asks', () => {
    expect(time(['2014-06-01', '2014-06-06'], [0, 100], 6).ticks.map((tick) => tick.unit)).toEqual(Array(6).fill('day'));
    expect(time(['2014-01-15', '2014-06-15'], [0, 100], 6).ticks.map((tick) => tick.day)).toEqual(['2014-02-01', '2014-03-01', '2014-04-01', '2014-05-01', '2014-06-01']);
    expect(time(['2011-03-15', '2019-12-01'], [0, 100], 10).ticks.map((tick) => tick.day)).toEqual(['2012', '2013', '2014', '2015', '2016', '2017', '2018', '2019'].map((year) => `${year}-01-01`));
    for (const room of [2, 4, 8, 16]) expect(time(['2011-03-15', '2024-12-01'], [0, 100], room).ticks.length).toBeLessThanOrEqual(room + 1);
  });
  it('keeps days before and after at its ends', () => {
    const scale = time(['2014-01-01', '2014-01-11'], [0, 100]);
    expect([scale.at('2013-01-01'), scale.at('2014-01-06'), scale.at('2020-01-01')]).toEqual([0, 50, 100]);
  });
  it('runs from right to left in Arabic', () => {
    const scale = time(['2014-01-01', '2014-01-11'], line(300, true, 100, 20));
    expect([scale.at('2014-01-01'), scale.at('2014-01-11')]).toEqual([200, 20]);
    expect(line(300, false, 100, 20)).toEqual([100, 280]);
  });
  it('spans what there is, with a little air, and nothing where there is nothing', () => {
    expect(span([null, undefined, 'never'])).toBeNull();
    expect(span(['2014-06-03'])).toEqual(['2014-05-29', '2014-06-08']);
    expect(span(['2014-01-01', null, '2014-12-31'])).toEqual(['2013-12-25', '2015-01-07']);
  });
});
