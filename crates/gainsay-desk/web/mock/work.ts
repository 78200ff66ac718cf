/** What the mock desk answers for the queue, search, publishing and adding. */
import type { Card, QueueItem } from '../src/api/types.ts';
import { claims, events, names } from './data.ts';

type Answer = [number, unknown];
const [strike, denial, bridge] = claims as [Card, Card, Card];
const wrong = (status: number, code: string, message: string, more: object = {}): Answer => [status, { error: { code, message, ...more } }];

const more: Card = {
  ...strike, id: 'wire-0131-d4', report: 'wire-0131', published: '2014-06-23', count: { what: 'killed', low: 31, high: 40, group: 'civilians' },
  quotes: [{ before: 'By Monday the toll had risen; ', exact: 'between 31 and 40 civilians died in the strike on the market', after: ', two doctors said.' }],
  source: [['two doctors', null]], source_id: [null], chain: [{ id: 'daily-wire', name: 'Daily Wire', side: 'neutral' }], roots: ['daily-wire'],
};

const items: QueueItem[] = [
  {
    id: 'q-events', what: 'same event', score: 340, effect: { answers: 4, text: 'the toll would change', changes: [{ what: 'toll', of: 'e-marjan-1', before: [55, 71, 80], after: [31, 40, 40] }, { what: 'dispute', of: 'e-marjan-1' }] },
    reasons: ['they tell of one day (+6)', 'they name one small place (+5)', 'their figures do not agree (-2)'], events: [events[0]!, { ...events[0]!, id: 'e-marjan-2', claims: [more.id], killed: { low: 31, best: 40, high: 40, policy: 'ucdp' } }],
    claims: [strike, { ...more, event: 'e-marjan-2' }], watching: ['Omar'], seen: 231,
    settle: [
      { key: 'one', decisions: [{ decision: 'one-event', a: strike.id, b: more.id }] },
      { key: 'two', decisions: [{ decision: 'two-events', a: strike.id, b: more.id }] },
    ],
  },
  {
    id: 'q-claim', what: 'claim', score: 210, effect: { answers: 2, text: 'holder of Marjan bridge', changes: [{ what: 'holding', of: 'marjan-bridge', state: 'held', state_after: 'unknown', from: '2014-07-01', to: null }] },
    reasons: ['the report says that it could not be confirmed', 'one voice alone says so'], events: [], claims: [bridge], watching: [], seen: 231,
    settle: [{ key: 'confirm', decisions: [{ decision: 'confirm', claim: bridge.id }] }, { key: 'reject', decisions: [{ decision: 'reject', claim: bridge.id }] }],
  },
  {
    id: 'q-names', what: 'same name', score: 96, effect: { answers: 7, text: '7 claims would name one actor' }, reasons: ['army, north-brigade: a likely spelling of the other'],
    events: [], claims: [], watching: [], seen: 231,
    settle: [{ key: 'merge', decisions: [{ decision: 'merge', a: 'army', b: 'north-brigade' }] }, { key: 'split', decisions: [{ decision: 'split', a: 'army', b: 'north-brigade' }] }],
  },
  {
    id: 'q-link', what: 'link', score: 80, effect: { answers: 5, text: '5 answers would name another', changes: [{ what: 'name', of: 'marjan', many: 5 }] }, reasons: ['“the town”: listed name, one of 3: within 10 km of another place of the report'],
    events: [], claims: [strike], watching: [], seen: 231, entities: ['marjan', 'tal-zahr'],
    settle: ['marjan', 'tal-zahr'].map((id) => ({ key: 'link', decisions: [{ decision: 'link', of: 'wire-0114', slot: 'place', mention: 'Marjan', id }] })),
  },
  {
    id: 'q-count', what: 'killed civilians', score: 54, effect: { answers: 3, text: 'toll of 20 June from 31 to 24' }, reasons: ['voices differ and none clearly outweighs the others'],
    events: [events[0]!], claims: [strike, denial, more], watching: [], seen: 231, settle: [{ key: 'confirm', decisions: [strike, denial, more].map((card) => ({ decision: 'confirm', claim: card.id })) }, { key: 'reject', decisions: [{ decision: 'reject', claim: strike.id }] }],
  },
];
let entry = 231;
let staleOnce = true;

export function work(method: string, path: string, query: URLSearchParams, body: string): Answer | null {
  const sent = (method === 'POST' && body.startsWith('{') ? JSON.parse(body) : {}) as { decisions?: { decision: string; claim?: string }[] };
  switch (`${method} ${path}`) {
    case 'GET queue': {
      const what = query.get('what');
      const found = items.filter((item) => !what || item.what === what);
      return [200, { items: found, next: null, total: found.length, names }];
    }
    case 'POST decisions': {
      const decisions = sent.decisions ?? [];
      // The bridge has just been decided on by somebody else: how a stale page looks.
      if (staleOnce && decisions.some((one) => one.claim === bridge.id)) {
        staleOnce = false;
        return wrong(409, 'stale', 'somebody has decided on this since', { changed: [{ entry: ++entry, at: '2026-03-02T09:12:44Z', by: 'Omar', decision: 'reject', claim: bridge.id, why: 'hearsay', undone_by: null }] });
      }
      return [200, { entries: decisions.map(() => ++entry), proposed: false }];
    }
    case 'POST decisions/preview':
      return [200, { claims: 3, first: claims, decisions: claims.map((card) => ({ decision: 'confirm', claim: card.id })), names }];
    case `GET claims/${strike.id}`:
    case `GET claims/${bridge.id}`: {
      const card = path.endsWith(strike.id) ? strike : bridge;
      return [200, { why: { claim: card, title: card.title, url: null, raw_sha256: '', entry: 3, quotes: card.quotes, values: [], links: [], chain: card.chain, copy_of: null, rating: null, decisions: [] }, names }];
    }
    case 'GET search':
      return [200, {
        names: [{ id: 'marjan', type: 'place', name: 'Marjan', kind: 'town', matched: 'مرجان' }, { id: 'marjan-bridge', type: 'place', name: 'Marjan bridge', kind: 'bridge', matched: 'Marjan bridge' }],
        reports: { total: 2, items: [
          { id: 'wire-0114', title: 'Dozens killed as warplanes hit Marjan market', publisher: 'Daily Wire', published: '2014-06-21', language: 'en', snippet: [{ text: 'warplanes hit the vegetable market in ', hit: false }, { text: 'Marjan', hit: true }, { text: ' on Friday, killing 24 civilians', hit: false }] },
          { id: 'agency-0207', title: 'مصدر عسكري ينفي قصف السوق', publisher: 'State Agency', published: '2014-06-22', language: 'ar', snippet: [{ text: 'نفى مصدر عسكري قصف السوق في ', hit: false }, { text: 'مرجان', hit: true }, { text: ' يوم الجمعة', hit: false }] },
        ] },
        claims: { total: 3, items: claims }, took_ms: 12, also: [{ typed: query.get('q') ?? '', ids: ['marjan'], spellings: ['مرجان', 'Marjaan', 'Merjan'] }], names_of: names,
      }];
    case 'POST add/text':
    case 'POST add/address':
    case 'POST add/files':
      return [200, { job: 'j2' }];
    case 'GET jobs':
      return [200, { items: [
        { id: 'j2', by: 'Rana', at: '2026-03-02T10:02:00Z', sort: 'files', files: 3, what: 'june.html, july.html, august.html', state: 'reading', reports: 40, added: 12, unchanged: 2, claims: 96, refused: [], faulty: [], error: null },
        { id: 'j1', by: 'Omar', at: '2026-03-02T09:02:00Z', what: 'http://example.org/news.html', state: 'done', reports: 3, added: 2, unchanged: 0, claims: 14, refused: [{ what: 'photos.zip', message: 'archives are not read; unpack it and add the files in it' }], faulty: [{ what: 'news.html', message: 'the day is guessed from the address' }], error: null },
        { id: 'j0', by: 'Omar', at: '2026-03-02T08:02:00Z', what: 'text', state: 'failed', reports: 0, added: 0, unchanged: 0, claims: 0, refused: [], faulty: [], error: 'the ledger is locked by another program' },
      ] }];
    default:
      return null;
  }
}
