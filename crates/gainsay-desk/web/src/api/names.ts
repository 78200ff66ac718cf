/**
 * What ids stand for, as the answers so far have told. Every answer carries the names of all ids it holds, so that whatever is drawn
 * from it finds them here without handing them down.
 */
import { signal } from '@preact/signals';
import type { Id, Name, Names } from './types';

const known = new Map<Id, Name>();

/** Grows as names are learnt: for what is drawn before the answer that names its ids has come. */
export const learnt = signal(0);

export function learn(names: Names | undefined | null): void {
  if (!names) return;
  const before = known.size;
  for (const [id, name] of Object.entries(names)) known.set(id, name);
  if (known.size !== before) learnt.value = known.size;
}

export function nameOf(id: Id): Name | undefined {
  return known.get(id);
}

/** For who signs out: the next one may not be shown the same names. */
export function forgetNames(): void {
  known.clear();
  learnt.value = 0;
}
