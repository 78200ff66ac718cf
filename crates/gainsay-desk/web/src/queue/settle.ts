/** What each key decides of an item: the server's way of settling it, or the decision on the one claim that is chosen. */
import type { Card, Decision, Id, Me, QueueItem } from '../api/types';

export type Verdict = 'one' | 'two' | 'all' | 'confirm' | 'reject';
export const VERDICTS: readonly Verdict[] = ['one', 'two', 'all', 'confirm', 'reject'];

/** The words that an item's own ways of settling bear, for each verdict. */
const CALLED: Record<Verdict, readonly string[]> = {
  one: ['one', 'merge'],
  two: ['two', 'split'],
  all: ['confirm'],
  confirm: ['confirm'],
  reject: ['reject'],
};

/** The decisions that a verdict stands for; null where the item cannot be settled so. */
export function settled(item: QueueItem, verdict: Verdict, chosen: Card | undefined): Decision[] | null {
  const own = item.settle.filter((way) => CALLED[verdict].includes(way.key)).map((way) => way.decisions);
  if (verdict === 'one' || verdict === 'two') return own[0]?.length ? own[0] : null;
  if (verdict === 'all') return own.find((decisions) => decisions.length > 1) ?? null;
  if (chosen) return [{ decision: verdict, claim: chosen.id }];
  // Without a claim in view, only what the item itself offers.
  return own[0]?.length === 1 ? own[0] : null;
}

/** Whom the words of the item may mean: one way of settling it for each. */
export function candidates(item: QueueItem): { id: Id; decisions: Decision[] }[] {
  return item.settle.flatMap(({ key, decisions }) => {
    const link = key === 'link' ? decisions.find((one) => one.decision === 'link') : undefined;
    return link ? [{ id: link.id, decisions }] : [];
  });
}

/** Ways of settling that no key stands for: they are offered as buttons. */
export function others(item: QueueItem): QueueItem['settle'] {
  const known = new Set([...Object.values(CALLED).flat(), 'link']);
  return item.settle.filter((way) => !known.has(way.key) && way.decisions.length > 0);
}

/** The verdict that an item asks for first: joining where two things are compared, else a yes or no to a claim. */
export function first(item: QueueItem): Verdict {
  if (item.settle.some((way) => CALLED.one.includes(way.key))) return 'one';
  return settled(item, 'all', undefined) ? 'all' : 'confirm';
}

/** The claims, events and entities that a decision is about. */
export function about(decision: Decision): string[] {
  switch (decision.decision) {
    case 'confirm':
    case 'reject':
    case 'correct':
      return [decision.claim];
    case 'link':
      return [decision.of];
    case 'rate':
      return [decision.source];
    case 'undo':
      return [];
    default:
      return [decision.a, decision.b];
  }
}

/** Whether an account may take these: coders decide on how claims were read, reviewers on all else; what is only proposed, both. */
export function mayTake(decisions: readonly Decision[], who: Pick<Me, 'role' | 'may' | 'settings'> | null | undefined): boolean {
  if (!who?.may.decide) return false;
  const reading = (one: Decision) => one.decision === 'confirm' || one.decision === 'reject' || one.decision === 'correct';
  return who.role !== 'coder' || who.settings.second_eyes || decisions.every(reading);
}

/** The claims among these. */
export function claimsOf(decision: Decision): Id[] {
  return decision.decision === 'merge' || decision.decision === 'split' || decision.decision === 'rate' ? [] : about(decision);
}

/** Whether something decided elsewhere touches this item. */
export function touches(item: QueueItem, claims: readonly string[]): boolean {
  return item.claims.some((card) => claims.includes(card.id)) || item.settle.some((way) => way.decisions.some((one) => about(one).some((id) => claims.includes(id))));
}
