/** A report: its text with every claim marked in it, and the reading behind each. */
import { Component } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Card, ReportAnswer } from '../api/types';
import { useAnswer } from '../api/use';
import { pageOf } from '../addresses';
import { day, knows, moment, number, t, word } from '../i18n';
import { text as textField } from '../query';
import { Link, navigate, useQuery } from '../router';
import type { PageParams } from '../routes';
import { Page } from '../shell/Page';
import { Await, Loading, ErrorBox } from '../ui/feedback';
import { useKeys } from '../ui/keys';
import { DecidedChip, KindChip, StatusChip } from '../ui/marks';
import { blocksOf, closest, FAMILIES, familyOf, inOrder, marksByBlock, marksOf, Points, stepTo, wordsOf } from './marks';
import { Fact, OutsideLink } from './parts';
import { Reading } from './reading';
import { Chunk, type Paragraph } from './report-text';

const QUERY = { claim: textField() };
/** Paragraphs in one chunk of the page; chunks out of sight are not laid out. */
const CHUNK = 24;

export default function ReportPage({ id = '' }: PageParams) {
  const answer = useAnswer<ReportAnswer>(`reports/${encodeURIComponent(id)}`);
  if (answer.error) return <Page title={id}><ErrorBox error={answer.error} again={answer.again} /></Page>;
  if (!answer.data) return <Page title={id} bare><Loading /></Page>;
  const { report } = answer.data;
  return (
    <Page
      title={report.title || report.id}
      over={<>{t('pages.report')} · {report.publisher ? <bdi>{report.publisher}</bdi> : t('pages.report.no_outlet')}{report.published && <> · {day(report.published)}</>}</>}
    >
      <Await answer={answer}>{(data) => <Marked key={data.report.id} data={data} />}</Await>
    </Page>
  );
}

function Marked({ data }: { data: ReportAnswer }) {
  const { report, claims } = data;
  const [query, setQuery] = useQuery(QUERY);
  const points = useMemo(() => new Points(report.text), [report.text]);
  const marks = useMemo(() => marksOf(claims, points), [claims, points]);
  const order = useMemo(() => inOrder(claims, marks), [claims, marks]);
  const chunks = useMemo(() => {
    const blocks = blocksOf(report.text);
    const byBlock = marksByBlock(blocks, marks);
    const paragraphs: Paragraph[] = blocks.map((block, n) => ({ block, marks: byBlock[n]! }));
    return Array.from({ length: Math.ceil(paragraphs.length / CHUNK) }, (_, n) => paragraphs.slice(n * CHUNK, (n + 1) * CHUNK));
  }, [report.text, marks]);
  const chosen = claims.findIndex((claim) => claim.id === query.claim);
  // Apart, so that a page that scrolls under the pointer takes nothing from who walks it by keys.
  const [over, setOver] = useState<number | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const shown = over ?? focused ?? (chosen >= 0 ? chosen : null);
  const words = useMemo(() => (shown === null ? null : wordsOf(claims[shown]!, points)), [shown, claims, points]);
  const body = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const latest = useRef(chosen);
  latest.current = chosen;

  const choose = (claim: number | null, how: { scroll?: boolean } = {}) => {
    setOver(null);
    setFocused(null);
    latest.current = claim ?? -1;
    setQuery({ claim: claim === null ? '' : claims[claim]!.id }, { replace: true });
    if (claim !== null && how.scroll) toMark(body.current, claim);
  };
  useEffect(() => {
    if (chosen >= 0) toMark(body.current, chosen, 'auto');
  }, []);
  useEffect(() => {
    const item = shown === null ? null : list.current?.querySelector<HTMLElement>(`[data-item="${shown}"]`);
    const box = list.current;
    // Only the list moves: the text stays where the eye is.
    if (item && box && (item.offsetTop < box.scrollTop || item.offsetTop + item.offsetHeight > box.scrollTop + box.clientHeight)) box.scrollTop = item.offsetTop - 40;
  }, [shown]);
  useKeys(t('pages.report'), [
    { key: 'n', label: t('pages.report.next'), do: () => choose(stepTo(order, chosen < 0 ? null : chosen, 1), { scroll: true }) },
    { key: 'p', label: t('pages.report.previous'), do: () => choose(stepTo(order, chosen < 0 ? null : chosen, -1), { scroll: true }) },
    { key: 'Enter', label: t('pages.report.why'), do: () => { if (chosen >= 0) navigate(pageOf('claim', claims[chosen]!.id)); } },
    { key: 'Escape', label: t('pages.report.none'), do: () => choose(null) },
  ]);

  const at = (event: Event): { all: number[]; begins: boolean } | null => {
    const mark = (event.target as Element).closest<HTMLElement>('[data-claims]');
    if (!mark) return null;
    return { all: mark.dataset.claims!.split(' ').map(Number), begins: mark.dataset.begins !== undefined };
  };
  const press = (event: Event) => {
    const hit = at(event);
    if (!hit) return;
    // A further press on words of several claims goes to the next of them.
    const next = hit.all.includes(chosen) && hit.all.length > 1 ? hit.all[(hit.all.indexOf(chosen) + 1) % hit.all.length]! : closest(hit.all, marks);
    choose(next === chosen ? null : next);
  };
  return (
    <div class="stack">
      <Facts data={data} />
      <Legend claims={claims} />
      <div class={`report-layout ${shown === null ? '' : 'has-shown'}`}>
        <article
          class="report-text"
          ref={body}
          lang={report.language ?? undefined}
          dir="auto"
          aria-label={t('pages.report.text')}
          onPointerOver={(event) => { if (event.pointerType === 'mouse') setOver(closest(at(event)?.all ?? [], marks)); }}
          onPointerLeave={() => setOver(null)}
          onFocusIn={(event) => { const hit = at(event); if (hit) setFocused(hit.all.includes(latest.current) ? null : closest(hit.all, marks)); }}
          onFocusOut={() => setFocused(null)}
          onClick={press}
          onKeyDown={(event) => {
            const hit = event.key === 'Enter' || event.key === ' ' ? at(event) : null;
            if (!hit) return;
            event.preventDefault();
            event.stopPropagation();
            if (event.key === 'Enter' && hit.all.includes(chosen)) navigate(pageOf('claim', claims[chosen]!.id));
            else press(event);
          }}
        >
          {chunks.map((paragraphs, n) => {
            const has = shown !== null && touches(paragraphs, shown, words);
            return <Chunk key={n} text={report.text} paragraphs={paragraphs} claims={claims} shown={has ? shown : null} words={has ? words : null} lang={report.language} />;
          })}
        </article>
        <aside class="report-aside" aria-label={t('pages.report.reading')}>
          {shown !== null ? (
            <Reading claim={claims[shown]!} points={points} asked={shown === chosen} onClose={() => choose(null)} />
          ) : (
            <p class="muted hint">{t('pages.report.hint', { n: claims.length })}</p>
          )}
          <ol
            class="plain claim-list"
            ref={list}
            tabIndex={0}
            aria-label={t('pages.report.claims')}
            onClick={(event) => {
              const item = (event.target as Element).closest<HTMLElement>('[data-item]');
              if (item) choose(Number(item.dataset.item), { scroll: true });
            }}
          >
            {order.map((n) => <Item key={n} n={n} claim={claims[n]!} shown={n === shown} chosen={n === chosen} />)}
          </ol>
        </aside>
      </div>
    </div>
  );
}

function touches(paragraphs: readonly Paragraph[], claim: number, words: readonly { start: number; end: number }[] | null): boolean {
  const [first, last] = [paragraphs[0]!.block.start, paragraphs[paragraphs.length - 1]!.block.end];
  return paragraphs.some(({ marks }) => marks.some((mark) => mark.claim === claim)) || (words ?? []).some((word) => word.start < last && word.end > first);
}

/** Brings a claim's words into view, and the focus to them, so that they are heard as well. */
function toMark(body: HTMLElement | null, claim: number, behavior: ScrollBehavior = 'smooth'): void {
  body?.querySelector<HTMLElement>(`[data-begins~="${claim}"]`)?.focus({ preventScroll: true });
  const mark = body?.querySelector<HTMLElement>(`[data-claims~="${claim}"]`);
  // On narrow screens the reading covers the lower half.
  mark?.scrollIntoView({ block: matchMedia('(max-width: 63.99rem)').matches ? 'start' : 'center', behavior });
}

interface ItemProps { n: number; claim: Card; shown: boolean; chosen: boolean }

/** A claim of the list; drawn again only when it is chosen or left, as there may be thousands. */
class Item extends Component<ItemProps> {
  override shouldComponentUpdate(next: ItemProps) {
    return next.claim !== this.props.claim || next.shown !== this.props.shown || next.chosen !== this.props.chosen;
  }
  override render() {
    const { n, claim, shown, chosen } = this.props;
    return (
      <li data-item={n} class={shown ? 'shown' : undefined}>
        <button type="button" aria-pressed={chosen}><Brief claim={claim} /></button>
      </li>
    );
  }
}

/** A claim in a line, without links: it stands on a button. */
function Brief({ claim }: { claim: Card }) {
  return (
    <>
      <span class={`family-mark family-${familyOf(claim.kind)}`} aria-hidden="true" />
      <span class="brief-chips">
        <KindChip kind={claim.kind} />
        <StatusChip status={claim.status} />
        <DecidedChip decided={claim.decided} proposed={claim.proposed} />
      </span>
      <span class="brief-words" dir="auto">{claim.evidence[0]?.exact ?? ''}</span>
    </>
  );
}

function Legend({ claims }: { claims: Card[] }) {
  const counts = new Map<string, number>();
  for (const claim of claims) counts.set(familyOf(claim.kind), (counts.get(familyOf(claim.kind)) ?? 0) + 1);
  return (
    <p class="report-legend small">
      {FAMILIES.filter((family) => counts.has(family)).map((family) => (
        <span key={family}>
          <span class={`claim-mark family-${family}`}>{t(`pages.family.${family}`)}</span> <span class="muted">{number(counts.get(family)!)}</span>
        </span>
      ))}
    </p>
  );
}

function Facts({ data }: { data: ReportAnswer }) {
  const { report, copies, copy_of } = data;
  const guessed = new Set(report.guessed.map((field) => field.toLowerCase()));
  const sure = (field: string, value: preact.ComponentChildren) => (guessed.has(field) ? <>{value} <span class="chip">{t('pages.report.guessed')}</span></> : value);
  return (
    <details class="report-facts">
      <summary>
        {t('pages.report.about')}
        {copy_of && <span class="chip">{t('claim.copy_of')}</span>}
        {copies.length > 0 && <span class="chip">{t('pages.report.copies_n', { n: copies.length })}</span>}
      </summary>
      <dl class="facts">
        <Fact name={t('pages.report.outlet')}>{report.publisher && sure('publisher', <bdi>{report.publisher}</bdi>)}</Fact>
        <Fact name={t('pages.report.published')}>{report.published && sure('published', day(report.published))}</Fact>
        <Fact name={t('pages.report.language')}>{report.language && sure('language', knows(`pages.language.${report.language}`) ? word('pages.language', report.language) : report.language)}</Fact>
        <Fact name={t('pages.report.url')}>{report.url && <OutsideLink url={report.url} />}</Fact>
        <Fact name={t('claim.copy_of')}>{copy_of && <Link to={pageOf('report', copy_of)}>{copy_of}</Link>}</Fact>
        <Fact name={t('pages.report.copies')}>
          {copies.map((copy, n) => <span key={copy}>{n > 0 && t('list.comma')}<Link to={pageOf('report', copy)}>{copy}</Link></span>)}
        </Fact>
        <Fact name={t('pages.report.added')}>{report.added_by ? t('pages.report.added_by', { at: moment(report.added_at), by: report.added_by }) : moment(report.added_at)}</Fact>
        <Fact name={t('pages.report.entry')}>{String(report.entry)}</Fact>
        <Fact name={t('pages.report.file')}>{report.raw_name && <bdi class="mono">{report.raw_name}</bdi>}</Fact>
        <Fact name={t('pages.report.bytes')}>{t('pages.report.size', { n: report.raw_size })}</Fact>
        <Fact name="SHA-256"><span class="mono" dir="ltr">{report.raw_sha256}</span></Fact>
        <Fact name={t('pages.report.tool')}>{report.tool && <bdi class="mono">{report.tool}</bdi>}</Fact>
      </dl>
    </details>
  );
}
