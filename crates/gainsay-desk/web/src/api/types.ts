/** The desk's API: the shapes of its answers. Unknown is null, days are YYYY-MM-DD, ids are strings. */

export type Day = string;
export type Id = string;

export type EntityType = 'place' | 'actor' | 'source' | 'other';
/** What an id stands for. `side` is '' where unknown. */
export interface Name { name: string; type: EntityType; kind: string; side: string }
export type Names = Record<Id, Name>;
export interface Named { names: Names }

export interface Page<T> { items: T[]; next: string | null; total: number | null; names?: Names }

export type Kind = 'clash' | 'capture' | 'withdrawal' | 'airstrike' | 'shelling' | 'bombing' | 'attack' | 'casualties' | 'detention'
  | 'displacement' | 'siege' | 'obstruction' | 'aid' | 'agreement' | 'allegiance' | 'deployment' | 'destruction' | 'need' | 'control'
  | 'cooperation';
export const KINDS: readonly Kind[] = ['clash', 'capture', 'withdrawal', 'airstrike', 'shelling', 'bombing', 'attack', 'casualties',
  'detention', 'displacement', 'siege', 'obstruction', 'aid', 'agreement', 'allegiance', 'deployment', 'destruction', 'need', 'control',
  'cooperation'];
export type Status = 'asserted' | 'denied' | 'possible' | 'intended';
export const STATUSES: readonly Status[] = ['asserted', 'denied', 'possible', 'intended'];
export type Measure = 'killed' | 'injured' | 'casualties' | 'detained' | 'displaced' | 'in_need' | 'besieged' | 'strikes' | 'fighters'
  | 'weapons' | 'destroyed';
export const MEASURES: readonly Measure[] = ['killed', 'injured', 'casualties', 'detained', 'displaced', 'in_need', 'besieged', 'strikes',
  'fighters', 'weapons', 'destroyed'];
export type Group = 'civilians' | 'combatants' | 'children' | 'women' | 'men';
export const GROUPS: readonly Group[] = ['civilians', 'combatants', 'children', 'women', 'men'];
export type Cut = 'movement' | 'aid' | 'goods' | 'power' | 'water';
export type Degree = 'full' | 'partial' | 'contested';
export type HoldingState = 'held' | 'claimed' | 'contested' | 'unknown';
export type Slot = 'actor' | 'target' | 'place' | 'source' | 'time' | 'count' | 'status' | 'kind' | 'means';

export interface Span { start: Day | null; end: Day | null }
export interface Toll { low: number | null; best: number | null; high: number | null; policy?: string }
export interface Count { what: Measure; low: number | null; high: number | null; group?: Group; scope?: 'incident' | 'cumulative' }

// Who am I
export type Role = 'reader' | 'coder' | 'reviewer' | 'admin';
export const ROLES: readonly Role[] = ['reader', 'coder', 'reviewer', 'admin'];
export interface Answers { entry: number; fresh: boolean; making: boolean; share: number | null }
export interface Ledger {
  name: string; reports: number; claims: number; first: Day | null; last: Day | null; said_first: Day | null; said_last: Day | null;
  entry: number; read_only: boolean;
}
export interface Me {
  name: string; role: Role; csrf: string; local: boolean;
  may: { decide: boolean; add: boolean; publish: boolean; names: boolean; administer: boolean };
  ledger: Ledger; answers: Answers; settings: { tiles: string | null; second_eyes: boolean };
}
export interface Account { name: string; role: Role; created: string; last_seen: string | null; disabled: boolean }
export interface AuditLine { at: string; by: string; what: 'export' | 'signin' | 'signin-failed' | 'account' | 'settings' | 'add'; detail: string }

// Map
export interface MapPlace {
  id: Id; lat: number; lon: number; kind: string; state: 'held' | 'claimed' | 'contested'; holders: Id[]; sides: string[];
  degree: Degree | null; since: Day | null; age_days: number | null; disputed: boolean; claims: number;
}
export interface MapEvent {
  id: Id; kind: Kind; place: Id; lat: number; lon: number; from: Day | null; to: Day | null; killed: Toll | null; roots: number;
  disputed: boolean;
}
export interface MapSiege {
  place: Id; lat: number; lon: number; besiegers: Id[]; sides: string[]; from: Day | null; to: Day | null; cut: Cut[]; disputed: boolean;
  claims: number;
}
export interface MapWay {
  id: Id; name: string; kind: 'crossing' | 'bridge' | 'road'; lat: number; lon: number; line: [number, number][] | null;
  state: 'open' | 'shut' | 'unknown'; holders: Id[]; age_days: number | null;
}
export interface MapAnswer extends Named {
  at: Day; known_by: Day | null; according_to: Id | null; places: MapPlace[]; events: MapEvent[]; events_total: number; sieges: MapSiege[];
  ways: MapWay[]; /** Held places that no gazetteer has. */ unplaced?: number;
}
export interface MapSpan {
  first: Day | null; last: Day | null; said_first: Day | null; said_last: Day | null;
  months: { month: string; events: number; killed: number; reports: number }[];
  sources: { id: Id; name: string; side: string; claims: number }[]; changes: Day[];
}

// Claims
export interface Evidence { start: number; end: number; exact: string }
export interface Ground { slot: Slot; start: number; end: number; rule: string }
export interface Quote { before: string; exact: string; after: string }
export interface Link { id: Id; name: string; side: string }
/** A filler: the words of the report, and the canonical name of what they stand for where known. */
export type Filler = [mention: string, name?: string | null];
export interface Card {
  id: Id; report: Id; outlet: string | null; published: Day | null; title: string | null; kind: Kind; status: Status;
  actor: Filler[]; actor_id: (Id | null)[]; target: Filler[]; target_id: (Id | null)[]; place: Filler[]; place_id: (Id | null)[];
  source: Filler[]; source_id: (Id | null)[]; time: Span | null; count: Count | null; degree?: Degree | null; unverified: boolean;
  means?: string | null; cut?: Cut[]; part_of?: Id | null; reader: string; evidence: Evidence[]; grounds?: Ground[]; roots: Id[];
  sides: string[]; event: Id | null; decided: 'confirmed' | 'rejected' | 'corrected' | null; proposed: number | null; quotes: Quote[];
  chain: Link[]; copy_of: Id | null;
  /** The slots in which a private person is named. */
  private?: { actor?: true; target?: true; source?: true };
  /** Another reader's claim stands, and this one is not weighed. */
  weighed?: false; beside?: Id; differs?: Difference[]; readings?: OtherReading[];
}
/** A value on which two readers of one report differ; empty where one does not give it. */
export interface Difference { slot: Slot; stands: string; beside: string }
/** What another reader read of a claim. */
export interface OtherReading { reader: string; claim: Id; differs: Difference[] }

// What is weighed
export interface Grade { occurrence: string; attribution: string; count: string }
export interface Event {
  id: Id; kind: Kind; places: Id[]; time: Span; actors: Id[]; targets: Id[]; killed: Toll; injured: Toll; claims: Id[]; roots: Id[];
  grade: Grade; part_of?: Id | null;
}
export type DisputeKind = 'count' | 'actor' | 'occurrence' | 'holder' | 'place' | 'time' | 'tie';
export const DISPUTE_KINDS: readonly DisputeKind[] = ['count', 'actor', 'occurrence', 'holder', 'place', 'time', 'tie'];
export interface Subject { event?: Id; place?: Id; pair?: [Id, Id]; measure?: Measure; group?: string }
export interface Dispute {
  id: Id; kind: DisputeKind; about: Subject; sides: { value: string; sources: Id[]; roots: Id[]; claims: Id[] }[]; spread: number | null;
  revision: boolean;
}
export interface Holding {
  place: Id; state: HoldingState; holders: Id[]; degree: Degree | null; from: Day; to: Day | null; claims: Id[];
}
export interface Control {
  place: Id; name: string; at: Day; known_by: Day | null; according_to: Id | null; state: HoldingState; holders: Id[];
  degree: Degree | null; since: Day | null; age_days: number | null; inherited_from: Id | null; claims: Id[];
}
export interface Siege {
  place: Id; target: string | null; besiegers: Id[]; from: Day | null; to: Day | null; cut: Cut[]; disputed: boolean; claims: Id[];
  evidence: Partial<Record<Cut, Id[]>>; deliveries: Id[];
}
export interface Tie {
  a: Id; b: Id; tie: 'fight' | 'cooperate' | 'avoid' | 'truce' | 'join' | 'split'; from: Day | null; to: Day | null; according_to: Id[];
  status: Status; claims: Id[];
}
export interface Tally {
  scope: { place: Id | null; from: Day | null; to: Day | null; event: Id | null }; measure: Measure; group: string; policy: string;
  low: number | null; best: number | null; high: number | null;
  by_source: { source: Id; root: Id; side: string; low: number | null; high: number | null; claims: Id[] }[]; rule: string;
}
export interface Point {
  place: Id[]; from: Day | null; to: Day | null; what: 'stock' | 'flow'; low: number | null; high: number | null; group: string; root: Id;
  side: string; unverified: boolean; claims: Id[]; measure: Measure;
}
export interface SourceView {
  id: Id; name: string; kind: string; side: string; belongs_to: Id | null; cites: Id[]; cited_by: Id[]; reposts: Id[]; circular: Id[][];
  copies: Id[][]; reports: number; claims: number; letter: string;
}
export interface ActorLine {
  id: Id; name: string; kind: string; side: string; part_of: Id | null; history: string[]; mentions: string[]; as_actor: number;
  as_target: number; claims: number;
}
export interface PlaceLine {
  id: Id; name: string; kind: string; parent: Id | null; pcode: string | null; lat: number | null; lon: number | null;
  mentions: string[]; claims: number;
}
export interface ReportLine {
  id: Id; title: string | null; publisher: string | null; published: Day | null; language: string | null; claims: number;
}
export interface WayIn {
  place: Id; at: Day; known_by: Day | null; way: Id; name: string; kind: string; from: Id;
  state: 'open' | 'other-hands' | 'contested' | 'cut' | 'unknown';
  hands: { place: Id; state: HoldingState; holders: Id[]; age_days: number | null; claims: Id[] }[]; cut_by: Id[]; besieged_by: Id[];
  deliveries: Id[];
}

// Pages
export interface PlaceAnswer extends Named {
  place: { id: Id; name: string; kind: string; parent: Id | null; pcode: string | null; lat: number | null; lon: number | null; spellings: string[]; mentions: string[] };
  around: Id[]; within: { id: Id; name: string; kind: string }[]; control: Control[]; holdings: Holding[]; sieges: Siege[]; access: WayIn[];
  disputes: Dispute[]; events: { items: Event[]; total: number }; displacement: Point[]; needs: Point[]; claims: number;
}
export interface ActorAnswer extends Named {
  actor: ActorLine; holds: Control[]; ties: Tie[]; events: { items: Event[]; total: number }; disputes: Dispute[]; claims: number;
}
export interface SourceAnswer extends Named {
  source: SourceView;
  figures: { event: Id; measure: Measure; group: string; own: { low: number | null; high: number | null }; low: number | null; best: number | null; high: number | null; claims: Id[] }[];
  stand: { above: number; same: number; below: number; median_ratio: number | null }; disputes: Dispute[]; claims: number; decisions: Entry[];
}
export interface EventAnswer extends Named {
  event: Event; claims: Card[]; tallies: Tally[]; disputes: Dispute[]; whole: Event | null; parts: Event[];
  likely_one: { event: Event; score: number; reasons: string[] }[];
}
export interface DisputeAnswer extends Named {
  dispute: Dispute; sides: { value: string; voices: { root: Link; claims: Card[] }[] }[]; event: Event | null;
}
export interface ReportAnswer extends Named {
  report: {
    id: Id; title: string | null; publisher: string | null; published: Day | null; url: string | null; language: string | null; text: string;
    added_at: string; added_by: string; entry: number; raw_sha256: string; raw_size: number; raw_name: string | null; tool: string;
    guessed: string[];
  };
  claims: Card[]; copies: Id[]; copy_of: Id | null;
}
export interface Why {
  claim: Card; title: string | null; url: string | null; raw_sha256: string; entry: number; quotes: Quote[];
  values: { slot: Slot; value: string; words: string; rule: string }[];
  links: { slot: Slot; mention: string; id: Id; score: number; reason: string; note: string | null; others: Id[] }[];
  chain: Link[]; copy_of: Id | null; rating: string | null; decisions: Entry[];
}
export interface ClaimAnswer extends Named { why: Why }

// Queue and decisions
export type Decision =
  | { decision: 'confirm'; claim: Id } | { decision: 'reject'; claim: Id }
  | { decision: 'correct'; claim: Id; values: Record<string, unknown> }
  | { decision: 'merge' | 'split' | 'one-event' | 'two-events'; a: Id; b: Id }
  | { decision: 'link'; of: Id; slot: Slot; mention: string; id: Id }
  | { decision: 'rate'; source: Id; letter: string; since?: Day }
  | { decision: 'undo'; undoes: number };
export type Entry = Decision & { entry: number; at: string; by: string; why: string; undone_by: number | null };
/** One answer that deciding on an item would change. */
export interface Change {
  what: string; of: Id; count?: string; before?: (number | null)[]; after?: (number | null)[]; state?: HoldingState; state_after?: HoldingState;
  from?: Day | null; to?: Day | null; many?: number; weight?: number;
}
export interface QueueItem {
  id: Id; what: string; score: number; doubt?: number; effect: { answers: number; text: string; changes?: Change[] }; entities?: Id[];
  reasons: string[]; events: Event[]; claims: Card[];
  settle: { key: string; decisions: Decision[] }[]; watching: string[]; seen: number;
}
export interface Proposal { entry: number; at: string; by: string; decisions: Decision[]; why: string; state: 'open' | 'agreed' | 'refused'; many?: number; answered_by?: string | null; answered_at?: string | null; answer?: string | null }
export interface Preview { claims: number; already?: number; first: Card[]; decisions: Decision[]; seen?: number; names?: Names }
export interface Decided { entries: number[]; proposed: boolean }

// Search
export interface NameHit { id: Id; type: EntityType; name: string; kind: string; matched: string }
export interface ReportHit {
  id: Id; title: string | null; publisher: string | null; published: Day | null; language: string | null; snippet: { text: string; hit: boolean }[];
}
/** What was found of one sort; the total is null where it was not counted. */
export interface Hits<T> { items: T[]; total: number | null; next?: string | null }
export interface SearchAnswer {
  /** What each name was searched as besides. */
  also?: { typed: string; ids: Id[]; spellings: string[] }[];
  names: NameHit[]; reports: Hits<ReportHit>; claims: Hits<Card>; took_ms: number; names_of: Names;
}

// Charts
export interface TollsChart extends Named { tallies: Tally[] }
export interface ControlChart extends Named { rows: { place: Id; name: string; holdings: Holding[] }[] }
export interface DisplacementChart extends Named { points: Point[] }
export interface SourcesChart extends Named {
  nodes: { id: Id; name: string; side: string; claims: number; reports: number }[]; links: { from: Id; to: Id; claims: number }[];
  circular: Id[][];
}
export interface MonthsChart { months: { month: string; events: number; killed: Toll; claims: number }[] }

// Adding, live
/** What was not taken in, or is not as it should be. */
export interface Remark { what: string; message: string }
export interface Job {
  id: Id; by: string; at: string; what: string; state: 'waiting' | 'reading' | 'weighing' | 'done' | 'failed'; reports: number;
  added: number; unchanged: number; claims: number; refused: Remark[]; faulty: Remark[]; error: string | null;
  sort?: 'files' | 'text' | 'address'; files?: number;
}
export interface LiveDecision { entry: number; by: string; at: string; text: string; claims: Id[] }
export interface LiveWatch { item: Id; names: string[] }
/** The first of its claims; `total` is how many there are. */
export interface LiveRead { job: Id; report: { id: Id; title: string | null }; claims: Card[]; total?: number; names?: Names }
