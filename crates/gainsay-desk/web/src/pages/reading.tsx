/** The reading behind a claim: each value, the words it was read from and the rule; whom names were taken for; who passes it on. */
import type { ComponentChildren } from 'preact';
import type { Card, Id, Slot, ClaimAnswer } from '../api/types';
import { useAnswer } from '../api/use';
import { pageOf } from '../addresses';
import { days, number, t, word } from '../i18n';
import { reasonText } from '../queue/reason';
import { Link } from '../router';
import { Chain } from '../ui/claim';
import { DecidedChip, EntityLink, KindChip, StatusChip } from '../ui/marks';
import { countText, Sentence } from '../ui/sentence';
import type { Points } from './marks';

const SLOTS: readonly Slot[] = ['kind', 'status', 'actor', 'target', 'place', 'time', 'count', 'means', 'source'];

export interface Value { slot: Slot; value: ComponentChildren; words: string[]; rules: string[] }

/** What a claim says in a slot, as people read it. */
export function valueOf(claim: Card, slot: Slot): ComponentChildren {
  switch (slot) {
    case 'kind': return word('kind', claim.kind);
    case 'status': return word('status', claim.status);
    case 'time': return claim.time ? days(claim.time.start, claim.time.end) : null;
    case 'count': return claim.count ? countText(claim.count) : null;
    case 'means': return claim.means ? <bdi>{word('pages.means', claim.means)}</bdi> : null;
    default: {
      const all = claim[slot];
      const ids: (Id | null)[] = claim[`${slot}_id`];
      return all.length === 0 ? null : all.map(([mention, name], n) => (
        <span key={n}>
          {n > 0 && t('list.comma')}
          <EntityLink id={ids[n] ?? null} mention={mention} name={name ?? null} />
        </span>
      ));
    }
  }
}

/** The slots that say something, each with its words and rules. */
export function valuesOf(claim: Card, words: (start: number, end: number) => string): Value[] {
  return SLOTS.map((slot) => {
    const grounds = (claim.grounds ?? []).filter((one) => one.slot === slot);
    return {
      slot,
      value: valueOf(claim, slot),
      words: [...new Set(grounds.map((one) => words(one.start, one.end)).filter(Boolean))],
      rules: [...new Set(grounds.map((one) => one.rule))],
    };
  }).filter(({ slot, value, words }) => words.length > 0 || (value !== null && !(slot === 'status' && claim.status === 'asserted')));
}

export function ValueTable({ values }: { values: Value[] }) {
  return (
    <table class="values">
      <caption class="visually-hidden">{t('pages.reading.values')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('pages.reading.slot')}</th>
          <th scope="col">{t('pages.reading.value')}</th>
          <th scope="col">{t('pages.reading.words')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ slot, value, words, rules }) => (
          <tr key={slot}>
            <th scope="row">{t(`pages.slot.${slot}`)}</th>
            <td>{value}</td>
            <td>
              {words.map((one, n) => <q key={n} dir="auto" class="read-words">{one}</q>)}
              {words.length === 0 && <span class="muted">{t('pages.reading.no_words')}</span>}
              {rules.length > 0 && <span class="rule-name muted mono"><bdi dir="ltr">{rules.join(', ')}</bdi></span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type LinkLine = ClaimAnswer['why']['links'][number];

/** How much speaks for a link, in words: its score is in hundredths of a natural logarithm of odds. */
export function sureness(score: number): 'no' | 'weak' | 'fair' | 'strong' {
  return score <= 0 ? 'no' : score < 150 ? 'weak' : score < 400 ? 'fair' : 'strong';
}

export function Links({ links }: { links: LinkLine[] }) {
  if (links.length === 0) return null;
  return (
    <ul class="plain links-list">
      {links.map((link, n) => (
        <li key={n}>
          <span class="muted small">{t(`pages.slot.${link.slot}`)}</span> <q dir="auto">{link.mention}</q> <span aria-hidden="true">{t('pages.arrow')}</span> <EntityLink id={link.id} />
          <span class="muted small">
            {' '}
            {t(`pages.link.${sureness(link.score)}`)} ({number(link.score)})
            {link.reason && <> · <bdi>{reasonText(link.reason)}</bdi></>}
            {link.note && <> · <bdi>{link.note}</bdi></>}
          </span>
          {link.others.length > 0 && (
            <span class="others small">
              {t('pages.link.others')}{' '}
              {link.others.map((id, at) => <span key={id}>{at > 0 && t('list.comma')}<EntityLink id={id} /></span>)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The panel beside a report's text. Links and decisions are asked for once one stays on a claim. */
export function Reading({ claim, points, asked, onClose }: { claim: Card; points: Points; asked: boolean; onClose?: () => void }) {
  const why = useAnswer<ClaimAnswer>(asked ? `claims/${encodeURIComponent(claim.id)}` : null);
  const links = asked && why.data?.why.claim.id === claim.id ? why.data.why.links : null;
  return (
    <div class="reading stack tight">
      <header class="row">
        <KindChip kind={claim.kind} />
        <StatusChip status={claim.status} />
        <DecidedChip decided={claim.decided} proposed={claim.proposed} />
        {onClose && <button type="button" class="button quiet reading-close" aria-label={t('close')} onClick={onClose}>×</button>}
      </header>
      <p class="claim-sentence"><Sentence claim={claim} /></p>
      <ValueTable values={valuesOf(claim, (start, end) => points.slice(start, end))} />
      {links && links.length > 0 && (
        <div>
          <h2>{t('pages.reading.links')}</h2>
          <Links links={links} />
        </div>
      )}
      <div>
        <h2>{t('chain.label')}</h2>
        <Chain chain={claim.chain} outlet={claim.outlet} />
      </div>
      <nav class="row small" aria-label={t('claim.links')}>
        <Link to={pageOf('claim', claim.id)}>{t('claim.why')}</Link>
        {claim.event && <Link to={pageOf('event', claim.event)}>{t('claim.event')}</Link>}
      </nav>
    </div>
  );
}
