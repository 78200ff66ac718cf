/** What the pages of things share: sections, lists of events and disputes, the bar that asks as of when. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Dispute, Event, Id } from '../api/types';
import { pageOf } from '../addresses';
import { days, number, t } from '../i18n';
import { Link, useQuery } from '../router';
import { text } from '../query';
import { Button, DateField } from '../ui/controls';
import { Table, Toll } from '../ui/figures';
import { DisputeChip, EntityList, KindChip } from '../ui/marks';
import { EntityPicker } from '../ui/picker';
import { question } from './dispute-words';
import { eventTitle } from './titles';
import './pages.css';

export function Section({ title, count, aside, children }: { title: string; count?: number | null; aside?: ComponentChildren; children: ComponentChildren }) {
  const id = useId();
  return (
    <section class="stack tight page-section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>
          {title}
          {count !== undefined && count !== null && <span class="muted section-count"> {number(count)}</span>}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

/** A fact: its name and what it is; nothing where there is none. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  const nothing = children === null || children === undefined || children === '' || children === false || (Array.isArray(children) && children.length === 0);
  if (nothing) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** Spellings and other words as they stand in reports. */
export function Words({ words, most = 12 }: { words: readonly string[]; most?: number }) {
  const shown = words.slice(0, most);
  return (
    <>
      {shown.map((word, n) => (
        <span key={word}>
          {n > 0 && t('list.comma')}
          <bdi>{word}</bdi>
        </span>
      ))}
      {words.length > most && <span class="muted"> {t('list.more', { n: words.length - most })}</span>}
    </>
  );
}

export function EventTable({ events, caption }: { events: Event[]; caption: string }) {
  return (
    <Table<Event>
      caption={caption}
      rows={events}
      id={(event) => event.id}
      columns={[
        { key: 'day', label: t('pages.day'), cell: (event) => <span class="nowrap">{days(event.time.start, event.time.end)}</span> },
        { key: 'what', label: t('pages.what'), cell: (event) => <Link to={pageOf('event', event.id)}><KindChip kind={event.kind} /></Link> },
        { key: 'where', label: t('pages.where'), cell: (event) => <EntityList ids={event.places} most={3} /> },
        { key: 'who', label: t('pages.who'), cell: (event) => <EntityList ids={event.actors} most={3} />, spare: true },
        { key: 'whom', label: t('pages.whom'), cell: (event) => <EntityList ids={event.targets} most={3} />, spare: true },
        { key: 'killed', label: t('pages.killed'), cell: (event) => <Toll toll={event.killed} />, number: true },
        { key: 'voices', label: t('pages.voices'), cell: (event) => number(event.roots.length), number: true },
      ]}
    />
  );
}

export function DisputeRows({ disputes, most = 12 }: { disputes: Dispute[]; most?: number }) {
  return (
    <ul class="plain dispute-rows">
      {disputes.slice(0, most).map((dispute) => (
        <li key={dispute.id}>
          <DisputeChip kind={dispute.kind} revision={dispute.revision} />
          <Link to={pageOf('dispute', dispute.id)}>{question(dispute)}</Link>
          <span class="muted small">{t('pages.dispute.versions', { n: dispute.sides.length })}</span>
        </li>
      ))}
      {disputes.length > most && <li class="muted">{t('list.more', { n: disputes.length - most })}</li>}
    </ul>
  );
}

export function EventLine({ event, note }: { event: Event; note?: ComponentChildren }) {
  return (
    <li class="event-line">
      <Link to={pageOf('event', event.id)}>{eventTitle(event)}</Link> <Toll toll={event.killed} />
      {note && <span class="muted small">{note}</span>}
    </li>
  );
}

const AT = { at: text(), known_by: text(), according_to: text() };

/** The day asked about, what was known by when, and whose word alone counts; kept in the address. */
export function useAt() {
  return useQuery(AT);
}

export function AtBar({ ask, onAsk }: { ask: ReturnType<typeof useAt>[0]; onAsk: ReturnType<typeof useAt>[1] }) {
  const set = ask.at || ask.known_by || ask.according_to;
  return (
    <form class="filter" aria-label={t('pages.at.label')} onSubmit={(event) => event.preventDefault()}>
      <DateField label={t('pages.at.day')} value={ask.at} edge="last" onValue={(at) => onAsk({ at })} />
      <DateField label={t('filter.known_by')} value={ask.known_by} edge="last" onValue={(known_by) => onAsk({ known_by })} />
      <EntityPicker
        label={t('filter.according_to')}
        type="source"
        single
        value={ask.according_to ? [ask.according_to] : []}
        onValue={([according_to = '']: Id[]) => onAsk({ according_to })}
      />
      {set && <Button look="quiet" onClick={() => onAsk({ at: '', known_by: '', according_to: '' })}>{t('filter.clear')}</Button>}
    </form>
  );
}

/** A link to an address on another host, if it is one: nothing but http and https is ever made a link. */
export function outside(url: string | null | undefined): string | null {
  if (!url) return null;
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'http:' || protocol === 'https:' ? href : null;
  } catch {
    return null;
  }
}

export function OutsideLink({ url }: { url: string | null }) {
  const to = outside(url);
  if (!url) return null;
  if (!to) return <bdi class="mono">{url}</bdi>;
  return (
    <a href={to} rel="noopener noreferrer nofollow" target="_blank" class="outside">
      <bdi>{url}</bdi>
    </a>
  );
}
