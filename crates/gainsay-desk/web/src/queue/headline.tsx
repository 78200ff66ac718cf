/** An item in one line. */
import type { Event, QueueItem } from '../api/types';
import { nameOf } from '../api/names';
import { and, days, knows, t, word } from '../i18n';

/** A name of whatever script, kept from turning the words around it. */
export function apart(name: string): string {
  return `\u2068${name}\u2069`;
}

/** What sort of item it is: measures of disputed counts bear their own name ("killed civilians"). */
export function whatOf(what: string): string {
  const key = `queue.what.${what.replaceAll(' ', '-')}`;
  if (knows(key)) return t(key);
  return countOf(what);
}

/** What is counted of whom: "killed civilians". */
export function countOf(what: string): string {
  const [measure = what, ...of] = what.split(' ');
  const group = of.join(' ');
  const side = `side.${group.replace(/-side$/, '')}`;
  const whom = group === '' || group === 'all' ? null : knows(side) ? word('side', group.replace(/-side$/, '')) : word('group', group);
  return t('queue.what.count', { measure: word('measure', measure), group: whom });
}

export function Chip({ what }: { what: string }) {
  return <span class="chip kind">{whatOf(what)}</span>;
}

/** The first names, and how many more there are: a line that one takes in at a glance. */
function few(names: string[], most = 2): string {
  return names.length > most ? `${names.slice(0, most).join(t('list.comma'))} ${t('list.more', { n: names.length - most })}` : and(names);
}

export function eventLine(event: Event): string {
  return t('queue.event', {
    kind: word('kind', event.kind),
    place: few(event.places.map((id) => apart(nameOf(id)?.name ?? id))),
    days: days(event.time.start, event.time.end),
  });
}

/** The two entities that an item of names compares. */
export function pairOf(item: QueueItem): [string, string] | null {
  for (const way of item.settle) {
    for (const decision of way.decisions) {
      if (decision.decision === 'merge' || decision.decision === 'split') return [decision.a, decision.b];
    }
  }
  return null;
}

export function headline(item: QueueItem): string {
  const pair = item.events.length === 0 ? pairOf(item) : null;
  if (pair) return t('queue.pair', { a: apart(nameOf(pair[0])?.name ?? pair[0]), b: apart(nameOf(pair[1])?.name ?? pair[1]) });
  const [one, two] = item.events;
  if (one && two) return `${eventLine(one)} · ${eventLine(two)}`;
  if (one) return eventLine(one);
  const card = item.claims[0];
  if (!card) return item.effect.text || item.id;
  return t('queue.event', {
    kind: word('kind', card.kind),
    place: few(card.place.map(([mention, name]) => apart(name || mention))),
    days: days(card.time?.start, card.time?.end),
  });
}
