import { describe, expect, it } from 'vitest';
import { between, parseSpan, shift } from '../src/ui/dates';

describe('days as people write them', () => {
  it('may be years, months or days', () => {
    expect(parseSpan('2014')).toEqual({ first: '2014-01-01', last: '2014-12-31' });
    expect(parseSpan('2014-06')).toEqual({ first: '2014-06-01', last: '2014-06-30' });
    expect(parseSpan('2014-06-20')).toEqual({ first: '2014-06-20', last: '2014-06-20' });
  });
  it('may be written loosely', () => {
    expect(parseSpan(' 2014/6/3 ')?.first).toBe('2014-06-03');
    expect(parseSpan('2014.6')?.last).toBe('2014-06-30');
  });
  it('may have Arabic or Persian digits', () => {
    expect(parseSpan('٢٠١٤-٠٦-٢٠')?.first).toBe('2014-06-20');
    expect(parseSpan('۲۰۱۴-۰۶')?.last).toBe('2014-06-30');
  });
  it('know leap years', () => {
    expect(parseSpan('2012-02')?.last).toBe('2012-02-29');
    expect(parseSpan('2013-02-29')).toBeUndefined();
  });
  it('are not anything else', () => {
    for (const text of ['', '20', '2014-13', '2014-00', '2014-06-31', '20-06-2014', '2014-06-20T00:00', '<script>', '0000', '99999']) {
      expect(parseSpan(text), text).toBeUndefined();
    }
  });
  it('are counted over months and leap days', () => {
    expect(shift('2014-03-31', 1)).toBe('2014-04-01');
    expect(shift('2012-03-01', -1)).toBe('2012-02-29');
    expect(between('2014-03-01', '2014-04-01')).toBe(31);
  });
});
