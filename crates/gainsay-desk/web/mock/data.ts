/** A small invented town, its bridge, those who fight over it and those who tell of it. */
import type { Card, Dispute, Event, Me, Names } from '../src/api/types.ts';

export const names: Names = {
  marjan: { name: 'Marjan', type: 'place', kind: 'town', side: '' },
  'marjan-bridge': { name: 'Marjan bridge', type: 'place', kind: 'bridge', side: '' },
  'tal-zahr': { name: 'Tal Zahr', type: 'place', kind: 'village', side: '' },
  army: { name: 'Government army', type: 'actor', kind: 'army', side: 'government' },
  'north-brigade': { name: 'Brigade of the North', type: 'actor', kind: 'armed-group', side: 'opposition' },
  'state-agency': { name: 'State Agency', type: 'source', kind: 'agency', side: 'government' },
  'rights-monitor': { name: 'Rights Monitor', type: 'source', kind: 'monitor', side: 'opposition' },
  'daily-wire': { name: 'Daily Wire', type: 'source', kind: 'newspaper', side: 'neutral' },
  'abu-samir': { name: 'P-4c1', type: 'source', kind: 'person', side: 'opposition' },
};

export const me: Me = {
  name: 'Rana', role: 'admin', csrf: 'x', local: false, may: { decide: true, add: true, publish: true, names: true, administer: true },
  ledger: { name: 'Marjan 2014', reports: 214, claims: 1873, first: '2014-01-03', last: '2014-12-28', said_first: '2014-01-04', said_last: '2015-01-02', entry: 231, read_only: false },
  answers: { entry: 231, fresh: true, making: false, share: null }, settings: { tiles: null, second_eyes: true },
};

function card(id: string, more: Partial<Card>): Card {
  return {
    id, report: 'wire-0114', outlet: 'Daily Wire', published: '2014-06-21', title: 'Dozens killed as warplanes hit Marjan market', kind: 'airstrike',
    status: 'asserted', actor: [['warplanes', 'Government army']], actor_id: ['army'], target: [['the vegetable market', null]], target_id: [null],
    place: [['Marjan', 'Marjan']], place_id: ['marjan'], source: [['the Rights Monitor', 'Rights Monitor']], source_id: ['rights-monitor'],
    time: { start: '2014-06-20', end: '2014-06-20' }, count: { what: 'killed', low: 24, high: 24, group: 'civilians' }, unverified: false,
    reader: 'gainsay', evidence: [], roots: ['rights-monitor'], sides: ['opposition'], event: 'e-marjan-1', decided: null, proposed: null,
    quotes: [{ before: 'The Rights Monitor said that ', exact: 'warplanes hit the vegetable market in Marjan on Friday, killing 24 civilians', after: '. State media gave' }],
    chain: [{ id: 'daily-wire', name: 'Daily Wire', side: 'neutral' }, { id: 'rights-monitor', name: 'Rights Monitor', side: 'opposition' }],
    copy_of: null, ...more,
  };
}

export const claims: Card[] = [
  card('wire-0114-a1', {}),
  card('agency-0207-b2', {
    report: 'agency-0207', outlet: 'State Agency', kind: 'bombing', status: 'denied', actor: [['the army', 'Government army']],
    source: [['a military source', 'State Agency']], source_id: ['state-agency'], roots: ['state-agency'], sides: ['government'], count: null, target: [],
    target_id: [], quotes: [{ before: '', exact: 'نفى مصدر عسكري قصف السوق في مرجان', after: ' يوم الجمعة' }], decided: 'confirmed',
    chain: [{ id: 'state-agency', name: 'State Agency', side: 'government' }],
  }),
  card('wire-0120-c3', {
    kind: 'capture', actor: [['rebels', 'Brigade of the North']], actor_id: ['north-brigade'], target: [], target_id: [], place: [['the bridge', 'Marjan bridge']],
    place_id: ['marjan-bridge'], count: null, status: 'possible', unverified: true, source: [['an activist who gave his name as Abu Samir', null]], source_id: ['abu-samir'],
    time: { start: '2014-07-01', end: '2014-07-31' }, event: null, degree: 'partial',
    quotes: [{ before: 'An activist who gave his name as Abu Samir said ', exact: 'rebels may have taken part of the bridge in July', after: '.' }],
  }),
];

const toll = (low: number | null, best: number | null, high: number | null) => ({ low, best, high, policy: 'ucdp' });
export const events: Event[] = [
  { id: 'e-marjan-1', kind: 'airstrike', places: ['marjan'], time: { start: '2014-06-20', end: '2014-06-20' }, actors: ['army'], targets: [], killed: toll(24, 31, 40), injured: toll(50, 60, 60), claims: ['wire-0114-a1', 'agency-0207-b2'], roots: ['rights-monitor', 'state-agency'], grade: { occurrence: 'B2', attribution: 'C3', count: 'C3' } },
  { id: 'e-bridge-1', kind: 'capture', places: ['marjan-bridge'], time: { start: '2014-07-01', end: '2014-07-31' }, actors: ['north-brigade'], targets: [], killed: toll(null, null, null), injured: toll(null, null, null), claims: ['wire-0120-c3'], roots: ['abu-samir'], grade: { occurrence: 'D3', attribution: 'D3', count: 'F6' } },
];
export const disputes: Dispute[] = [
  { id: 'd-1', kind: 'count', about: { event: 'e-marjan-1', measure: 'killed' }, sides: [{ value: '24', sources: ['rights-monitor'], roots: ['rights-monitor'], claims: ['wire-0114-a1'] }, { value: '40', sources: ['daily-wire'], roots: ['daily-wire'], claims: [] }], spread: 0.67, revision: false },
  { id: 'd-2', kind: 'occurrence', about: { event: 'e-marjan-1' }, sides: [{ value: 'asserted', sources: ['rights-monitor'], roots: ['rights-monitor'], claims: ['wire-0114-a1'] }, { value: 'denied', sources: ['state-agency'], roots: ['state-agency'], claims: ['agency-0207-b2'] }], spread: null, revision: false },
];
