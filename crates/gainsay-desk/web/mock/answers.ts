/** What the mock desk answers. End points that it does not know are not found, as on the real one. */
import { work } from './work.ts';
import * as map from './map.ts';
import { claims, disputes, events, me, names } from './data.ts';

const page = (items: unknown[]) => ({ items, next: null, total: items.length, names });
const wrong = (status: number, code: string, message: string): [number, unknown] => [status, { error: { code, message } }];
let signedIn = true;

const ofType = (type: string, q: string) => Object.entries(names)
  .filter(([, name]) => (!type || name.type === type) && name.name.toLowerCase().includes(q.toLowerCase()))
  .map(([id, name]) => ({ id, type: name.type, name: name.name, kind: name.kind, side: name.side, matched: name.name }));

export function reply(method: string, path: string, query: URLSearchParams, body: string): [number, unknown] {
  if (path === 'signin') {
    if ((JSON.parse(body) as { password: string }).password === 'wrong') return wrong(401, 'sign-in', 'Name and password do not fit.');
    signedIn = true;
    return [200, me];
  }
  if (path === 'signout') {
    signedIn = false;
    return [200, {}];
  }
  if (!signedIn) return wrong(401, 'sign-in', 'Please sign in.');
  const worked = work(method, path, query, body);
  if (worked) return worked;
  if (method === 'POST') {
    if (path.startsWith('queue/')) return [200, { watching: ['Rana'] }];
    if (path === 'decisions') return [200, { entries: [232], proposed: false }];
    if (path.endsWith('/undo')) return [200, { entries: [233], proposed: false }];
    return [200, {}];
  }
  if (path === 'map') return [200, map.map(query)];
  if (path === 'map/span') return [200, map.span()];
  if (path === 'map/base') return [200, map.base()];
  const [what, id] = path.split('/');
  switch (id ? `${what}/*` : what) {
    case 'me': return [200, me];
    case 'suggest': return [200, { items: ofType(query.get('type') ?? '', query.get('q') ?? '') }];
    case 'claims': return [200, page(claims)];
    case 'events': return [200, page(events)];
    case 'disputes': return [200, page(disputes)];
    case 'reports': return [200, page([{ id: 'wire-0114', title: 'Dozens killed as warplanes hit Marjan market', publisher: 'Daily Wire', published: '2014-06-21', language: 'en', claims: 9 }, { id: 'agency-0207', title: 'مصدر عسكري ينفي', publisher: 'State Agency', published: '2014-06-22', language: 'ar', claims: 2 }])];
    case 'places': return [200, page(ofType('place', query.get('q') ?? '').map((one) => ({ ...one, parent: null, pcode: null, lat: 35, lon: 40, mentions: [one.name], claims: 12 })))];
    case 'actors': return [200, page(ofType('actor', query.get('q') ?? '').map((one) => ({ ...one, part_of: null, history: [], mentions: [one.name], as_actor: 8, as_target: 3, claims: 11 })))];
    case 'sources': return [200, page(ofType('source', query.get('q') ?? '').map((one) => ({ ...one, belongs_to: null, cites: ['rights-monitor'], cited_by: [], reposts: [], circular: [], copies: [], reports: 4, claims: 40, letter: 'C' })))];
    case 'queue': return [200, page([{ id: 'q1', what: 'same event', score: 340, effect: { answers: 4, text: '4 published figures' }, reasons: ['same day', 'same place'], events, claims: claims.slice(0, 2), settle: [{ key: 'one', decisions: [{ decision: 'one-event', a: claims[0]!.id, b: claims[1]!.id }] }, { key: 'two', decisions: [{ decision: 'two-events', a: claims[0]!.id, b: claims[1]!.id }] }], watching: [], seen: 231 }])];
    case 'decisions': return [200, page([
      { entry: 231, at: '2026-03-02T09:12:44Z', by: 'Rana', decision: 'confirm', claim: 'agency-0207-b2', why: 'seen the broadcast', undone_by: null },
      { entry: 230, at: '2026-03-02T09:10:02Z', by: 'Omar', decision: 'merge', a: 'north-brigade', b: 'army', why: '', undone_by: 231 },
      { entry: 229, at: '2026-03-01T16:40:20Z', by: 'Omar', decision: 'correct', claim: 'wire-0114-a1', values: { count: { what: 'killed', low: 24, high: 24 } }, why: 'the text says 24', undone_by: null },
      { entry: 228, at: '2026-03-01T16:30:20Z', by: 'Omar', decision: 'rate', source: 'rights-monitor', letter: 'B', since: '2014-01-01', why: '', undone_by: null },
    ])];
    case 'proposals': return [200, page([{ entry: 235, at: '2026-03-02T10:00:00Z', by: 'Omar', decisions: [{ decision: 'reject', claim: 'wire-0120-c3' }], why: 'hearsay', state: 'open' }])];
    case 'accounts': return [200, { items: [{ name: 'Rana', role: 'admin', created: '2026-01-02T08:00:00Z', last_seen: '2026-03-02T09:00:00Z', disabled: false }, { name: 'Omar', role: 'reviewer', created: '2026-01-05T08:00:00Z', last_seen: null, disabled: true }] }];
    case 'audit': return [200, page([{ at: '2026-03-02T09:00:00Z', by: 'Rana', what: 'signin', detail: '' }, { at: '2026-03-01T18:00:00Z', by: 'Omar', what: 'export', detail: 'brief html, 2014-06-01 to 2014-06-30' }])];
    case 'events/*': return [200, { event: events[0], claims: claims.slice(0, 2), tallies: [], disputes, whole: null, parts: [], likely_one: [], names }];
    case 'jobs': return [200, { items: [] }];
    default: return wrong(404, 'not-found', `The mock desk has no ${path}.`);
  }
}
