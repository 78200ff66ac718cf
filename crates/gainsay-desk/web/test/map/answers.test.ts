import { describe, expect, it } from 'vitest';
import type { FeatureCollection } from 'geojson';
import type { MapAnswer, MapPlace, MapSpan } from '../../src/api/types';
import { differences, opposed } from '../../src/map/differences';
import { features } from '../../src/map/features';
import { ends, FIELDS, question, readView, writeView } from '../../src/map/state';
import { readQuery } from '../../src/router';
import { find, inOrder, pageOfThing, pickOf } from '../../src/map/things';
import { tileKind } from '../../src/map/tiles';
import { Latest, Store } from '../../src/map/told';

const place = (id: string, holders: string[], more: Partial<MapPlace> = {}): MapPlace => ({
  id, lat: 35, lon: 39, kind: 'town', state: 'held', holders, sides: [], degree: null, since: null, age_days: 3, disputed: false, claims: 1, ...more,
});
const answer = (places: MapPlace[], more: Partial<MapAnswer> = {}): MapAnswer => ({
  at: '2014-06-20', known_by: null, according_to: null, names: {}, places, events: [], events_total: 0, sieges: [], ways: [], ...more,
});

describe('differences of two maps', () => {
  it('are holders first, then states, then silence', () => {
    const one = answer([place('a', ['x']), place('b', ['x']), place('c', ['x']), place('same', ['x', 'y'])]);
    const two = answer([place('a', ['x'], { state: 'claimed' }), place('b', ['y']), place('d', ['y'], { claims: 9 }), place('same', ['y', 'x'])]);
    expect(differences(one, two).map((each) => each.id)).toEqual(['b', 'a', 'd', 'c']);
    expect(differences(one, two)[2]).toMatchObject({ one: null, claims: 9 });
  });
  it('are none between a map and itself', () => {
    const one = answer([place('a', ['x']), place('b', [])]);
    expect(differences(one, one)).toEqual([]);
  });
});

describe('tellers to compare', () => {
  const source = (id: string, side: string) => ({ id, name: id, side, claims: 1 });
  it('are the most heard of two sides', () => {
    expect(opposed([source('wire', 'neutral'), source('sana', 'government'), source('tv', 'government'), source('sohr', 'opposition')])).toEqual(['sana', 'sohr']);
  });
  it('are any two where there are no sides, and none where there is but one', () => {
    expect(opposed([source('a', ''), source('b', '')])).toEqual(['a', 'b']);
    expect(opposed([source('wire', 'neutral'), source('sana', 'government')])).toEqual(['sana', 'wire']);
    expect(opposed([source('a', 'government')])).toBeNull();
    expect(opposed([])).toBeNull();
  });
});

describe('what can be picked', () => {
  const told = answer([place('a', ['x'])], {
    events: [{ id: 'e:1', kind: 'clash', place: 'a', lat: 35, lon: 38, from: null, to: null, killed: null, roots: 1, disputed: true }],
    sieges: [{ place: 'a', lat: 35, lon: 39, besiegers: [], sides: [], from: null, to: null, cut: [], disputed: false, claims: 2 }],
    ways: [{ id: 'gate', name: 'Gate', kind: 'crossing', lat: 36, lon: 37, line: [[37, 36], [38, 36]], state: 'open', holders: [], age_days: null }],
  });
  it('is found by its name in the address, and is in the drawing under the same name', () => {
    const drawn = Object.values(features(told, 8)).flatMap((layer) => (layer as FeatureCollection).features.map((one) => one.properties!.pick));
    for (const thing of inOrder(told, new Set())) {
      expect(find(told, pickOf(thing))).toEqual(thing);
      expect(drawn).toContain(pickOf(thing));
    }
    expect(find(told, 'place:nowhere')).toBeNull();
    expect(find(told, '')).toBeNull();
  });
  it('leads to its page', () => {
    expect(inOrder(told, new Set()).map(pageOfThing)).toEqual(['/place/gate', '/event/e%3A1', '/place/a', '/place/a']);
  });
  it('goes from west to east without what is hidden', () => {
    expect(inOrder(told, new Set(['sieges', 'ways'])).map(pickOf)).toEqual(['event:e:1', 'place:a']);
  });
});

describe('the address', () => {
  it('holds the view', () => {
    expect(readView(writeView({ lon: 38.61234, lat: 35, zoom: 5.7 }))).toEqual({ lon: 38.6123, lat: 35, zoom: 5.7 });
    for (const wrong of ['', '1,2', 'a,b,c', '200,0,5', '0,0,99', '1,2,3,4', 'NaN,0,1']) expect(readView(wrong)).toBeNull();
  });
  it('asks for the days that are set, and for the usual ones in the usual way', () => {
    const state = { at: '2014-06-20', known_by: '', place: '', days: 30 };
    expect(question(state, 'sana')).toEqual({ at: '2014-06-20', known_by: '', according_to: 'sana', place: '' });
    expect(question({ ...state, days: 7 }, '')).toMatchObject({ from: '2014-06-14', to: '2014-06-20' });
    expect(question({ ...state, at: '', days: 7 }, '')).not.toHaveProperty('from');
  });
});

describe('an address that somebody has spoilt', () => {
  it('counts for what it is worth', () => {
    const state = readQuery(FIELDS, '?at=yesterday&known_by=2014-13-45&days=99999999&step=century&view=x&panel=nothing&hide=%3Cb%3E&two=maybe');
    expect(state).toMatchObject({ at: '', known_by: '', days: 30, step: 'week', panel: 'legend', two: false });
    expect(readQuery(FIELDS, '?at=2014-02-31').at).toBe('');
    expect(readQuery(FIELDS, '?at=2014-06-20&days=7&two=true')).toMatchObject({ at: '2014-06-20', days: 7, two: true });
  });
});

describe('ends of the sliders', () => {
  const span = (months: [string, number][], first: string, last: string): MapSpan => ({
    first, last, said_first: '2014-01-01', said_last: '2015-01-01', sources: [], changes: [],
    months: months.map(([month, events]) => ({ month, events, killed: 0, reports: 1 })),
  });
  it('are the first and last day of the ledger', () => {
    expect(ends(span([['2012-01', 1], ['2015-06', 900]], '2012-01-03', '2015-06-20'), '', '').happened).toEqual(['2012-01-03', '2015-06-20']);
  });
  it('leave out other ages that few reports speak of, unless one looks there', () => {
    const long = span([['1258-02', 1], ['1982-02', 2], ['2013-01', 500], ['2014-02', 900], ['2040-01', 1]], '1258-02-10', '2040-01-01');
    expect(ends(long, '', '').happened).toEqual(['2013-01-01', '2014-03-01']);
    expect(ends(long, '1982-02-02', '').happened).toEqual(['1982-02-02', '2014-03-01']);
    expect(ends(long, '2020-02-02', '').happened).toEqual(['2013-01-01', '2020-02-02']);
  });
  it('are none where there is no day', () => {
    expect(ends({ ...span([], '', ''), first: null, last: null }, '', '').happened).toBeNull();
  });
});

describe('addresses of tiles', () => {
  it('are known by their form', () => {
    expect(tileKind('/tiles/syria.pmtiles')).toBe('pmtiles');
    expect(tileKind('https://tiles.example/x.pmtiles?key=1')).toBe('pmtiles');
    expect(tileKind('/t/{z}/{x}/{y}.png')).toBe('raster');
    expect(tileKind('/t/{z}/{x}/{y}.mvt')).toBe('vector');
    expect(tileKind('/t/{z}/{x}/{y}.pbf?k=1')).toBe('vector');
    expect(tileKind('javascript:alert(1)')).toBeNull();
    expect(tileKind('/style.json')).toBeNull();
  });
});

/** Answers that come when the test says so. */
function slow() {
  const open = new Map<string, (value: string) => void>();
  const asked: string[] = [];
  const store = new Store<string>((url) => {
    asked.push(url);
    return new Promise((resolve) => open.set(url, resolve));
  }, 3);
  const come = async (url: string, value = url.toUpperCase()) => {
    open.get(url)!(value);
    await new Promise((done) => setTimeout(done, 0));
  };
  return { store, asked, come };
}

describe('answers on their way', () => {
  it('are asked for once, and kept', async () => {
    const { store, asked, come } = slow();
    const both = Promise.all([store.ask('a'), store.ask('a')]);
    await come('a');
    expect(await both).toEqual(['A', 'A']);
    expect(await store.ask('a')).toBe('A');
    expect(asked).toEqual(['a']);
  });
  it('make room: the one longest unused goes', async () => {
    const { store, come } = slow();
    for (const url of ['a', 'b', 'c']) { void store.ask(url); await come(url); }
    store.has('a');
    void store.ask('d');
    await come('d');
    expect([store.has('a'), store.has('b'), store.has('c'), store.has('d')]).toEqual(['A', undefined, 'C', 'D']);
  });
  it('that were under way when all was forgotten are not kept', async () => {
    const { store, come } = slow();
    const asked = store.ask('a');
    store.forget();
    await come('a', 'old');
    expect(await asked).toBe('old');
    expect(store.has('a')).toBeUndefined();
  });
  it('do not pile up ahead', () => {
    const { store, asked } = slow();
    store.ahead(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(asked).toEqual(['a', 'b', 'c', 'd']);
  });
  it('of a dragged slider: one under way, then only the last', async () => {
    const { store, asked, come } = slow();
    const shown: (string | null)[] = [];
    const latest = new Latest(store, (_, answer) => shown.push(answer));
    for (const url of ['a', 'b', 'c']) latest.want(url);
    expect(asked).toEqual(['a']);
    await come('a');
    expect(asked).toEqual(['a', 'c']);
    await come('c');
    expect(shown).toEqual(['A', 'C']);
  });
  it('that are stale are dropped: what was kept is shown at once and stays', async () => {
    const { store, come } = slow();
    void store.ask('kept');
    await come('kept');
    const shown: (string | null)[] = [];
    const latest = new Latest(store, (_, answer) => shown.push(answer));
    latest.want('late');
    latest.want('kept');
    expect(shown).toEqual(['KEPT']);
    await come('late');
    expect(shown).toEqual(['KEPT']);
  });
  it('show nothing once the map has gone', async () => {
    const { store, come } = slow();
    const shown: unknown[] = [];
    const latest = new Latest(store, (_, answer) => shown.push(answer));
    latest.want('a');
    latest.end();
    await come('a');
    expect(shown).toEqual([]);
  });
  it('say what went wrong', async () => {
    const wrong: unknown[] = [];
    const latest = new Latest(new Store<string>(() => Promise.reject(new Error('no'))), (_, __, error) => wrong.push(error));
    latest.want('a');
    await new Promise((done) => setTimeout(done, 0));
    expect(wrong).toEqual([new Error('no')]);
  });
});
