import { beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../src/api/types';
import { KINDS } from '../src/api/types';
import { learn } from '../src/api/names';
import { speak } from '../src/i18n';
import { countText, Sentence } from '../src/ui/sentence';
import { textOf } from './text';

const claim = {
  kind: 'airstrike', status: 'asserted', actor: [['warplanes', 'Syrian army']], actor_id: ['syrian-army'], target: [['a market', null]], target_id: [null],
  place: [['Marjan', 'Marjan']], place_id: ['marjan'], source: [['the Observatory', 'SOHR']], source_id: ['sohr'], time: { start: '2014-06-20', end: '2014-06-20' },
  count: { what: 'killed', low: 24, high: 26, group: 'civilians' }, outlet: 'Wire',
} as unknown as Card;
const say = (more: Partial<Card> = {}) => textOf(<Sentence claim={{ ...claim, ...more }} />);

describe('a claim in English', () => {
  beforeAll(() => speak('en'));
  it('says who says that who did what, to whom, where, when, how many', () => {
    expect(say()).toBe('SOHR says: Syrian army struck a market from the air in Marjan, 20 Jun 2014; 24–26 killed (civilians).');
  });
  it('names the outlet where nobody else is said to say it', () => {
    expect(say({ source: [], source_id: [], target: [], target_id: [], count: null, time: null })).toBe('Wire says: Syrian army carried out air strikes in Marjan.');
  });
  it('says how sure', () => {
    expect(say({ status: 'denied', time: null, count: null })).toMatch(/^SOHR denies: /);
    expect(say({ status: 'intended', source: [], outlet: null })).toMatch(/^It is meant or tried: /);
  });
  it('takes the name that answers gave for an id', () => {
    learn({ 'p-1': { name: 'P-4c1', type: 'source', kind: 'person', side: '' } });
    expect(say({ source: [['Ahmad al-Real', null]], source_id: ['p-1'] })).toMatch(/^P-4c1 says/);
  });
  it('says part of a place', () => {
    expect(say({ kind: 'control', degree: 'partial', target: [], count: null, time: null })).toBe('SOHR says: Syrian army holds part of Marjan.');
  });
  it('gives whole months as months and open spans as open', () => {
    expect(say({ time: { start: '2014-06-01', end: '2014-06-30' }, count: null })).toContain(', June 2014.');
    expect(say({ time: { start: '2014-06-01', end: null }, count: null })).toContain(', since 1 Jun 2014.');
  });
  it('reads counts with open ends', () => {
    expect(countText({ what: 'injured', low: 5, high: null })).toBe('≥\u202f5 injured');
    expect(countText({ what: 'killed', low: null, high: null, scope: 'cumulative' })).toBe('not said killed so far');
  });
});

describe.each(['en', 'ar'] as const)('every kind of claim in %s', (lang) => {
  beforeAll(() => speak(lang));
  it.each(KINDS)('%s is a sentence with and without its values', (kind) => {
    const full = say({ kind, cut: ['aid'], means: 'rockets' });
    const none = say({ kind, actor: [], actor_id: [], target: [], target_id: [], place: [], place_id: [], source: [], source_id: [], outlet: null, time: null, count: null });
    for (const text of [full, none]) {
      expect(text).not.toMatch(/[{}[\]|]|undefined|sentence\./);
      expect(text).toMatch(/\p{L}{3}.*\.$/u);
    }
  });
});

describe.each(['en', 'ar'] as const)('nothing that was read is left out in %s', (lang) => {
  beforeAll(() => speak(lang));
  it.each(KINDS)('%s', (kind) => {
    for (let present = 0; present < 32; present++) {
      const [actor, target, place, means, cut] = [1, 2, 4, 8, 16].map((bit) => (present & bit) !== 0);
      const text = say({
        kind, ...(actor ? {} : { actor: [], actor_id: [] }), ...(target ? {} : { target: [], target_id: [] }), ...(place ? {} : { place: [], place_id: [] }),
        means: means ? 'rockets' : null, cut: cut ? ['water'] : [],
      });
      const water = lang === 'en' ? 'water' : 'المياه';
      const want = [actor && 'Syrian army', target && 'a market', place && 'Marjan', means && 'rockets', cut && water].filter((one) => one !== false);
      for (const one of want) expect(text.split(one!).length, `${one} in ${text}`).toBe(2);
    }
  });
});

describe('a claim in Arabic', () => {
  beforeAll(() => speak('ar'));
  it('has its own order of words', () => {
    expect(say()).toMatch(/^بحسب SOHR: غارات جوية نفّذتها Syrian army على a market في Marjan، .*2014؛ القتلى: \u206624–26\u2069 \(مدنيون\)\.$/u);
  });
});
