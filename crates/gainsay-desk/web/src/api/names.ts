/**
 * What ids stand for, as the answers so far have told. Every answer carries the names of all ids it holds, so that whatever is drawn
 * from it finds them here without handing them down.
 */
import type { Id, Name, Names } from './types';

const known = new Map<Id, Name>();

export function learn(names: Names | undefined | null): void {
  if (!names) return;
  for (const [id, name] of Object.entries(names)) known.set(id, name);
}

export function nameOf(id: Id): Name | undefined {
  return known.get(id);
}

/** For who signs out: the next one may not be shown the same names. */
export function forgetNames(): void {
  known.clear();
}
