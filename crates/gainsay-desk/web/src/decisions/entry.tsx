/** Decisions in words: what was decided, by whom, when, why, and whether it still holds. */
import type { ComponentChildren } from 'preact';
import type { Count, Decision, Entry, Id, Span } from '../api/types';
import { pageOf } from '../addresses';
import { days, moment, number, rich, t, word } from '../i18n';
import { Link } from '../router';
import { countText, EntityLink } from '../ui';

function ClaimLink({ id }: { id: Id }) {
  return <Link class="mono" to={pageOf('claim', id)}><bdi>{id}</bdi></Link>;
}

/** A new value of a claim as text: words as they are, the rest as it is written down. */
function valueText(value: unknown, field = ''): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return t('decision.nothing');
  if (field === 'status' || field === 'kind' || field === 'cut') return [value].flat().map((one) => word(field, String(one))).join(t('list.comma'));
  if (typeof value === 'boolean') return t(value ? 'decision.yes' : 'decision.no');
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map((one) => (Array.isArray(one) ? String(one[1] ?? one[0]) : valueText(one))).join(t('list.comma'));
  const known = value as Partial<Count & Span>;
  if (known.what !== undefined) return countText({ ...known, what: known.what, low: known.low ?? null, high: known.high ?? null });
  if (known.start !== undefined || known.end !== undefined) return days(known.start, known.end);
  return Object.entries(value as Record<string, unknown>)
    .filter(([, one]) => one !== null)
    .map(([key, one]) => `${word('decision.field', key)} ${String(one)}`)
    .join(t('list.comma'));
}

function values(of: Record<string, unknown>): ComponentChildren {
  return Object.entries(of).map(([field, value], at) => (
    <span key={field}>
      {at > 0 && t('list.comma')}
      {word('decision.field', field)}: <bdi>{valueText(value, field)}</bdi>
    </span>
  ));
}

/** What a decision says, in one sentence. */
export function DecisionText({ decision }: { decision: Decision }) {
  const key = `decision.${decision.decision}`;
  switch (decision.decision) {
    case 'confirm':
    case 'reject':
      return <>{rich(key, { claim: <ClaimLink id={decision.claim} /> })}</>;
    case 'correct':
      return <>{rich(key, { claim: <ClaimLink id={decision.claim} />, values: values(decision.values) })}</>;
    case 'merge':
    case 'split':
      return <>{rich(key, { a: <EntityLink id={decision.a} />, b: <EntityLink id={decision.b} /> })}</>;
    case 'one-event':
    case 'two-events':
      return <>{rich(key, { a: <ClaimLink id={decision.a} />, b: <ClaimLink id={decision.b} /> })}</>;
    case 'link':
      return <>{rich(key, { mention: <bdi>{decision.mention}</bdi>, id: <EntityLink id={decision.id} />, of: <bdi class="mono">{decision.of}</bdi>, slot: word('decision.field', decision.slot) })}</>;
    case 'rate':
      return <>{rich(key, { source: <EntityLink id={decision.source} type="source" />, letter: <strong>{decision.letter}</strong>, since: decision.since ?? null })}</>;
    case 'undo':
      return <>{rich(key, { entry: <a href={`#entry-${decision.undoes}`}>{number(decision.undoes)}</a> })}</>;
  }
}

/** An entry of the log. */
export function EntryLine({ entry, foot }: { entry: Entry; foot?: ComponentChildren }) {
  return (
    <article class={`entry ${entry.undone_by === null ? '' : 'undone'}`} id={`entry-${entry.entry}`}>
      <p class="small muted">
        <span class="mono">{entry.entry}</span> · <bdi>{entry.by}</bdi> · <time dateTime={entry.at}>{moment(entry.at)}</time>
      </p>
      <p class="entry-text"><DecisionText decision={entry} /></p>
      {entry.why && <p class="entry-why" dir="auto">{entry.why}</p>}
      {entry.undone_by !== null && <p class="small">{rich('decision.undone_by', { entry: <a href={`#entry-${entry.undone_by}`}>{number(entry.undone_by)}</a> })}</p>}
      {foot && <div class="entry-act">{foot}</div>}
    </article>
  );
}
