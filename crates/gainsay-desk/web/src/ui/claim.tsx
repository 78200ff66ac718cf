/** A claim as a card: its sentence, the words it hangs on, who passes it on, what was decided. */
import type { ComponentChildren } from 'preact';
import type { Card, Link as Source, Quote as Words } from '../api/types';
import { pageOf } from '../addresses';
import { day, t } from '../i18n';
import { Link } from '../router';
import { DecidedChip, EntityLink, KindChip, StatusChip } from './marks';
import { Sentence } from './sentence';
import './claim.css';

/** Words of a report with what stands around them: text, never markup. */
export function Quote({ quote, lang }: { quote: Words; lang?: string | undefined }) {
  return (
    <blockquote class="quote" dir="auto" lang={lang}>
      <span class="muted">{quote.before && `…${quote.before.trimStart()}`}</span>
      <mark>{quote.exact}</mark>
      <span class="muted">{quote.after && `${quote.after.trimEnd()}…`}</span>
    </blockquote>
  );
}

/** From the page where it stands inward, and last its root. */
export function Chain({ chain, outlet }: { chain: Source[]; outlet?: string | null }) {
  if (chain.length === 0) return outlet ? <bdi>{outlet}</bdi> : null;
  return (
    <ol class="chain plain" aria-label={t('chain.label')}>
      {chain.map((one, at) => (
        <li key={`${one.id}-${at}`} class={at === chain.length - 1 ? 'root' : undefined}>
          {at > 0 && <span class="arrow"><span aria-hidden="true">{t('chain.arrow')}</span><span class="visually-hidden">{t('chain.quotes')}</span></span>}
          <EntityLink id={one.id} name={one.name} side={one.side} type="source" />
        </li>
      ))}
    </ol>
  );
}

export interface ClaimCardProps {
  claim: Card;
  /** What else to show at its foot: buttons to decide with. */
  foot?: ComponentChildren;
  /** Left out where the page is the claim's report or event. */
  hide?: readonly ('report' | 'event' | 'kind')[];
  /** Only the sentence and the first quote. */
  short?: boolean;
  chosen?: boolean;
  headingLevel?: 3 | 4;
}

export function ClaimCard({ claim, foot, hide = [], short = false, chosen = false }: ClaimCardProps) {
  const quotes: Words[] = claim.quotes.length ? claim.quotes : claim.evidence.map((one) => ({ before: '', exact: one.exact, after: '' }));
  return (
    <article class={`claim ${claim.decided === 'rejected' ? 'rejected' : ''} ${chosen ? 'chosen' : ''}`} id={`claim-${claim.id}`}>
      <header class="row">
        {!hide.includes('kind') && <KindChip kind={claim.kind} />}
        <StatusChip status={claim.status} />
        {claim.unverified && <span class="chip">{t('claim.unverified')}</span>}
        <DecidedChip decided={claim.decided} proposed={claim.proposed} />
        <span class="claim-date muted small">{claim.published && t('claim.said_on', { day: day(claim.published) })}</span>
      </header>
      <p class="claim-sentence"><Sentence claim={claim} /></p>
      {quotes.slice(0, short ? 1 : 4).map((quote, at) => <Quote key={at} quote={quote} />)}
      {!short && (
        <footer class="claim-foot small">
          <Chain chain={claim.chain} outlet={claim.outlet} />
          <div class="row">
            {!hide.includes('report') && (
              <Link to={`${pageOf('report', claim.report)}?claim=${encodeURIComponent(claim.id)}`}>{t('claim.report')}</Link>
            )}
            {!hide.includes('event') && claim.event && <Link to={pageOf('event', claim.event)}>{t('claim.event')}</Link>}
            <Link to={pageOf('claim', claim.id)}>{t('claim.why')}</Link>
            {claim.copy_of && <Link to={pageOf('report', claim.copy_of)}>{t('claim.copy_of')}</Link>}
          </div>
          {claim.reader && !claim.reader.startsWith('gainsay') && <span class="muted">{t('claim.reader', { reader: claim.reader })}</span>}
        </footer>
      )}
      {foot && <div class="row claim-act">{foot}</div>}
    </article>
  );
}
