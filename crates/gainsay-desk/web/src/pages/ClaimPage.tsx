/** Why: everything behind a claim. Its words, each value with its rule, whom its names were taken for, its chain, decisions, custody. */
import type { Card, ClaimAnswer, Difference, Why } from '../api/types';
import { useAnswer } from '../api/use';
import { pageOf } from '../addresses';
import { day, t, word } from '../i18n';
import { EntryLine } from '../decisions/entry';
import { Link } from '../router';
import type { PageParams } from '../routes';
import { Page } from '../shell/Page';
import { Chain, Quote } from '../ui/claim';
import { Await, ErrorBox, Loading } from '../ui/feedback';
import { DecidedChip, KindChip, StatusChip } from '../ui/marks';
import { Sentence } from '../ui/sentence';
import { Fact, OutsideLink, Section } from './parts';
import { Links, valueOf, ValueTable, type Value } from './reading';
import { capital } from './titles';

export default function ClaimPage({ id = '' }: PageParams) {
  const answer = useAnswer<ClaimAnswer>(`claims/${encodeURIComponent(id)}`);
  if (answer.error) return <Page title={id}><ErrorBox error={answer.error} again={answer.again} /></Page>;
  if (!answer.data) return <Page title={id} bare><Loading /></Page>;
  const { claim } = answer.data.why;
  return (
    <Page
      title={t('pages.claim.title', { kind: capital(word('kind', claim.kind)), id: claim.id })}
      over={<><KindChip kind={claim.kind} /> <StatusChip status={claim.status} /> <DecidedChip decided={claim.decided} proposed={claim.proposed ?? null} /> {claim.private && <span class="chip">{t('pages.claim.private')}</span>} {t('pages.claim')}</>}
      aside={<Link class="button" to={`${pageOf('report', claim.report)}?claim=${encodeURIComponent(claim.id)}`}>{t('pages.claim.in_report')}</Link>}
    >
      <Await answer={answer}>{(data) => <Body why={data.why} />}</Await>
    </Page>
  );
}

/** The rows of the table of values: each slot once, with all words it was read from. */
export function rowsOf(claim: Card, values: Why['values']): Value[] {
  const rows = new Map<string, Value>();
  for (const line of values) {
    const row = rows.get(line.slot) ?? { slot: line.slot, value: valueOf(claim, line.slot) ?? line.value, words: [], rules: [] };
    if (line.words && !row.words.includes(line.words)) row.words.push(line.words);
    if (!row.rules.includes(line.rule)) row.rules.push(line.rule);
    rows.set(line.slot, row);
  }
  return [...rows.values()];
}

/** What other readers of the report read of it, or which reading stands in its place. */
function Readings({ claim }: { claim: Card }) {
  const others = claim.readings ?? [];
  if (claim.weighed !== false && others.length === 0) return null;
  return (
    <Section title={t('pages.claim.readings')}>
      {claim.weighed === false && (claim.beside
        ? <p class="note"><Link to={pageOf('claim', claim.beside)}>{t('pages.claim.readings.beside')}</Link></p>
        : <p class="note">{t('pages.claim.readings.alone', { reader: claim.reader })}</p>)}
      <Differs differs={(claim.differs ?? []).map(({ slot, stands, beside }) => ({ slot, stands: beside, beside: stands }))} />
      {others.map((other) => (
        <div key={other.claim}>
          <p><Link to={pageOf('claim', other.claim)}>{t(other.differs.length > 0 ? 'pages.claim.readings.differs' : 'pages.claim.readings.same', { reader: other.reader })}</Link></p>
          <Differs differs={other.differs} />
        </div>
      ))}
    </Section>
  );
}

/** Each value that differs: here, and there. */
function Differs({ differs }: { differs: readonly Difference[] }) {
  if (differs.length === 0) return null;
  return (
    <ul class="small">
      {differs.map(({ slot, stands, beside }) => (
        <li key={slot}>{t('pages.claim.readings.value', { slot: word('pages.slot', slot), here: stands || '–', there: beside || '–' })}</li>
      ))}
    </ul>
  );
}

function Body({ why }: { why: Why }) {
  const { claim } = why;
  return (
    <div class="stack">
      <p class="lead"><Sentence claim={claim} /></p>
      <Section title={t('pages.claim.words')}>
        {why.quotes.map((quote, n) => <Quote key={n} quote={quote} />)}
        <p class="small">
          <Link to={`${pageOf('report', claim.report)}?claim=${encodeURIComponent(claim.id)}`}><bdi>{why.title || claim.report}</bdi></Link>
          {claim.outlet && <> · <bdi>{claim.outlet}</bdi></>}{claim.published && <> · {day(claim.published)}</>}
          {claim.unverified && <> · {t('claim.unverified')}</>}
        </p>
      </Section>
      <Section title={t('pages.reading.values')}><ValueTable values={rowsOf(claim, why.values)} /></Section>
      {why.links.length > 0 && <Section title={t('pages.reading.links')} count={why.links.length}><Links links={why.links} /></Section>}
      <Readings claim={claim} />
      <Section title={t('chain.label')}>
        <Chain chain={why.chain} outlet={claim.outlet} />
        {why.copy_of && <p class="note">{t('pages.claim.copy')} <Link to={pageOf('report', why.copy_of)}><bdi>{why.copy_of}</bdi></Link></p>}
        {why.rating && <p>{t('pages.claim.rating', { rating: why.rating })} <span class="muted small">{word('pages.letter', why.rating[0])}; {word('pages.credibility', why.rating.slice(1))}</span></p>}
      </Section>
      <p class="row">
        {claim.event && <Link to={pageOf('event', claim.event)}>{t('claim.event')}</Link>}
        {claim.part_of && <Link to={pageOf('claim', claim.part_of)}>{t('pages.claim.part_of')}</Link>}
      </p>
      <Section title={t('nav.decisions')} count={why.decisions.length}>
        {why.decisions.length === 0 && <p class="muted">{t('pages.claim.undecided')}</p>}
        {why.decisions.map((entry) => <EntryLine key={entry.entry} entry={entry} />)}
      </Section>
      <Section title={t('pages.claim.custody')}>
        <dl class="facts">
          <Fact name={t('pages.report.entry')}>{String(why.entry)}</Fact>
          <Fact name="SHA-256"><span class="mono" dir="ltr">{why.raw_sha256}</span></Fact>
          <Fact name={t('pages.report.url')}>{why.url && <OutsideLink url={why.url} />}</Fact>
          <Fact name={t('pages.claim.reader')}><bdi class="mono">{claim.reader}</bdi></Fact>
          <Fact name={t('pages.claim.id')}><bdi class="mono">{claim.id}</bdi></Fact>
        </dl>
      </Section>
    </div>
  );
}
