/** Which claims a bulk decision is on, and what it is. */
import type { Day, Kind, Status } from '../api/types';
import type { Ask } from '../ui/filter';

/** How reliable a source is, from A, always, to E, never; F where nobody can say (STANAG 2511). */
export const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export type Letter = (typeof LETTERS)[number];

export interface BulkDraft { ask: Ask; what: 'confirm' | 'reject' | 'kind' | 'status' | 'rate'; kind: Kind; status: Status; letter: Letter; since: Day; why: string }

export const BULK_ASK: Ask = { place: [], actor: [], source: [], kind: '', report: '', event: '', from: '', to: '', known_by: '', according_to: '' };

/** Whether the ask narrows the ledger at all: nobody decides on all claims at once by leaving the form empty. */
export function isNarrow(ask: Ask, what?: BulkDraft['what']): boolean {
  // Only sources that were named are rated.
  if (what === 'rate') return ask.source.length > 0;
  return Object.values(ask).some((value) => value.length > 0);
}

export type BulkDecision = 'confirm' | 'reject' | { values: Record<string, unknown> } | { letter: Letter; since?: Day };

export function bulkDecision(draft: Pick<BulkDraft, 'what' | 'kind' | 'status' | 'letter' | 'since'>): BulkDecision {
  switch (draft.what) {
    case 'kind':
      return { values: { kind: draft.kind } };
    case 'status':
      return { values: { status: draft.status } };
    case 'rate':
      return { letter: draft.letter, ...(draft.since && { since: draft.since }) };
    default:
      return draft.what;
  }
}
