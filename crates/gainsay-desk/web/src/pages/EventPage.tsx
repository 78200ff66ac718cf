/** An event: what several claims are held to be about, every version of it, its tolls by source, what it is part of. */
import { useMemo, useState } from 'preact/hooks';
import type { Card, EventAnswer, Id, Tally } from '../api/types';
import { useAnswer } from '../api/use';
import { TollsChart } from '../charts/tolls';
import { days, number, t, word } from '../i18n';
import { reasonText } from '../queue/reason';
import { Link } from '../router';
import type { PageParams } from '../routes';
import { Page } from '../shell/Page';
import { ClaimCard } from '../ui/claim';
import { Button, Select } from '../ui/controls';
import { Await, ErrorBox, Loading } from '../ui/feedback';
import { Toll } from '../ui/figures';
import { EntityLink, EntityList, KindChip } from '../ui/marks';
import { DisputeRows, EventLine, Fact, Section } from './parts';
import { eventTitle } from './titles';

export default function EventPage({ id = '' }: PageParams) {
  const answer = useAnswer<EventAnswer>(`events/${encodeURIComponent(id)}`);
  if (answer.error) return <Page title={id}><ErrorBox error={answer.error} again={answer.again} /></Page>;
  if (!answer.data) return <Page title={id} bare><Loading /></Page>;
  const { event } = answer.data;
  return (
    <Page title={eventTitle(event)} over={<><KindChip kind={event.kind} /> {t('pages.event')}</>} aside={<Link class="button" to={`/?at=${event.time.end ?? event.time.start ?? ''}`}>{t('pages.on_map')}</Link>}>
      <Await answer={answer}>{(data) => <Body data={data} />}</Await>
    </Page>
  );
}

function Body({ data }: { data: EventAnswer }) {
  const { event, claims, tallies, disputes, whole, parts, likely_one } = data;
  const grade = (of: 'occurrence' | 'attribution' | 'count') => event.grade[of] && (
    <><span class={`chip grade-${event.grade[of]}`}>{word('pages.grade', event.grade[of])}</span> <span class="muted small">{word('pages.grade.means', event.grade[of])}</span></>
  );
  return (
    <div class="stack">
      <dl class="facts">
        <Fact name={t('pages.day')}>{days(event.time.start, event.time.end)}</Fact>
        <Fact name={t('pages.where')}>{event.places.length > 0 && <EntityList ids={event.places} />}</Fact>
        <Fact name={t('pages.who')}>{event.actors.length > 0 && <EntityList ids={event.actors} />}</Fact>
        <Fact name={t('pages.whom')}>{event.targets.length > 0 && <EntityList ids={event.targets} />}</Fact>
        <Fact name={t('pages.killed')}>{event.killed.best !== null || event.killed.high !== null ? <><Toll toll={event.killed} /> <span class="muted small">{event.killed.policy}</span></> : null}</Fact>
        <Fact name={t('pages.injured')}>{event.injured.best !== null || event.injured.high !== null ? <Toll toll={event.injured} /> : null}</Fact>
        <Fact name={t('pages.voices')}>{t('pages.voices_n', { n: event.roots.length })} · {t('pages.claims_n', { n: event.claims.length })}</Fact>
        <Fact name={t('pages.grade.occurrence')}>{grade('occurrence')}</Fact>
        <Fact name={t('pages.grade.attribution')}>{grade('attribution')}</Fact>
        <Fact name={t('pages.grade.count')}>{grade('count')}</Fact>
      </dl>
      {disputes.length > 0 && <Section title={t('nav.disputes')} count={disputes.length}><DisputeRows disputes={disputes} /></Section>}
      {tallies.length > 0 && <Section title={t('charts.tolls.title')}><Tolls tallies={tallies} event={event.id} /></Section>}
      <Section
        title={t('pages.event.versions')}
        count={event.claims.length}
        aside={event.claims.length > claims.length && <Link to={`/claims?event=${encodeURIComponent(event.id)}`}>{t('pages.all', { n: event.claims.length })}</Link>}
      ><Voices claims={claims} /></Section>
      {(whole || parts.length > 0) && (
        <Section title={t('pages.event.whole')}>
          {whole && <ul class="plain"><EventLine event={whole} note={t('pages.event.part_of')} /></ul>}
          {parts.length > 0 && <p class="small muted">{t('pages.event.parts', { n: parts.length })}</p>}
          <ul class="plain">{parts.map((part) => <EventLine key={part.id} event={part} />)}</ul>
        </Section>
      )}
      {likely_one.length > 0 && (
        <Section title={t('pages.event.likely')} count={likely_one.length}>
          <p class="small muted">{t('pages.event.likely_note')}</p>
          <ul class="plain">{likely_one.map((one) => <EventLine key={one.event.id} event={one.event} note={one.reasons.map(reasonText).join(t('list.comma'))} />)}</ul>
        </Section>
      )}
    </div>
  );
}

/** The policies that tallies come under, each once. */
export function policiesOf(tallies: readonly Tally[]): string[] {
  const order = ['ucdp', 'by-source', 'airwars', 'acled'];
  const rank = (policy: string) => (order.indexOf(policy.split('/')[0]!) + 9) % 9;
  return [...new Set(tallies.map((tally) => tally.policy))].sort((a, b) => rank(a) - rank(b));
}

function Tolls({ tallies, event }: { tallies: Tally[]; event: Id }) {
  const policies = policiesOf(tallies);
  const [picked, setPicked] = useState('');
  const policy = policies.includes(picked) ? picked : policies[0]!;
  const shown = tallies.filter((tally) => tally.policy === policy);
  const name = policy.split('/')[0]!;
  return (
    <TollsChart
      title={t('charts.tolls.title')}
      tallies={shown}
      quiet
      csv={{ path: 'charts/tolls', params: { event, policy: name } }}
      tools={<Select bare label={t('charts.policy')} value={policy} options={policies.map((one) => ({ value: one, label: word('charts.policy', one.split('/')[0]) }))} onValue={setPicked} />}
    />
  );
}

/** Claims by who stands behind them: claims of the same roots are one voice. */
export function byVoice(claims: readonly Card[]): { roots: Id[]; claims: Card[] }[] {
  const by = new Map<string, { roots: Id[]; claims: Card[] }>();
  for (const claim of claims) {
    const key = [...claim.roots].sort().join('\u0000');
    const voice = by.get(key) ?? { roots: claim.roots, claims: [] };
    voice.claims.push(claim);
    by.set(key, voice);
  }
  const day = (voice: { claims: Card[] }) => voice.claims.reduce((first, claim) => ((claim.published ?? '9') < first ? claim.published! : first), '9');
  for (const voice of by.values()) voice.claims.sort((a, b) => (a.published ?? '').localeCompare(b.published ?? '') || a.id.localeCompare(b.id));
  return [...by.values()].sort((a, b) => day(a).localeCompare(day(b)));
}

const FIRST = 3;

export function Voices({ claims }: { claims: Card[] }) {
  const voices = useMemo(() => byVoice(claims), [claims]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  return (
    <div class="voices">
      {voices.map((voice, n) => (
        <section key={voice.roots.join('+')} class="voice">
          <h3 class="voice-name">
            {voice.roots.length > 0 ? voice.roots.map((root, at) => <span key={root}>{at > 0 && t('list.comma')}<EntityLink id={root} type="source" /></span>) : <span class="muted">{t('pages.event.no_root')}</span>}
            <span class="muted small"> {t('pages.claims_n', { n: voice.claims.length })}</span>
          </h3>
          {voice.claims.slice(0, open.has(n) ? undefined : FIRST).map((claim) => <ClaimCard key={claim.id} claim={claim} hide={['event']} />)}
          {!open.has(n) && voice.claims.length > FIRST && (
            <Button look="quiet" onClick={() => setOpen(new Set([...open, n]))}>{t('pages.more_claims', { n: voice.claims.length - FIRST })}</Button>
          )}
        </section>
      ))}
      {voices.length === 0 && <p class="muted">{number(0)}</p>}
    </div>
  );
}
