import { describe, expect, it } from 'vitest';
import type { Card, QueueItem } from '../src/api/types';
import { keep, kept, keyOf } from '../src/draft';
import { bulkDecision, BULK_ASK, isNarrow } from '../src/queue/bulk-ask';
import { changes, correction, formOf, rebased } from '../src/queue/correct';
import { links, mentions, NO_LINK } from '../src/queue/link';
import { candidates, first, mayTake, others as otherWays, settled, touches } from '../src/queue/settle';
import { seenWith, undoing } from '../src/queue/take';
import { others } from '../src/queue/watch';
import { readQuery, writeQuery } from '../src/query';
import { asks, narrowed, params, SEARCH } from '../src/search/query';
import { keyName } from '../src/ui/keys';

const card = (more: Partial<Card> = {}): Card => ({
  id: 'c1', report: 'r1', outlet: 'Wire', published: '2014-06-21', title: null, kind: 'casualties', status: 'asserted',
  actor: [['the army', 'Government army']], actor_id: ['army'], target: [['the town', null]], target_id: [null], place: [['Marjan', 'Marjan']], place_id: ['marjan'],
  source: [['the army', 'Government army'], ['activists']], source_id: ['army', null], time: { start: '2014-06-20', end: '2014-06-20' },
  count: { what: 'killed', low: 24, high: null, group: 'civilians' }, unverified: false, reader: 'gainsay', evidence: [], roots: [], sides: [], event: null,
  decided: null, proposed: null, quotes: [], chain: [], copy_of: null, ...more,
});
const item = (more: Partial<QueueItem>): QueueItem => ({
  id: 'i', what: 'claim', score: 1, effect: { answers: 1, text: '' }, reasons: [], events: [], claims: [], settle: [], watching: [], seen: 7, ...more,
});

describe('keys', () => {
  const name = (key: string, code: string, shiftKey = false) => keyName({ key, code, shiftKey });
  it('are the same under an Arabic layout', () => {
    expect(name('غ', 'KeyY')).toBe('y');
    expect(name('ت', 'KeyJ')).toBe('j');
    expect(name('؟', 'Slash', true)).toBe('?');
    expect(name('١', 'Digit1')).toBe('1');
    expect(name('ظ', 'Slash')).toBe('/');
  });
  it('work with caps lock on, and keep what shift means', () => {
    expect(name('Y', 'KeyY')).toBe('y');
    expect(name('Y', 'KeyY', true)).toBe('Y');
    expect(name('?', 'Slash', true)).toBe('?');
  });
  it('that bear a name keep it', () => {
    expect(name('ArrowLeft', 'ArrowLeft')).toBe('ArrowLeft');
    expect(name('é', 'IntlBackslash')).toBe('é');
  });
});

describe('settling', () => {
  const pair = item({
    what: 'same event', claims: [card(), card({ id: 'c2' })],
    settle: [{ key: 'one', decisions: [{ decision: 'one-event', a: 'c1', b: 'c2' }] }, { key: 'two', decisions: [{ decision: 'two-events', a: 'c1', b: 'c2' }] }],
  });
  it('joins and parts as the item offers it', () => {
    expect(first(pair)).toBe('one');
    expect(settled(pair, 'one', pair.claims[0])).toEqual([{ decision: 'one-event', a: 'c1', b: 'c2' }]);
    expect(settled(pair, 'two', pair.claims[0])).toEqual([{ decision: 'two-events', a: 'c1', b: 'c2' }]);
  });
  it('confirms and rejects the chosen claim and no other', () => {
    expect(settled(pair, 'reject', pair.claims[1])).toEqual([{ decision: 'reject', claim: 'c2' }]);
    const versions = item({ what: 'killed civilians', claims: pair.claims, settle: [
      { key: 'confirm', decisions: [{ decision: 'confirm', claim: 'c1' }, { decision: 'confirm', claim: 'c2' }] }, { key: 'reject', decisions: [{ decision: 'reject', claim: 'c1' }] },
    ] });
    expect(settled(versions, 'confirm', versions.claims[1])).toEqual([{ decision: 'confirm', claim: 'c2' }]);
    expect(settled(versions, 'reject', versions.claims[1])).toEqual([{ decision: 'reject', claim: 'c2' }]);
    expect(settled(versions, 'all', versions.claims[1])).toHaveLength(2);
    expect(first(versions)).toBe('all');
    // Nothing is in view: a key decides on nothing that the eye has not met.
    expect(settled(versions, 'confirm', undefined)).toBeNull();
  });
  it('does not offer what an item has no way for', () => {
    expect(settled(item({ claims: [card()] }), 'one', card())).toBeNull();
    expect(settled(item({}), 'reject', undefined)).toBeNull();
    expect(settled(pair, 'all', pair.claims[0])).toBeNull();
  });
  it('knows whom words may mean, and ways that it has no key for', () => {
    const link = item({ what: 'link', settle: [
      ...['marjan', 'tal-zahr'].map((id) => ({ key: 'link', decisions: [{ decision: 'link' as const, of: 'r1', slot: 'place' as const, mention: 'the town', id }] })),
      { key: 'rate', decisions: [{ decision: 'rate', source: 's', letter: 'C' }] },
    ] });
    expect(candidates(link).map(({ id }) => id)).toEqual(['marjan', 'tal-zahr']);
    expect(otherWays(link).map(({ key }) => key)).toEqual(['rate']);
  });
  it('leaves joining to reviewers, unless it is only proposed', () => {
    const who = (role: 'reader' | 'coder' | 'reviewer', second_eyes = false) => ({ role, may: { decide: role !== 'reader', add: true, publish: false, names: false, administer: false }, settings: { tiles: null, second_eyes } });
    const one = pair.settle[0]!.decisions;
    const confirm = settled(pair, 'confirm', pair.claims[0])!;
    expect([mayTake(confirm, who('coder')), mayTake(one, who('coder')), mayTake(one, who('coder', true)), mayTake(one, who('reviewer'))]).toEqual([true, false, true, true]);
    expect([mayTake(confirm, who('reader')), mayTake(confirm, null)]).toEqual([false, false]);
  });
  it('notices what others decide on', () => {
    expect(touches(pair, ['c2'])).toBe(true);
    expect(touches(pair, ['c9'])).toBe(false);
    expect(touches(item({ settle: [{ key: 'merge', decisions: [{ decision: 'merge', a: 'army', b: 'guard' }] }] }), ['guard'])).toBe(true);
  });
  it('has seen the changes once they are shown', () => {
    const entry = { entry: 12, at: '', by: 'Omar', why: '', undone_by: null, decision: 'reject' as const, claim: 'c1' };
    expect(seenWith(7, [entry])).toBe(12);
    expect(seenWith(20, [entry])).toBe(20);
  });
  it('is taken back at once, the last entry first', () => {
    expect(undoing([12, 14, 13])).toEqual({ decisions: [14, 13, 12].map((undoes) => ({ decision: 'undo', undoes })), seen: 14 });
  });
  it('names others, never oneself', () => {
    expect(others(['Rana', 'Omar', 'Omar'], 'Rana')).toEqual(['Omar']);
  });
});

describe('a correction', () => {
  it('says nothing where nothing was changed', () => {
    expect(correction(card(), formOf(card()))).toBeNull();
    expect(changes(card(), formOf(card()))).toEqual({ faults: { all: 'nothing' } });
  });
  it('says what was changed and nothing else', () => {
    expect(correction(card(), { ...formOf(card()), kind: 'airstrike', status: 'denied' })).toEqual({ decision: 'correct', claim: 'c1', values: { kind: 'airstrike', status: 'denied' } });
  });
  it('keeps the other names of a slot, with and without an entity', () => {
    const form = formOf(card());
    const found = correction(card(), { ...form, source: [...form.source, { mention: 'SANA', id: 'sana', name: 'SANA' }] });
    expect(found).toMatchObject({ values: { source: [['the army', 'Government army'], ['activists'], ['SANA', 'SANA']], source_id: ['army', null, 'sana'] } });
  });
  it('empties a slot', () => {
    expect(correction(card(), { ...formOf(card()), target: [], from: '', to: '', what: '', low: '', high: '', group: '' })).toMatchObject({ values: { target: [], target_id: [], time: null, count: null } });
  });
  it('keeps of whom a count is, and reads Arabic digits', () => {
    expect(correction(card(), { ...formOf(card()), low: '١٬٢٠٠', high: '1,300' })).toMatchObject({ values: { count: { what: 'killed', low: 1200, high: 1300, group: 'civilians' } } });
  });
  it('takes months for days, from the first to the last', () => {
    expect(correction(card(), { ...formOf(card()), from: '2014-02', to: '2014-02' })).toMatchObject({ values: { time: { start: '2014-02-01', end: '2014-02-28' } } });
  });
  it('does not put back what others corrected while it was typed', () => {
    const begun = formOf(card());
    const now = card({ status: 'denied', count: { what: 'killed', low: 30, high: 30 } });
    const form = rebased(begun, { ...begun, kind: 'airstrike' }, formOf(now));
    expect(correction(now, form)).toEqual({ decision: 'correct', claim: 'c1', values: { kind: 'airstrike' } });
  });
  it('says what is wrong', () => {
    const form = formOf(card());
    expect(changes(card(), { ...form, from: '2014-07-01' })).toEqual({ faults: { time: 'order' } });
    expect(changes(card(), { ...form, from: 'yesterday' })).toEqual({ faults: { time: 'day' } });
    expect(changes(card(), { ...form, low: '30', high: '20' })).toEqual({ faults: { count: 'rising' } });
    expect(changes(card(), { ...form, low: '-3' })).toEqual({ faults: { count: 'number' } });
    expect(changes(card(), { ...form, what: '' })).toEqual({ faults: { count: 'measure' } });
    expect(changes(card(), { ...form, low: '', high: '' })).toEqual({ faults: { count: 'number' } });
  });
});

describe('a link', () => {
  it('knows the words of a claim once, with all their slots', () => {
    expect(mentions(card()).map(({ mention, slots }) => [mention, slots])).toEqual([['the army', ['actor', 'source']], ['the town', ['target']], ['Marjan', ['place']], ['activists', ['source']]]);
  });
  it('is decided for the slots that the entity can fill', () => {
    const to = { id: 'guard', name: 'Republican Guard' };
    expect(links(card(), { mention: 'the army', to, whole: false })).toEqual([{ decision: 'link', of: 'c1', slot: 'actor', mention: 'the army', id: 'guard' }]);
    expect(links(card({ target: [['the army', null]], target_id: [null] }), { mention: 'the army', to, whole: true })).toEqual([
      { decision: 'link', of: 'r1', slot: 'actor', mention: 'the army', id: 'guard' }, { decision: 'link', of: 'r1', slot: 'target', mention: 'the army', id: 'guard' },
    ]);
  });
  it('wants words and an entity, and one that is another', () => {
    expect(links(card(), NO_LINK)).toBeNull();
    expect(links(card(), { mention: 'the army', to: null, whole: false })).toBeNull();
    expect(links(card(), { mention: 'Marjan', to: { id: 'marjan', name: 'Marjan' }, whole: false })).toBeNull();
  });
});

describe('a bulk decision', () => {
  it('is never on the whole ledger', () => {
    expect(isNarrow(BULK_ASK)).toBe(false);
    expect(isNarrow({ ...BULK_ASK, place: ['marjan'] })).toBe(true);
    expect(isNarrow({ ...BULK_ASK, from: '2014-01-01' })).toBe(true);
    expect(isNarrow({ ...BULK_ASK, place: ['marjan'] }, 'rate')).toBe(false);
    expect(isNarrow({ ...BULK_ASK, source: ['sana'] }, 'rate')).toBe(true);
  });
  it('is a word or values', () => {
    const form = { kind: 'clash', status: 'denied', letter: 'B', since: '' } as const;
    expect(bulkDecision({ ...form, what: 'reject' })).toBe('reject');
    expect(bulkDecision({ ...form, what: 'kind' })).toEqual({ values: { kind: 'clash' } });
    expect(bulkDecision({ ...form, what: 'rate' })).toEqual({ letter: 'B' });
    expect(bulkDecision({ ...form, what: 'rate', since: '2014-01-01' })).toEqual({ letter: 'B', since: '2014-01-01' });
  });
});

describe('drafts', () => {
  const store = () => {
    const kept = new Map<string, string>();
    return { kept, getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => void kept.set(key, value), removeItem: (key: string) => void kept.delete(key) };
  };
  const empty = { why: '', chosen: 0 };
  it('outlive a reload', () => {
    const at = store();
    keep('Rana', 'q1', { why: 'seen', chosen: 1 }, empty, at);
    expect(kept('Rana', 'q1', empty, at)).toEqual({ why: 'seen', chosen: 1 });
  });
  it('are nobody else’s', () => {
    const at = store();
    keep('Rana', 'q1', { why: 'seen', chosen: 1 }, empty, at);
    expect(kept('Omar', 'q1', empty, at)).toEqual(empty);
    expect(kept('Rana', 'q2', empty, at)).toEqual(empty);
  });
  it('leave nothing behind when they are empty again', () => {
    const at = store();
    keep('Rana', 'q1', { why: 'x', chosen: 0 }, empty, at);
    keep('Rana', 'q1', empty, empty, at);
    expect([...at.kept.keys()]).toEqual([]);
  });
  it('survive a store that is full, forbidden or spoilt', () => {
    const full = { ...store(), setItem: () => { throw new DOMException('full', 'QuotaExceededError'); } };
    expect(() => keep('Rana', 'q1', { why: 'x', chosen: 0 }, empty, full)).not.toThrow();
    const spoilt = { ...store(), getItem: () => '{"why":' };
    expect(kept('Rana', 'q1', empty, spoilt)).toEqual(empty);
    expect(kept('Rana', 'q1', empty, null)).toEqual(empty);
    const other = { ...store(), getItem: () => '7' };
    expect(kept('Rana', 'q1', empty, other)).toEqual(empty);
  });
  it('have fields that came later', () => {
    const at = store();
    at.kept.set(keyOf('Rana', 'q1'), '{"why":"old"}');
    expect(kept('Rana', 'q1', empty, at)).toEqual({ why: 'old', chosen: 0 });
  });
});

describe('what is searched for', () => {
  it('stands in the address and comes back', () => {
    const search = { ...readQuery(SEARCH, ''), q: 'القصير "market strike" -aid', in: 'reports' as const, place: ['homs', 'hama'], from: '2014-01-01', kind: 'clash' };
    expect(readQuery(SEARCH, writeQuery(SEARCH, '', search))).toEqual(search);
  });
  it('takes nothing strange from an address', () => {
    expect(readQuery(SEARCH, '?in=passwords&q=x').in).toBe('all');
  });
  it('is asked for within bounds', () => {
    const search = { ...readQuery(SEARCH, ''), q: `  ${'x'.repeat(2000)} ` };
    expect(asks(search)).toBe(true);
    expect(String(params(search).q)).toHaveLength(500);
    expect(asks({ ...search, q: '  ' })).toBe(false);
    expect(params({ ...search, q: ' homs ' }).q).toBe('homs ');
    expect(params({ ...search, in: 'claims' }).in).toBe('claims');
    expect(params(search).in).toBeNull();
  });
  it('tells which filters are set', () => {
    expect(narrowed(readQuery(SEARCH, '?q=a&place=homs&kind=clash'))).toEqual(['place', 'kind']);
  });
});
