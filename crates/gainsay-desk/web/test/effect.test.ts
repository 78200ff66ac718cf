import { beforeAll, describe, expect, it } from 'vitest';
import { learn } from '../src/api/names';
import type { Change, Event, QueueItem } from '../src/api/types';
import { speak } from '../src/i18n';
import { effectLines, figures } from '../src/queue/effect';
import { countOf, eventLine, headline, whatOf } from '../src/queue/headline';

const event = (id: string, places: string[]): Event => ({
  id, kind: 'shelling', places, time: { start: '2014-06-20', end: '2014-06-20' }, actors: [], targets: [], killed: { low: 1, best: 1, high: 1 },
  injured: { low: null, best: null, high: null }, claims: [], roots: [], grade: { occurrence: '', attribution: '', count: '' },
});
const item = (changes: Change[] | undefined, more: Partial<QueueItem> = {}): QueueItem => ({
  id: 'i', what: 'claim', score: 1, effect: { answers: changes?.length ?? 0, text: 'in the desk’s words', ...(changes && { changes }) }, reasons: [], events: [], claims: [],
  settle: [], watching: [], seen: 1, ...more,
});
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

beforeAll(async () => {
  await speak('en');
  learn({ marjan: { name: 'Marjan', type: 'place', kind: 'town', side: '' } });
});

describe('what would change', () => {
  it('is told in figures, without the name of the one event it is of', () => {
    const one = item([{ what: 'toll', of: 'e', before: [55, 71, 80], after: [31, 40, 40] }], { events: [event('e', ['marjan'])] });
    expect(effectLines(one).map(plain)).toEqual(['Dead: 31–40 instead of 55–71–80']);
  });
  it('names places, days and what comes instead', () => {
    expect(effectLines(item([{ what: 'holding', of: 'marjan', state: 'held', state_after: 'claimed', from: '2014-07-01', to: null }])).map(plain)).toEqual(['Marjan, since 1 Jul 2014: claimed instead of held']);
    expect(effectLines(item([{ what: 'holding', of: 'marjan', state: 'held', state_after: 'unknown' }])).map(plain)).toEqual(['Marjan: nothing else tells who holds it']);
  });
  it('counts what is not told one by one', () => {
    const more = item([{ what: 'name', of: 'marjan', many: 5 }]);
    more.effect.answers = 8;
    expect(effectLines(more).map(plain)).toEqual(['5 answers would name another than Marjan', 'and 3 more']);
  });
  it('stands in the desk’s own words where this page knows none', () => {
    expect(effectLines(item([{ what: 'phase of the moon', of: 'x' }])).map(plain)).toEqual(['in the desk’s words']);
    expect(effectLines(item(undefined)).map(plain)).toEqual(['in the desk’s words']);
  });
  it('may have no upper end, or be nothing', () => {
    expect(plain(figures([5, null, null]))).toBe('5 or more');
    expect(plain(figures([5, 5, 5]))).toBe('5');
    expect(figures([null, null, null])).toBe('none');
    expect(figures(undefined)).toBe('none');
  });
});

describe('an item in one line', () => {
  it('says what is counted of whom', () => {
    expect(countOf('killed civilians')).toBe('Killed: civilians');
    expect(countOf('killed all')).toBe('Killed');
    expect(countOf('killed government-side')).toBe('Killed: Government side');
    expect(whatOf('same event')).toBe('One event?');
  });
  it('names two places and counts the others', () => {
    expect(plain(eventLine(event('e', ['marjan', 'b', 'c', 'd'])))).toBe('shelling in Marjan, b and 2 more, 20 Jun 2014');
  });
  it('names the two that are compared', () => {
    expect(plain(headline(item([], { settle: [{ key: 'merge', decisions: [{ decision: 'merge', a: 'marjan', b: 'merjan' }] }] })))).toBe('Marjan and merjan');
  });
});
