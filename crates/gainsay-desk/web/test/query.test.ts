import { describe, expect, it } from 'vitest';
import { flag, list, match, oneOf, readQuery, text, whole, writeQuery } from '../src/query';

describe('paths', () => {
  it('name their parts', () => {
    expect(match('/place/:id', '/place/deir-ez-zor')).toEqual({ id: 'deir-ez-zor' });
    expect(match('/place/:id', '/place/%D8%AD%D9%85%D8%B5')).toEqual({ id: 'حمص' });
    expect(match('/place/:id', '/place/a%2Fb')).toEqual({ id: 'a/b' });
    expect(match('/', '/')).toEqual({});
  });
  it('fit as a whole or not at all', () => {
    expect(match('/place/:id', '/place')).toBeNull();
    expect(match('/place/:id', '/place/a/b')).toBeNull();
    expect(match('/places', '/place')).toBeNull();
  });
  it('that are broken fit nothing', () => {
    expect(match('/place/:id', '/place/%E0%A4%A')).toBeNull();
  });
});

describe('queries', () => {
  const fields = { q: text(), sort: oneOf(['day', 'killed'], 'day'), place: list(), revision: flag(), n: whole(50) };
  it('are read as typed values', () => {
    expect(readQuery(fields, '?q=%D9%82%D8%B5%D9%8A%D8%B1&sort=killed&place=a&place=b&revision=true&n=7')).toEqual({
      q: 'قصير', sort: 'killed', place: ['a', 'b'], revision: true, n: 7,
    });
  });
  it('of another make fall back', () => {
    expect(readQuery(fields, '?sort=drop+table&n=1e9&place=')).toEqual({ q: '', sort: 'day', place: [], revision: false, n: 50 });
  });
  it('change in part, and keep what the page does not name', () => {
    expect(writeQuery(fields, '?claim=c1&q=old&place=a', { q: 'new', place: ['b', 'c'] })).toBe('?claim=c1&q=new&place=b&place=c');
  });
  it('leave out what is as it is anyway', () => {
    expect(writeQuery(fields, '?q=x&sort=killed&n=7&revision=true', { q: '', sort: 'day', n: 50, revision: false })).toBe('');
  });
  it('come back as they were written', () => {
    const value = { q: 'a&b=c #d ‏ق', sort: 'killed' as const, place: ['x,y', 'z'], revision: true, n: -3 };
    expect(readQuery(fields, writeQuery(fields, '', value))).toEqual(value);
  });
});
