/** A dispute: the versions side by side, each with its voices, their words, dates and chains. Never who is right. */
import { useMemo, useState } from 'preact/hooks';
import type { Card, Dispute, DisputeAnswer } from '../api/types';
import { useAnswer } from '../api/use';
import { pageOf } from '../addresses';
import { SaidChart } from '../charts/said';
import { FiguresChart } from '../charts/figures';
import { days, number, t } from '../i18n';
import { Link } from '../router';
import type { PageParams } from '../routes';
import { Page } from '../shell/Page';
import { ClaimCard } from '../ui/claim';
import { Button } from '../ui/controls';
import { ErrorBox, Loading, Await } from '../ui/feedback';
import { DisputeChip, EntityLink, EntityList, SideName } from '../ui/marks';
import { figureOf, idsOf, question, sentence, versionText } from './dispute-words';
import { Section } from './parts';
import { eventTitle } from './titles';

type Side = DisputeAnswer['sides'][number];

export default function DisputePage({ id = '' }: PageParams) {
  const answer = useAnswer<DisputeAnswer>(`disputes/${encodeURIComponent(id)}`);
  if (answer.error) return <Page title={id}><ErrorBox error={answer.error} again={answer.again} /></Page>;
  if (!answer.data) return <Page title={id} bare><Loading /></Page>;
  const { dispute, event } = answer.data;
  return (
    <Page title={question(dispute, event)} over={<><DisputeChip kind={dispute.kind} revision={dispute.revision} /> {t('pages.dispute')}</>}>
      <Await answer={answer}>{(data) => <Versions data={data} />}</Await>
    </Page>
  );
}

/** All claims of a version, each once, the earliest first. */
export function claimsOf(side: Side): Card[] {
  const all = new Map(side.voices.flatMap((voice) => voice.claims).map((claim) => [claim.id, claim]));
  return [...all.values()].sort((a, b) => (a.published ?? '').localeCompare(b.published ?? '') || a.id.localeCompare(b.id));
}

/** So many columns at first. */
const COLUMNS = 12;

function Versions({ data }: { data: DisputeAnswer }) {
  const { dispute, sides, event } = data;
  const [all, setAll] = useState(false);
  const versions = useMemo(() => sides.map((side) => ({ label: versionText(dispute.kind, side.value), claims: claimsOf(side) })), [data]);
  const figures = dispute.kind === 'count'
    ? sides.map((side, n) => ({ label: versions[n]!.label, figure: figureOf(side.value), voices: side.voices.map((voice) => voice.root), claims: versions[n]!.claims.length }))
    : [];
  return (
    <div class="stack">
      <p class="lead">{sentence(dispute, event)}</p>
      {dispute.revision && <p class="note">{t('pages.dispute.revision')}</p>}
      <p class="row small">
        {event && <Link to={pageOf('event', event.id)}>{t('pages.dispute.event', { event: eventTitle(event) })}</Link>}
        {dispute.about.place && <EntityLink id={dispute.about.place} type="place" />}
        {dispute.about.pair && <EntityList ids={[...dispute.about.pair]} />}
        {dispute.spread !== null && <span>{t('pages.dispute.spread', { times: number(Math.round(dispute.spread * 100) / 100) })}</span>}
      </p>
      <Section title={t('pages.dispute.side_by_side')} count={sides.length}>
        <div class="versions" role="list" aria-label={t('pages.dispute.side_by_side')}>
          {sides.slice(0, all ? undefined : COLUMNS).map((side, n) => <Column key={side.value} side={side} dispute={dispute} claims={versions[n]!.claims} />)}
        </div>
        {!all && sides.length > COLUMNS && <p><Button onClick={() => setAll(true)}>{t('pages.all', { n: sides.length })}</Button></p>}
      </Section>
      <div class="charts-grid two">
        {figures.some((one) => one.figure !== null) && <FiguresChart versions={figures} measure={dispute.about.measure ?? 'killed'} group={dispute.about.group ?? 'all'} />}
        <SaidChart versions={versions} />
      </div>
    </div>
  );
}

const FIRST = 6;

function Column({ side, dispute, claims }: { side: Side; dispute: Dispute; claims: Card[] }) {
  const [all, setAll] = useState(false);
  const ids = idsOf(dispute.kind, side.value);
  const parties = [...new Set(side.voices.map((voice) => voice.root.side))].filter(Boolean);
  const dates = claims.map((claim) => claim.published).filter((day): day is string => day !== null).sort();
  const told = dispute.sides.find((one) => one.value === side.value)?.claims.length ?? claims.length;
  const reports = new Set(claims.map((claim) => claim.report)).size;
  const id = `version-${side.value.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`;
  let left = all ? Infinity : FIRST;
  return (
    <div class="version stack tight" role="listitem" aria-labelledby={id}>
      <h3 id={id} class="version-value" dir="auto">
        {ids.length > 0 ? <EntityList ids={ids} /> : versionText(dispute.kind, side.value)}
      </h3>
      <p class="small version-facts">
        {t('pages.dispute.voices', { n: side.voices.length })} · {t('pages.claims_n', { n: told })} · {t('pages.dispute.reports', { n: reports })}
        {dates.length > 0 && <> · {t('pages.dispute.said', { days: days(dates[0], dates[dates.length - 1]) })}</>}
      </p>
      {parties.length > 0 && <p class="row small">{parties.map((party) => <SideName key={party} side={party} />)}</p>}
      {side.voices.map((voice) => {
        const shown = voice.claims.slice(0, Math.max(0, left));
        left -= shown.length;
        if (shown.length === 0) return null;
        return (
          <div key={voice.root.id} class="voice">
            <h4 class="voice-name">
              <span class="muted small">{t('pages.dispute.root')}</span> <EntityLink id={voice.root.id} name={voice.root.name} side={voice.root.side} type="source" />
            </h4>
            {shown.map((claim) => <ClaimCard key={claim.id} claim={claim} hide={['kind', 'event']} />)}
          </div>
        );
      })}
      {!all && claims.length > FIRST && <Button look="quiet" onClick={() => setAll(true)}>{t('pages.all', { n: claims.length })}</Button>}
    </div>
  );
}
