/** A correction: the claim as a form, and what was changed in the form as a decision. */
import type { Card, Decision, Degree, Group, Id, Kind, Measure, Status } from '../api/types';
import { parseSpan } from '../ui/dates';

/** Whom a slot names: the words of the report, and the entity they stand for where it is known. */
export interface Part { mention: string; id: Id | null; name: string | null }
export const NAMED = ['actor', 'target', 'place', 'source'] as const;
export type NamedSlot = (typeof NAMED)[number];
export type Scope = 'incident' | 'cumulative';

export interface Form {
  kind: Kind; status: Status; actor: Part[]; target: Part[]; place: Part[]; source: Part[]; from: string; to: string;
  what: Measure | ''; low: string; high: string; group: Group | ''; scope: Scope | ''; degree: Degree | '';
}
export type Fault = 'day' | 'order' | 'number' | 'rising' | 'measure' | 'nothing';
export type Faults = Partial<Record<'time' | 'count' | 'all', Fault>>;

export function parts(card: Card, slot: NamedSlot): Part[] {
  return card[slot].map(([mention, name], at) => ({ mention, name: name ?? null, id: card[`${slot}_id`][at] ?? null }));
}

export function formOf(card: Card): Form {
  const number = (n: number | null | undefined) => (n === null || n === undefined ? '' : String(n));
  return {
    kind: card.kind, status: card.status,
    actor: parts(card, 'actor'), target: parts(card, 'target'), place: parts(card, 'place'), source: parts(card, 'source'),
    from: card.time?.start ?? '', to: card.time?.end ?? '',
    what: card.count?.what ?? '', low: number(card.count?.low), high: number(card.count?.high),
    group: card.count?.group ?? '', scope: card.count?.scope ?? '', degree: card.degree ?? '',
  };
}

/**
 * A form begun on an earlier state of the claim, laid over the claim as it is now: what the person changed stays, and what others have
 * changed meanwhile is not put back.
 */
export function rebased(begun: Form, form: Form, now: Form): Form {
  const out: Record<string, unknown> = { ...now };
  for (const field of Object.keys(now) as (keyof Form)[]) {
    if (JSON.stringify(form[field]) !== JSON.stringify(begun[field])) out[field] = form[field];
  }
  return out as unknown as Form;
}

/** The fields of the claim that the form changes, as the ledger writes them; or what is wrong with the form. */
export function changes(card: Card, form: Form): { values: Record<string, unknown> } | { faults: Faults } {
  const before = formOf(card);
  const values: Record<string, unknown> = {};
  const faults: Faults = {};
  if (form.kind !== before.kind) values.kind = form.kind;
  if (form.status !== before.status) values.status = form.status;
  if (form.degree !== before.degree) values.degree = form.degree || null;
  for (const slot of NAMED) {
    if (same(form[slot], before[slot])) continue;
    values[slot] = form[slot].map(({ mention, name }) => (name ? [mention, name] : [mention]));
    values[`${slot}_id`] = form[slot].map(({ id }) => id);
  }
  if (form.from !== before.from || form.to !== before.to) {
    const span = spanOf(form.from, form.to);
    if (typeof span === 'string') faults.time = span;
    else values.time = span;
  }
  const counted = ['what', 'low', 'high', 'group', 'scope'] as const;
  if (counted.some((field) => form[field] !== before[field])) {
    const count = countOf(form);
    if (typeof count === 'string') faults.count = count;
    else values.count = count;
  }
  if (Object.keys(faults).length > 0) return { faults };
  return Object.keys(values).length > 0 ? { values } : { faults: { all: 'nothing' } };
}

export function correction(card: Card, form: Form): Decision | null {
  const found = changes(card, form);
  return 'values' in found ? { decision: 'correct', claim: card.id, values: found.values } : null;
}

function same(a: Part[], b: Part[]): boolean {
  return a.length === b.length && a.every((part, at) => part.id === b[at]!.id && part.mention === b[at]!.mention);
}

function spanOf(from: string, to: string): { start: string | null; end: string | null } | null | Fault {
  if (!from.trim() && !to.trim()) return null;
  const start = from.trim() ? parseSpan(from)?.first ?? null : null;
  const end = to.trim() ? parseSpan(to)?.last ?? null : null;
  if ((from.trim() && !start) || (to.trim() && !end)) return 'day';
  return start && end && start > end ? 'order' : { start, end };
}

/** A whole number as people type it, in Arabic digits and with separators too. */
export function wholeOf(typed: string): number | null {
  const plain = typed
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0))
    .replace(/[\s\u00a0\u202f,\u066c\u200e\u200f]/g, '');
  return /^\d{1,12}$/.test(plain) ? Number(plain) : null;
}

function countOf(form: Form): object | null | Fault {
  const [typedLow, typedHigh] = [form.low.trim(), form.high.trim()];
  if (!form.what) return typedLow || typedHigh ? 'measure' : null;
  const low = typedLow ? wholeOf(typedLow) : null;
  const high = typedHigh ? wholeOf(typedHigh) : null;
  if ((typedLow && low === null) || (typedHigh && high === null) || (!typedLow && !typedHigh)) return 'number';
  if (low !== null && high !== null && low > high) return 'rising';
  return { what: form.what, low, high, ...(form.group && { group: form.group }), ...(form.scope && { scope: form.scope }) };
}
