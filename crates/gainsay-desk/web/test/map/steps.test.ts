import { describe, expect, it } from 'vitest';
import { ahead, dayAt, dayOfShare, moved, nextChange, ordinal, share, stepped, within } from '../../src/map/steps';

describe('steps through days', () => {
  it('count days', () => {
    expect(ordinal('1970-01-01')).toBe(0);
    expect(dayAt(ordinal('2016-02-29'))).toBe('2016-02-29');
    expect(ordinal('2016-03-01') - ordinal('2016-02-28')).toBe(2);
  });
  it('go by day, week and month, both ways', () => {
    expect(stepped('2015-12-31', 'day', 1)).toBe('2016-01-01');
    expect(stepped('2016-03-01', 'week', -1)).toBe('2016-02-23');
    expect(stepped('2015-11-15', 'month', 3)).toBe('2016-02-15');
    expect(stepped('2016-01-15', 'month', -2)).toBe('2015-11-15');
  });
  it('end at the last day of a shorter month', () => {
    expect(stepped('2016-01-31', 'month', 1)).toBe('2016-02-29');
    expect(stepped('2015-03-31', 'month', -1)).toBe('2015-02-28');
    expect(stepped('2016-02-29', 'month', 12)).toBe('2017-02-28');
  });
  it('stay within the ledger', () => {
    expect(within('2010-01-01', '2013-01-01', '2014-01-01')).toBe('2013-01-01');
    expect(within('2020-01-01', '2013-01-01', '2014-01-01')).toBe('2014-01-01');
    expect(within('2013-05-05', '2013-01-01', '2014-01-01')).toBe('2013-05-05');
  });
});

describe('keys of a slider', () => {
  const at = (key: string, step: 'day' | 'week' | 'month' = 'week', rtl = false) => moved(key, '2014-06-15', '2014-01-01', '2014-12-31', step, rtl);
  it('step by what is set', () => {
    expect(at('ArrowRight')).toBe('2014-06-22');
    expect(at('ArrowLeft', 'day')).toBe('2014-06-14');
    expect(at('ArrowUp', 'month')).toBe('2014-07-15');
  });
  it('follow time to the left in Arabic, but up is later in every language', () => {
    expect(at('ArrowLeft', 'day', true)).toBe('2014-06-16');
    expect(at('ArrowRight', 'day', true)).toBe('2014-06-14');
    expect(at('ArrowUp', 'day', true)).toBe('2014-06-16');
  });
  it('leap by months, by years where months are the step', () => {
    expect(at('PageUp')).toBe('2014-07-15');
    expect(at('PageDown')).toBe('2014-05-15');
    expect(at('PageUp', 'month')).toBe('2014-12-31');
  });
  it('go to the ends and no further', () => {
    expect(at('Home')).toBe('2014-01-01');
    expect(at('End')).toBe('2014-12-31');
    expect(moved('ArrowRight', '2014-12-30', '2014-01-01', '2014-12-31', 'week', false)).toBe('2014-12-31');
  });
  it('leave other keys alone', () => {
    expect(at('Tab')).toBeNull();
    expect(at('a')).toBeNull();
  });
});

describe('days along a track', () => {
  it('are shares and back', () => {
    expect(share('2014-01-01', '2014-01-01', '2014-12-31')).toBe(0);
    expect(share('2015-06-01', '2014-01-01', '2014-12-31')).toBe(1);
    for (const day of ['2014-01-01', '2014-03-09', '2014-12-31']) expect(dayOfShare(share(day, '2014-01-01', '2014-12-31'), '2014-01-01', '2014-12-31')).toBe(day);
    expect(dayOfShare(-3, '2014-01-01', '2014-12-31')).toBe('2014-01-01');
  });
  it('bear a ledger of one day', () => {
    expect(share('2014-01-01', '2014-01-01', '2014-01-01')).toBe(1);
    expect(dayOfShare(0.4, '2014-01-01', '2014-01-01')).toBe('2014-01-01');
  });
});

describe('changes of hands', () => {
  const changes = ['2014-01-05', '2014-02-01', '2014-06-30'];
  it('are the nearest before and after', () => {
    expect(nextChange(changes, '2014-02-01', true)).toBe('2014-06-30');
    expect(nextChange(changes, '2014-02-01', false)).toBe('2014-01-05');
    expect(nextChange(changes, '2014-06-30', true)).toBeNull();
    expect(nextChange(changes, '2014-01-01', false)).toBeNull();
  });
});

describe('what playing shows next', () => {
  it('ends on the last day, once', () => {
    expect(ahead('2014-12-20', 'week', '2014-12-31', 5)).toEqual(['2014-12-27', '2014-12-31']);
    expect(ahead('2014-12-31', 'day', '2014-12-31', 3)).toEqual([]);
    expect(ahead('2014-01-01', 'month', '2014-12-31', 2)).toEqual(['2014-02-01', '2014-03-01']);
  });
});
