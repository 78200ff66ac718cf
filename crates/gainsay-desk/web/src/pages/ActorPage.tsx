/** An actor: its names and history, how it stood to others, what it holds, what it did and what was done to it. */
import { nameOf } from '../api/names';
import type { ActorAnswer, ActorLine, Control } from '../api/types';
import { useAnswer } from '../api/use';
import { TiesChart } from '../charts/ties';
import { day, knows, number, rich, t, word, days } from '../i18n';
import { Link } from '../router';
import type { PageParams } from '../routes';
import { Page } from '../shell/Page';
import { Await, Empty, ErrorBox, Loading } from '../ui/feedback';
import { Table } from '../ui/figures';
import { EntityLink, SideName, StateChip } from '../ui/marks';
import { DisputeRows, EventTable, Fact, Section, Words } from './parts';

export default function ActorPage({ id = '' }: PageParams) {
  const answer = useAnswer<ActorAnswer>(`actors/${encodeURIComponent(id)}`);
  if (answer.error) return <Page title={id}><ErrorBox error={answer.error} again={answer.again} /></Page>;
  if (!answer.data) return <Page title={id} bare><Loading /></Page>;
  const { actor } = answer.data;
  return (
    <Page title={actor.name || actor.id} over={t('pages.actor')}>
      <Await answer={answer}>{(data) => <Body data={data} />}</Await>
    </Page>
  );
}

export interface Change { what: string; with: string; from: string | null; to: string | null }

/** A line of its history as the word lists have it: "free-syrian-army named FSA 2011-07-29–". */
export function changeOf(line: string): Change | null {
  const found = /^\S+ (named|merged|split|part|beside) (.+?)(?: (\d{4}-\d{2}-\d{2})?–(\d{4}-\d{2}-\d{2})?)?$/.exec(line);
  return found ? { what: found[1]!, with: found[2]!, from: found[3] ?? null, to: found[4] ?? null } : null;
}

function History({ line }: { line: string }) {
  const change = changeOf(line);
  if (!change || !knows(`pages.history.${change.what}`)) return <bdi>{line}</bdi>;
  const other = change.what === 'named' ? <bdi>{change.with}</bdi> : <EntityLink id={change.with} name={nameOf(change.with)?.name ?? change.with.replaceAll('-', ' ')} type="actor" />;
  return <>{rich(`pages.history.${change.what}`, { other, days: days(change.from, change.to) || null })}</>;
}

function Body({ data }: { data: ActorAnswer }) {
  const { actor, holds, ties, events, disputes } = data;
  const here = encodeURIComponent(actor.id);
  return (
    <div class="stack">
      <dl class="facts">
        <Fact name={t('pages.kind')}>{actor.kind && word('entity_kind', actor.kind)}</Fact>
        <Fact name={t('charts.side')}><SideName side={actor.side} /></Fact>
        <Fact name={t('pages.actor.part_of')}>{actor.part_of && <EntityLink id={actor.part_of} />}</Fact>
        <Fact name={t('pages.written')}>{actor.mentions.length > 0 && <Words words={actor.mentions} />}</Fact>
        <Fact name={t('nav.claims')}><Link to={`/claims?actor=${here}`}>{number(data.claims)}</Link> <span class="muted small">{roles(actor)}</span></Fact>
      </dl>
      {actor.history.length > 0 && (
        <Section title={t('pages.actor.history')}>
          <ul class="plain stack tight">{actor.history.map((line) => <li key={line}><History line={line} /></li>)}</ul>
        </Section>
      )}
      {ties.length > 0 && <Section title={t('pages.actor.ties')} count={ties.length}><TiesChart ties={ties} of={actor.id} quiet /></Section>}
      {holds.length > 0 && (
        <Section title={t('pages.actor.holds')} count={holds.length}>
          <Table<Control>
            caption={t('pages.actor.holds')}
            rows={holds.slice(0, 200)}
            id={(one) => one.place}
            columns={[
              { key: 'place', label: t('charts.place'), cell: (one) => <EntityLink id={one.place} name={one.name} type="place" /> },
              { key: 'state', label: t('charts.state'), cell: (one) => <StateChip state={one.state} /> },
              { key: 'since', label: t('pages.since'), cell: (one) => day(one.since) },
              { key: 'age', label: t('pages.evidence_age'), cell: (one) => (one.age_days === null ? '' : t('pages.days_old', { n: one.age_days })), number: true },
              { key: 'claims', label: t('charts.claims'), cell: (one) => number(one.claims.length), number: true, spare: true },
            ]}
          />
        </Section>
      )}
      {disputes.length > 0 && <Section title={t('nav.disputes')} count={disputes.length}><DisputeRows disputes={disputes} /></Section>}
      {events.total > 0 && (
        <Section title={t('nav.events')} count={events.total} aside={<Link to={`/events?actor=${here}`}>{t('pages.all', { n: events.total })}</Link>}>
          <EventTable events={events.items} caption={t('nav.events')} />
        </Section>
      )}
      {data.claims === 0 && <Empty>{t('pages.no_claims')}</Empty>}
    </div>
  );
}

function roles(actor: ActorLine): string {
  return t('pages.actor.roles', { does: actor.as_actor, done: actor.as_target });
}
