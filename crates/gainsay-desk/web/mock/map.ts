/**
 * An invented war over real ground: places of the gazetteer, holders and tolls made up by a fixed rule.
 * MAP_MANY=1 makes a thousand places and two thousand events, to see how the map bears it.
 */
import { readFileSync } from 'node:fs';
import type { MapAnswer, MapPlace, MapSpan, Names } from '../src/api/types.ts';

const DATA = new URL('../../../gainsay-lexicon/data/gazetteer/', import.meta.url);
const rows = ['syria.tsv', 'iraq.tsv', 'neighbours.tsv', 'admin.tsv'].flatMap((name) =>
  readFileSync(new URL(name, DATA), 'utf8').split('\n').filter((line) => line && !line.startsWith('#') && !line.startsWith('id\t'))
    .map((line) => line.split('\t'))
    .map(([id, label, kind, , lat, lon, , , names]) => ({
      id: id!, name: label!, kind: kind!, lat: Number(lat), lon: Number(lon), name_ar: (names ?? '').split('|').findLast((one) => /[\u0600-\u06ff]/.test(one)) ?? null, file: name,
    })));
const many = process.env.MAP_MANY === '1';
const MARKED = new Set(['city', 'town', 'village', 'airport', 'base', 'oil-field', 'district', ...(many ? ['neighbourhood', 'camp', 'mountain'] : [])]);
const marked = rows.filter((row) => MARKED.has(row.kind) && (row.file === 'syria.tsv' || (row.file === 'iraq.tsv' && row.lon < 44)))
  .filter((row, i) => many || row.kind !== 'village' || i % 6 === 0).slice(0, 1000);
const ACTORS: [id: string, name: string, side: string][] = [
  ['government-of-syria', 'Syrian government', 'government'], ['opposition', 'Syrian opposition', 'opposition'], ['islamic-state', 'Islamic State', 'islamic-state'],
  ['syrian-democratic-forces', 'Syrian Democratic Forces', 'kurdish'], ['al-nusra-front', 'al-Nusra Front', 'jihadist'], ['iraqi-army', 'Iraqi army', 'iraq'],
];
const SOURCES: [id: string, name: string, side: string][] = [
  ['sana', 'SANA', 'government'], ['sohr', 'Syrian Observatory for Human Rights', 'opposition'], ['reuters', 'Reuters', 'neutral'], ['amaq', 'Amaq', 'islamic-state'],
];
const FIRST = Date.parse('2013-01-01');
const DAYS = 1500;
const dayAt = (n: number) => new Date(FIRST + n * 86_400_000).toISOString().slice(0, 10);
const since = (day: string) => Math.round((Date.parse(day) - FIRST) / 86_400_000);
const chance = (...seed: (string | number)[]) => {
  let h = 2166136261;
  for (const c of seed.join('/')) h = Math.imul(h ^ c.codePointAt(0)!, 16777619);
  h ^= h >>> 13;
  h = Math.imul(h, 0x5bd1e995);
  return ((h ^ (h >>> 15)) >>> 0) / 4294967296;
};

/** Who holds it by where it lies and when; borders between parties wander. */
function party(row: { id: string; lat: number; lon: number }, n: number, by: string): number {
  const t = n / DAYS;
  const { lat, lon } = row;
  const wobble = (chance(row.id) - 0.5) * 0.8;
  if (lon > 42.3 && lat < 36.7) return lon + wobble > 43.2 - 2.5 * t ? 5 : 2;
  if (lat > 36.35 + wobble * 0.4 - 0.8 * t && lon > 37.6) return 3;
  if (lon > 38.4 + wobble + (t > 0.7 ? 2 * (t - 0.7) : -1.6 * t)) return by === 'sana' && chance(row.id, 'sana') < 0.25 ? 0 : 2;
  if (lat > 35.3 + wobble + 0.5 * t && lon < 37.6) return chance(row.id, 'n') < 0.2 ? 4 : 1;
  if (lon < 36.9 && lat < 33.2 + wobble) return by === 'sana' ? 0 : 1;
  return chance(row.id, Math.floor(n / 200)) < 0.12 ? 1 : 0;
}

const names: Names = Object.fromEntries([
  ...ACTORS.map(([id, name, side]) => [id, { name, type: 'actor', kind: 'armed-group', side }]),
  ...SOURCES.map(([id, name, side]) => [id, { name, type: 'source', kind: 'agency', side }]),
  ...rows.map((row) => [row.id, { name: row.name, type: 'place', kind: row.kind, side: '' }]),
]) as Names;

export function span(): MapSpan {
  const months = Array.from({ length: 50 }, (_, i) => {
    const month = new Date(Date.UTC(2013, i, 1)).toISOString().slice(0, 7);
    const wave = 30 + 25 * Math.sin(i / 4) + 40 * chance(month);
    return { month, events: Math.round(wave), killed: Math.round(wave * 9), reports: Math.round(wave * 2 + 30 * chance(month, 'r')) };
  });
  return {
    first: dayAt(0), last: dayAt(DAYS), said_first: dayAt(2), said_last: dayAt(DAYS + 15), months,
    sources: SOURCES.map(([id, name, side], i) => ({ id, name, side, claims: 4200 - 900 * i })),
    changes: Array.from({ length: 300 }, (_, i) => dayAt(i * 5)),
  };
}

export function base() {
  const rank: Record<string, number> = { country: 1, city: 2, town: 3, village: 4 };
  return {
    places: {
      type: 'FeatureCollection',
      features: rows.filter((row) => rank[row.kind]).map((row) => ({
        type: 'Feature', geometry: { type: 'Point', coordinates: [row.lon, row.lat] },
        properties: { id: row.id, name: row.name, name_ar: row.name_ar, kind: row.kind, rank: ['damascus-city', 'baghdad', 'aleppo-city', 'beirut', 'amman', 'mosul', 'raqqa'].includes(row.id) ? 1 : rank[row.kind] },
      })),
    },
  };
}

export function map(query: URLSearchParams): MapAnswer {
  const at = query.get('at') || dayAt(DAYS);
  const by = query.get('according_to') ?? '';
  const known = query.get('known_by');
  const until = known && known < at ? known : at;
  const n = Math.max(0, Math.min(DAYS, since(until)));
  const from = query.get('from') ?? dayAt(since(at) - 29);
  const places = marked.filter((row) => !by || chance(row.id, by, Math.floor(n / 300)) < 0.7).map((row): MapPlace => {
    const one = party(row, n, by);
    let other = one;
    for (const back of [40, 120]) if (other === one) other = party(row, Math.max(0, n - back), by);
    const roll = chance(row.id, Math.floor(n / 60), 's');
    const contested = other !== one && roll < 0.7;
    const holders = contested ? [ACTORS[one]!, ACTORS[other]!] : [ACTORS[one]!];
    const age = Math.floor(chance(row.id, Math.floor(n / 90)) ** 3 * 500);
    return {
      id: row.id, lat: row.lat, lon: row.lon, kind: row.kind, state: contested ? 'contested' : roll > 0.75 ? 'claimed' : 'held', holders: holders.map((a) => a[0]),
      sides: holders.map((a) => a[2]), degree: contested ? 'contested' : roll > 0.9 ? 'partial' : 'full', since: dayAt(Math.max(0, n - age - 20)), age_days: roll > 0.98 ? null : age,
      disputed: chance(row.id, Math.floor(n / 100), 'd') < 0.14, claims: 1 + Math.floor(chance(row.id, 'c') ** 2 * 180),
    };
  });
  const events: MapAnswer['events'] = [];
  for (let d = Math.max(0, since(from)); d <= n; d++) {
    for (let i = 0; i < (many ? 70 : 9); i++) {
      const row = marked[Math.floor(chance('where', d, i) ** 1.6 * marked.length)]!;
      const best = chance('known', d, i) < 0.2 ? null : Math.floor(chance('toll', d, i) ** 6 * 180);
      const low = best === null ? null : Math.floor(best * (0.5 + 0.5 * chance('low', d, i)));
      const high = best === null ? null : Math.ceil(best * (1 + 0.7 * chance('high', d, i) ** 2));
      events.push({
        id: `e-${d}-${i}`, kind: (['airstrike', 'shelling', 'clash', 'bombing', 'attack'] as const)[Math.floor(chance('kind', d, i) * 5)]!, place: row.id, lat: row.lat, lon: row.lon,
        from: dayAt(d), to: dayAt(d), killed: best === null ? null : { low, best, high }, roots: 1 + Math.floor(3 * chance('roots', d, i)), disputed: chance('dis', d, i) < 0.15,
      });
    }
  }
  events.sort((a, b) => (b.killed?.best ?? -1) - (a.killed?.best ?? -1));
  const sieges: MapAnswer['sieges'] = ['douma', 'deir-ez-zor', 'madaya', 'nubl', 'fuaa', 'darayya'].flatMap((id, i) => {
    const row = rows.find((one) => one.id === id);
    return row ? [{
      place: id, lat: row.lat, lon: row.lon, besiegers: [ACTORS[id === 'deir-ez-zor' ? 2 : id === 'nubl' || id === 'fuaa' ? 1 : 0]![0]], sides: [ACTORS[id === 'deir-ez-zor' ? 2 : id === 'nubl' || id === 'fuaa' ? 1 : 0]![2]],
      from: dayAt(100 + 50 * i), to: null, cut: ['movement', 'aid', 'goods'] as const as MapAnswer['sieges'][number]['cut'], disputed: i % 3 === 1, claims: 20 + i,
    }] : [];
  });
  const ways: MapAnswer['ways'] = rows.filter((row) => ['crossing', 'bridge', 'road'].includes(row.kind) && row.file === 'syria.tsv').map((row) => {
    const roll = chance(row.id, Math.floor(n / 120), 'w');
    return {
      id: row.id, name: row.name, kind: row.kind as 'crossing', lat: row.lat, lon: row.lon, line: row.id === 'm20' ? [[36.3, 33.55], [37.2, 34.1], [38.28, 34.56], [39.1, 34.95], [40.14, 35.33]] : null,
      state: roll < 0.45 ? 'open' : roll < 0.8 ? 'shut' : 'unknown', holders: roll < 0.8 ? [ACTORS[party(row, n, by)]![0]] : [], age_days: Math.floor(roll * 200),
    };
  });
  return { at, known_by: known, according_to: by || null, names, places, events: events.slice(0, 2000), events_total: events.length, sieges, ways };
}
