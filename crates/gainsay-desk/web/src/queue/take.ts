/** Taking decisions and taking them back: what is sent, what the desk answers, and what was decided in this visit. */
import { signal } from '@preact/signals';
import { ApiError, post } from '../api/client';
import type { Decided, Decision, Entry } from '../api/types';
import { asApiError, forgetAnswers } from '../api/use';
import { errorText } from '../ui/feedback';

/** Something decided in this visit: shown in the list, and what `u` takes back. */
export interface Taken { item: string; entries: number[]; proposed: boolean; said: string; undone: boolean }
export const taken = signal<Taken[]>([]);

/** Somebody has decided on the same thing since: what they decided, and what was to be sent. */
export interface Stale { changed: Entry[]; decisions: Decision[]; message: string }
export type Outcome = { taken: Taken } | { stale: Stale } | { error: ApiError };

/** As long as a why may be. */
export const LONGEST_WHY = 4000;

export async function take(item: string, decisions: Decision[], why: string, seen: number, said: string): Promise<Outcome> {
  try {
    const answer = await post<Decided>('decisions', { decisions, why: why.trim(), seen });
    const one: Taken = { item, entries: answer.entries, proposed: answer.proposed, said, undone: false };
    taken.value = [...taken.peek().filter((other) => other.item !== item || other.undone), one];
    forgetAnswers();
    return { taken: one };
  } catch (thrown) {
    const error = asApiError(thrown);
    if (error.code !== 'stale') return { error };
    return { stale: { changed: changedBy(error), decisions, message: error.message } };
  }
}

function changedBy(error: ApiError): Entry[] {
  const changed = error.more.changed;
  return Array.isArray(changed) ? (changed as Entry[]) : [];
}

/** The log entry up to which one has seen everything, once the changes are on screen. */
export function seenWith(seen: number, changed: Entry[]): number {
  return Math.max(seen, ...changed.map((entry) => entry.entry));
}

/** What was last decided in this visit and still stands. */
export function lastTaken(): Taken | undefined {
  return taken.value.findLast((one) => !one.undone);
}

/** What takes back these entries, the last one first, all of them at once. */
export function undoing(entries: readonly number[]): { decisions: Decision[]; seen: number } {
  const back = [...entries].sort((a, b) => b - a);
  return { decisions: back.map((entry) => ({ decision: 'undo', undoes: entry })), seen: back[0] ?? 0 };
}

/** Takes back all of a decision, or nothing of it. */
export async function takeBack(one: Taken, why = ''): Promise<ApiError | null> {
  try {
    // What only waits to be agreed to is refused by its own author; the log keeps that as well.
    if (one.proposed) for (const entry of one.entries) await post(`proposals/${entry}`, { agree: false, why });
    else await post('decisions', { ...undoing(one.entries), why });
  } catch (thrown) {
    return asApiError(thrown);
  }
  taken.value = taken.peek().map((other) => (other === one ? { ...other, undone: true } : other));
  forgetAnswers();
  return null;
}

/** What became of an item in this visit. */
export function takenOf(item: string): Taken | undefined {
  return taken.value.findLast((one) => one.item === item && !one.undone);
}

/** An error in the reader's words, and in the desk's own, which say what exactly. */
export function wholly(error: ApiError): string {
  const said = errorText(error);
  return error.message && error.message !== said ? `${said} \u2068${error.message}\u2069` : said;
}
