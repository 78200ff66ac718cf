/** Which claims a bulk decision is on, and what it is. */
import type { Kind, Status } from '../api/types';
import type { Ask } from '../ui/filter';

export interface BulkDraft { ask: Ask; what: 'confirm' | 'reject' | 'kind' | 'status'; kind: Kind; status: Status; why: string }

export const BULK_ASK: Ask = { place: [], actor: [], source: [], kind: '', report: '', event: '', from: '', to: '', known_by: '', according_to: '' };

/** Whether the ask narrows the ledger at all: nobody decides on all claims at once by leaving the form empty. */
export function isNarrow(ask: Ask): boolean {
  return Object.values(ask).some((value) => value.length > 0);
}

export function bulkDecision(draft: Pick<BulkDraft, 'what' | 'kind' | 'status'>): 'confirm' | 'reject' | { values: Record<string, unknown> } {
  switch (draft.what) {
    case 'kind':
      return { values: { kind: draft.kind } };
    case 'status':
      return { values: { status: draft.status } };
    default:
      return draft.what;
  }
}
