/** What deciding on an item would change, in the reader's words. */
import { nameOf } from '../api/names';
import type { Change, QueueItem } from '../api/types';
import { days, number, t, word } from '../i18n';
import { apart, countOf, eventLine } from './headline';

/** Low, best and high as one reads them: "50–60–65", "50" where they are one, "none". */
export function figures(all: readonly (number | null)[] | undefined): string {
  const told = [...new Set((all ?? []).filter((one): one is number => one !== null))];
  if (told.length === 0) return t('queue.change.none');
  // Figures run from left to right in every language.
  const text = `\u2066${told.map((one) => number(one)).join('–')}\u2069`;
  return all!.at(-1) === null ? t('queue.change.or_more', { figures: text }) : text;
}

function changeLine(change: Change, item: QueueItem): string | null {
  const event = item.events.find((one) => one.id === change.of);
  // The one event that the item is of need not be named again.
  const own = event !== undefined && item.events.length === 1;
  const of = own ? null : event ? eventLine(event) : apart(nameOf(change.of)?.name ?? change.of);
  const when = days(change.from, change.to);
  const [before, after] = [figures(change.before), figures(change.after)];
  switch (change.what) {
    case 'toll':
      return t('queue.change.toll', { of, before, after });
    case 'count':
      return t('queue.change.count', { of, before, after, what: countOf(change.count ?? '') });
    case 'event':
      return t('queue.change.event', { of });
    case 'two events':
      return item.events.length === 2 ? t('queue.change.joined') : t('queue.change.two_events', { of });
    case 'holding':
      if (!change.state_after || change.state_after === 'unknown') return t('queue.change.holding_gone', { of, when });
      return t('queue.change.holding', { of, when, before: word('state', change.state), after: word('state', change.state_after) });
    case 'siege':
      return t('queue.change.siege', { of, when });
    case 'dispute':
      return t('queue.change.dispute', { of });
    case 'name':
      return t('queue.change.name', { n: Math.max(change.many ?? 1, 1), name: of });
    default:
      return null;
  }
}

/** A line for each change that is told; the desk's own words for what this page does not know. */
export function effectLines(item: QueueItem): string[] {
  const lines = (item.effect.changes ?? []).map((change) => changeLine(change, item));
  if (lines.length === 0 || lines.includes(null)) return item.effect.text ? [apart(item.effect.text)] : [];
  const told = item.effect.changes!.reduce((sum, change) => sum + Math.max(change.many ?? 1, 1), 0);
  const rest = item.effect.answers - told;
  return [...(lines as string[]), ...(rest > 0 ? [t('queue.change.rest', { n: rest })] : [])];
}
