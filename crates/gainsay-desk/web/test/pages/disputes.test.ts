/** What is disputed and by whom, in one sentence. */
import { beforeAll, describe, expect, it } from 'vitest';
import { learn } from '../../src/api/names';
import type { Dispute } from '../../src/api/types';
import { speak } from '../../src/i18n';
import { figureOf, idsOf, question, sentence, versionText, voices } from '../../src/pages/dispute-words';
import { eventName, eventOf } from '../../src/pages/titles';

/** Without the marks that keep names of other scripts apart. */
const bare = (text: string) => text.replaceAll(/[\u2066-\u2069]/g, '');

const side = (value: string, ...roots: string[]) => ({ value, sources: roots, roots, claims: roots.map((root) => `${root}-1`) });
const count: Dispute = {
  id: 'count-2016-01-18-attack-x', kind: 'count', about: { event: '2016-01-18-attack-x', measure: 'killed', group: 'government-side' },
  sides: [side('50', 'sohr'), side('at least 280', 'sana', 'amaq')], spread: 5.6, revision: false,
};

beforeAll(async () => {
  await speak('en');
  const source = (name: string) => ({ name, type: 'source' as const, kind: '', side: '' });
  learn({
    sohr: source('the Observatory'), sana: source('SANA'), amaq: source('Amaq'), a: source('A'), b: source('B'),
    x: { name: 'X-town', type: 'place', kind: 'town', side: '' }, isis: { name: 'Islamic State', type: 'actor', kind: '', side: 'islamic-state' },
    army: { name: 'the army', type: 'actor', kind: '', side: 'government' },
  });
});

describe('values of counts', () => {
  it.each([
    ['50', { low: 50, high: 50 }], ['500–600', { low: 500, high: 600 }], ['at least 280', { low: 280, high: null }], ['at most 5', { low: null, high: 5 }],
    ['unknown', null], ['at least five', null], ['', null],
  ])('%s', (value, figure) => expect(figureOf(value)).toEqual(figure));
});

describe('versions', () => {
  it.each([
    ['count', '500–600', '500–600'], ['count', 'unknown', 'unknown'], ['holder', 'isis', 'Islamic State'], ['actor', 'isis + army', 'Islamic State and the army'],
    ['occurrence', 'denied', 'it did not happen'], ['tie', 'avoid', 'avoid fighting'], ['time', '2014-06-03', '3 Jun 2014'], ['time', '2014-06-03..2014-06-05', '3–5 Jun 2014'],
  ] as const)('%s %s reads as %s', (kind, value, words) => expect(bare(versionText(kind, value)).replaceAll(/\s?–\s?/g, '–')).toBe(words));
  it('name ids only where they are ids', () => {
    expect(idsOf('place', 'x + y')).toEqual(['x', 'y']);
    expect(idsOf('count', '50')).toEqual([]);
    expect(idsOf('occurrence', 'asserted')).toEqual([]);
  });
});

describe('the sentence', () => {
  it('says what is disputed and who says what', () => {
    expect(bare(sentence(count))).toBe('The number of killed (government side) is disputed (Attack in X-town, 18 Jan 2016): the Observatory says 50; SANA and Amaq say ≥\u202f280.');
  });
  it('calls a revision no dispute', () => {
    const revised = bare(sentence({ ...count, revision: true }));
    expect(revised).not.toContain('disputed');
    expect(revised).toContain('the Observatory says 50');
  });
  it('names the first versions and counts the rest', () => {
    const many = Array.from({ length: 9 }, (_, n) => side(String(n + 1), 'sohr'));
    const words = bare(sentence({ ...count, sides: many }));
    expect(words).toContain('says 6; 3 more versions.');
    expect(words).not.toContain('says 7');
  });
  it('has words for every kind', () => {
    for (const kind of ['count', 'actor', 'occurrence', 'holder', 'place', 'time', 'tie'] as const) {
      const words = bare(sentence({ ...count, kind, about: { place: 'x' } }));
      expect(words, kind).toContain('is disputed');
      expect(words, kind).not.toContain('pages.');
      expect(bare(question({ ...count, kind, about: { pair: ['isis', 'army'] } })), kind).toContain('Islamic State and the army');
    }
  });
  it('counts the voices that it does not name', () => {
    expect(bare(voices(['sohr', 'sana', 'amaq', 'a', 'b']))).toBe('the Observatory, SANA, Amaq and 2 others');
  });
});

describe('events that are known by their id alone', () => {
  it('are told by day, kind and place', () => {
    expect(eventOf('2014-06-03-capture-siyasiyeh-bridge')).toEqual({ day: '2014-06-03', kind: 'capture', place: 'siyasiyeh-bridge' });
    expect(bare(eventName('2014-06-03-capture-siyasiyeh-bridge'))).toBe('Capture in siyasiyeh bridge, 3 Jun 2014');
  });
  it('or stay as they are', () => {
    expect(eventOf('2014-06-03-nothing-here')).toBeNull();
    expect(eventName('e-1')).toBe('e-1');
  });
});
