/** Small parts of the pages: addresses of other hosts, history, voices, values. */
import { describe, expect, it } from 'vitest';
import type { Card, Tally } from '../../src/api/types';
import { changeOf } from '../../src/pages/ActorPage';
import { byVoice, policiesOf } from '../../src/pages/EventPage';
import { outside } from '../../src/pages/parts';
import { disputedDays } from '../../src/pages/PlacePage';
import { sureness, valuesOf } from '../../src/pages/reading';

const card = (id: string, roots: string[], published: string | null = '2014-06-01'): Card => ({
  id, report: 'r', outlet: null, published, title: null, kind: 'casualties', status: 'asserted', actor: [], actor_id: [], target: [['soldiers']], target_id: [null],
  place: [], place_id: [], source: [], source_id: [], time: null, count: null, unverified: false, reader: '', evidence: [], roots, sides: [], event: null,
  decided: null, proposed: null, quotes: [], chain: [], copy_of: null,
});

describe('addresses', () => {
  it.each([
    ['https://example.org/a?b=c', 'https://example.org/a?b=c'], ['http://example.org', 'http://example.org/'], ['javascript:alert(1)', null], ['data:text/html,x', null],
    [' JaVaScRiPt:alert(1)', null], ['//example.org', null], ['/claim/1', null], ['', null], [null, null],
  ])('%s', (url, to) => expect(outside(url)).toBe(to));
});

describe('history', () => {
  it.each([
    ['x named Free Army 2011-07-29–', { what: 'named', with: 'Free Army', from: '2011-07-29', to: null }],
    ['x merged tahrir-al-sham 2017-01-28–2018-01-01', { what: 'merged', with: 'tahrir-al-sham', from: '2017-01-28', to: '2018-01-01' }],
    ['x split y –2014-02-03', { what: 'split', with: 'y', from: null, to: '2014-02-03' }],
    ['x beside y', { what: 'beside', with: 'y', from: null, to: null }],
    ['x ate y', null],
  ])('%s', (line, change) => expect(changeOf(line)).toEqual(change));
});

describe('voices', () => {
  it('are one where their roots are the same, in whatever order', () => {
    const voices = byVoice([card('3', ['b']), card('1', ['a', 'b'], '2014-06-09'), card('2', ['b', 'a'], '2014-06-02'), card('4', ['c'], null)]);
    expect(voices.map((voice) => voice.claims.map((claim) => claim.id))).toEqual([['3'], ['2', '1'], ['4']]);
  });
});

describe('policies', () => {
  it('come each once, low–best–high first, unknown ones last', () => {
    const tally = (policy: string) => ({ policy }) as Tally;
    expect(policiesOf(['acled/1', 'own/1', 'ucdp/1', 'by-source/1', 'ucdp/1'].map(tally))).toEqual(['ucdp/1', 'by-source/1', 'acled/1', 'own/1']);
  });
});

describe('disputed days of a place', () => {
  it('are those of its own holder', () => {
    const dispute = (id: string, place: string, kind = 'holder') => ({ id, kind, about: { place }, sides: [], spread: null, revision: false }) as never;
    expect(disputedDays([dispute('holder-2014-06-10-mosul', 'mosul'), dispute('holder-2014-06-11-raqqa', 'raqqa'), dispute('count-2014-06-10-x', 'mosul', 'count')], 'mosul'))
      .toEqual([{ from: '2014-06-10', to: '2014-06-10', dispute: 'holder-2014-06-10-mosul' }]);
  });
});

describe('the reading of a claim', () => {
  it('has the words of each value once, and no row for what is not said', () => {
    const claim = { ...card('1', []), grounds: [{ slot: 'target' as const, start: 0, end: 8, rule: 'claims.role' }, { slot: 'target' as const, start: 0, end: 8, rule: 'claims.coref' }] };
    const rows = valuesOf(claim, (start, end) => 'soldiers and more'.slice(start, end));
    expect(rows.map((row) => [row.slot, row.words, row.rules])).toEqual([['kind', [], []], ['target', ['soldiers'], ['claims.role', 'claims.coref']]]);
  });
  it('says how sure a link is in words', () => {
    expect([0, -5, 1, 149, 150, 399, 400].map(sureness)).toEqual(['no', 'no', 'weak', 'weak', 'fair', 'fair', 'strong']);
  });
});
