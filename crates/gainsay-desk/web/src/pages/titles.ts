/** What events and disputes are called on screen: made of what they hold, in the reader's language. */
import { nameOf } from '../api/names';
import { KINDS, type Dispute, type Event, type Id, type Kind } from '../api/types';
import { and, days, t, word } from '../i18n';

/** A name of whatever script, kept from turning the words around it. */
export function apart(name: string): string {
  return `\u2068${name}\u2069`;
}

export function called(id: Id): string {
  return apart(nameOf(id)?.name ?? id);
}

/** "Air strike in al-Marjan, 21 Jun 2014". */
export function eventTitle(event: Pick<Event, 'kind' | 'places' | 'time'>): string {
  return t('pages.event.title', {
    kind: capital(word('kind', event.kind)),
    place: event.places.length ? and(event.places.slice(0, 3).map(called)) : null,
    days: days(event.time.start, event.time.end) || null,
  });
}

/** What an event's id says of it (day, kind, place), for where nothing but the id is at hand. */
export function eventOf(id: Id): { day: string; kind: Kind; place: Id } | null {
  const found = /^(\d{4}-\d{2}-\d{2})-([a-z]+)-(.+)$/.exec(id);
  const kind = KINDS.find((one) => one === found?.[2]);
  return found && kind ? { day: found[1]!, kind, place: found[3]! } : null;
}

export function eventName(id: Id): string {
  const known = nameOf(id);
  if (known) return known.name;
  const told = eventOf(id);
  if (!told) return id;
  const place = nameOf(told.place)?.name ?? told.place.replaceAll('-', ' ');
  return t('pages.event.title', { kind: capital(word('kind', told.kind)), place: apart(place), days: days(told.day, told.day) });
}

/** The first letter as a headline has it; scripts without capitals stay as they are. */
export function capital(text: string): string {
  const [first = '', ...rest] = [...text];
  return first.toLocaleUpperCase() + rest.join('');
}

/** What a dispute is about, in words: an event, a place, two actors. */
export function subject(dispute: Dispute, event?: Event | null): string {
  const { about } = dispute;
  if (event) return eventTitle(event);
  if (about.event) return eventName(about.event);
  if (about.pair) return and(about.pair.map(called));
  if (about.place) return called(about.place);
  return dispute.id;
}
