/** Deciding whom words mean: in one claim, or in every claim of a report. */
import type { Card, Decision, Id } from '../api/types';
import { NAMED, type NamedSlot } from './correct';

export interface LinkForm { mention: string; to: { id: Id; name: string } | null; whole: boolean }
export const NO_LINK: LinkForm = { mention: '', to: null, whole: false };

/** Words of a claim that name somebody or something, and in which slots they stand. */
export interface Mention { mention: string; slots: NamedSlot[]; id: Id | null; name: string | null }

export function mentions(card: Card): Mention[] {
  const found = new Map<string, Mention>();
  for (const slot of NAMED) {
    card[slot].forEach(([mention, name], at) => {
      const one = found.get(mention) ?? { mention, slots: [], id: card[`${slot}_id`][at] ?? null, name: name ?? null };
      if (!one.slots.includes(slot)) one.slots.push(slot);
      found.set(mention, one);
    });
  }
  return [...found.values()];
}

/** Of what sort the entity must be that a slot's words stand for. */
export function sortOf(slot: NamedSlot): 'actor' | 'place' | 'source' {
  return slot === 'target' ? 'actor' : slot;
}

/** One decision for each slot of the sort of the first, in which the words stand; null while something is wanting. */
export function links(card: Card, form: LinkForm): Decision[] | null {
  const one = mentions(card).find(({ mention }) => mention === form.mention);
  if (!one || !form.to || (form.to.id === one.id && !form.whole)) return null;
  const { id } = form.to;
  const sort = sortOf(one.slots[0]!);
  return one.slots
    .filter((slot) => sortOf(slot) === sort)
    .map((slot) => ({ decision: 'link', of: form.whole ? card.report : card.id, slot, mention: form.mention, id }));
}
