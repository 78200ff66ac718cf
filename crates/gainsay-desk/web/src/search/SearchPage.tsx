/** What the ledger holds on some words: names in any spelling, reports with the words in view, claims. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type ApiError, get } from '../api/client';
import { KINDS, type Hits, type Kind, type NameHit, type ReportHit, type SearchAnswer } from '../api/types';
import { asApiError, useAnswer } from '../api/use';
import { pageOf, pageOfEntity } from '../addresses';
import { day, locale, number, t, word } from '../i18n';
import { Link, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Await, Button, ClaimCard, DateField, Empty, EntityPicker, ErrorBox, Pager, Select, Tabs, TextField, typeWord, useKeys } from '../ui';
import { asks, CLEARED, LONGEST, narrowed, params, SEARCH, WHERE, type Search } from './query';
import './search.css';

/** Languages that reports of this conflict are mostly written in. */
const LANGUAGES = ['ar', 'en', 'fr', 'tr', 'ku', 'ru', 'fa', 'he', 'de', 'es'];
const WAIT_MS = 200;

export default function SearchPage() {
  const [search, setSearch] = useQuery(SEARCH);
  const wanted = asks(search);
  const answer = useAnswer<SearchAnswer>(wanted ? 'search' : null, params(search));
  const results = useRef<HTMLDivElement>(null);
  const set = (change: Partial<Search>) => {
    setSearch(change, { replace: true });
  };
  const step = (by: 1 | -1) => {
    const all = [...(results.current?.querySelectorAll<HTMLElement>('[data-hit]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[at < 0 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))]?.focus();
  };
  useKeys(t('search.keys'), [
    { key: 'j', label: t('search.do.next'), do: () => step(1) },
    { key: 'k', label: t('search.do.previous'), do: () => step(-1) },
  ]);
  const counts = answer.data && wanted
    ? { names: answer.data.names.length, reports: answer.data.reports.total, claims: answer.data.claims.total }
    : undefined;
  return (
    <Page title={search.q.trim() ? t('search.title_of', { q: `\u2068${search.q.trim().slice(0, 60)}\u2069` }) : t('search.title')}>
      <Words value={search.q} onValue={(q) => set({ q })} />
      <Tabs
        label={t('search.where')}
        tabs={WHERE.map((where) => ({ key: where, label: t(`search.in.${where}`), count: where === 'all' ? undefined : (counts?.[where] ?? undefined) }))}
        at={search.in}
        onTab={(where) => set({ in: where as Search['in'] })}
      />
      <Filters search={search} set={set} />
      {!wanted ? (
        <Empty hint={t('search.hint')}>{t('search.nothing_asked')}</Empty>
      ) : (
        <div ref={results}>
          <Await answer={answer}>
            {(found) => <Found found={found} search={search} />}
          </Await>
        </div>
      )}
    </Page>
  );
}

/** The words, asked for as one types. */
function Words({ value, onValue }: { value: string; onValue: (q: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onValue(typed.slice(0, LONGEST)), WAIT_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <form class="search-words" role="search" aria-label={t('search.title')} onSubmit={(event) => { event.preventDefault(); onValue(typed.slice(0, LONGEST)); }}>
      <TextField type="search" label={t('search.words')} hint={t('search.words_hint')} value={typed} maxLength={LONGEST} autocomplete="off" onValue={setTyped} />
    </form>
  );
}

function Filters({ search, set }: { search: Search; set: (change: Partial<Search>) => void }) {
  const names = new Intl.DisplayNames(locale.value, { type: 'language' });
  const on = narrowed(search);
  const [open, setOpen] = useState(on.length > 0 && matchMedia('(min-width: 45rem)').matches);
  return (
    <details class="search-filters" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('filter.label')}{on.length > 0 && <span class="muted"> · {t('search.filters', { n: on.length })}</span>}</summary>
      <form class="filter" aria-label={t('filter.label')} onSubmit={(event) => event.preventDefault()}>
        <EntityPicker label={t('filter.place')} type="place" value={search.place} onValue={(place) => set({ place })} />
        <DateField label={t('search.said_from')} value={search.from} onValue={(from) => set({ from })} />
        <DateField label={t('search.said_to')} value={search.to} edge="last" onValue={(to) => set({ to })} />
        <Late label={t('search.outlet')} value={search.outlet} onValue={(outlet) => set({ outlet })} />
        <Select label={t('search.language')} value={search.language} options={[{ value: '', label: t('search.any') }, ...LANGUAGES.map((code) => ({ value: code, label: names.of(code) ?? code }))]} onValue={(language) => set({ language })} />
        <Select<Kind | ''> label={t('filter.kind')} value={search.kind as Kind | ''} options={[{ value: '', label: t('filter.any_kind') }, ...KINDS.map((kind) => ({ value: kind, label: word('kind', kind) }))]} onValue={(kind) => set({ kind })} />
        {on.length > 0 && <Button look="quiet" onClick={() => set(CLEARED)}>{t('filter.clear')}</Button>}
      </form>
    </details>
  );
}

/** A field that asks when one leaves it or presses Enter. */
function Late({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => typed.trim() !== value && onValue(typed.trim());
  return (
    <div onFocusOut={commit} onKeyDown={(event) => event.key === 'Enter' && commit()}>
      <TextField label={label} value={typed} maxLength={200} onValue={setTyped} />
    </div>
  );
}

function Found({ found, search }: { found: SearchAnswer; search: Search }) {
  const { names, reports, claims } = found;
  const has = (where: Search['in']) => search.in === 'all' || search.in === where;
  const also = [...new Set((found.also ?? []).flatMap(({ typed, spellings }) => spellings.filter((one) => one !== typed)))];
  const none = names.length === 0 && reports.items.length === 0 && claims.items.length === 0;
  return (
    <div class="stack">
      <p class="muted small" role="status">
        {none ? '' : t('search.found', { reports: count(reports), claims: count(claims) })} {t('search.took', { ms: number(Math.round(found.took_ms)) })}
      </p>
      {also.length > 0 && (
        <p class="small">
          {t('search.also')} {also.slice(0, SPELLINGS).map((one, at) => <span key={one}>{at > 0 && t('list.comma')}<bdi>{one}</bdi></span>)}
          {also.length > SPELLINGS && <span class="muted"> {t('list.more', { n: also.length - SPELLINGS })}</span>}
        </p>
      )}
      {none && <Empty hint={narrowed(search).length > 0 ? t('search.none.narrowed') : t('search.none.hint')}>{t('search.none')}</Empty>}
      {has('names') && names.length > 0 && (
        <section class="stack tight">
          <h2 class="section-head">{t('search.in.names')}</h2>
          <ul class="plain name-hits">{names.map((hit) => <li key={`${hit.type}-${hit.id}`}><NameLine hit={hit} /></li>)}</ul>
        </section>
      )}
      {has('reports') && reports.items.length > 0 && (
        <section class="stack tight">
          <h2 class="section-head">{t('search.in.reports')}</h2>
          <Part search={search} of="reports" first={reports} id={(report) => report.id} one={(report) => <ReportLine report={report} />} />
        </section>
      )}
      {has('claims') && claims.items.length > 0 && (
        <section class="stack tight">
          <h2 class="section-head">{t('search.in.claims')}</h2>
          <Part search={search} of="claims" first={claims} id={(card) => card.id} one={(card) => <div tabIndex={-1} data-hit><ClaimCard claim={card} /></div>} />
        </section>
      )}
    </div>
  );
}

/** So many other spellings are told. */
const SPELLINGS = 12;

/** How many there are, or at least are. */
function count<T>({ total, items, next }: Hits<T>): string {
  return total === null ? (next ? t('search.or_more', { n: number(items.length) }) : number(items.length)) : number(total);
}

interface PartProps<T> { search: Search; of: 'reports' | 'claims'; first: Hits<T>; id: (one: T) => string; one: (one: T) => ComponentChildren }

/** What was found of one sort, and further pages of it on demand. */
function Part<T>({ search, of, first, id, one }: PartProps<T>) {
  const [rest, setRest] = useState<{ of: Hits<T>; items: T[]; next: string | null }>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const added = rest?.of === first ? rest : undefined;
  const items = [...first.items, ...(added?.items ?? [])];
  const next = added ? added.next : (first.next ?? null);
  const more = async () => {
    setBusy(true);
    setError(null);
    try {
      const answer = await get<Record<typeof of, Hits<T>>>('search', { ...params(search), in: of, after: next });
      setRest({ of: first, items: [...(added?.items ?? []), ...answer[of].items], next: answer[of].next ?? null });
    } catch (thrown) {
      setError(asApiError(thrown));
    }
    setBusy(false);
  };
  return (
    <>
      <ol class="plain">{items.map((hit) => <li key={id(hit)}>{one(hit)}</li>)}</ol>
      {error && <ErrorBox error={error} />}
      {(next || busy) && <Pager shown={items.length} total={first.total} more={() => void more()} loading={busy} />}
    </>
  );
}

function ReportLine({ report }: { report: ReportHit }) {
  return (
    <div class="report-hit">
      <h3><Link to={pageOf('report', report.id)} data-hit><bdi>{report.title || report.id}</bdi></Link></h3>
      <p class="muted small">
        {[report.publisher, day(report.published)].filter(Boolean).map((one, at) => <span key={at}>{at > 0 && ' · '}<bdi>{one}</bdi></span>)}
      </p>
      <p class="snippet" dir="auto" lang={report.language ?? undefined}>
        {report.snippet.map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>))}
      </p>
    </div>
  );
}

function NameLine({ hit }: { hit: NameHit }) {
  const to = pageOfEntity(hit.type, hit.id);
  return (
    <>
      {to ? <Link to={to} data-hit><bdi>{hit.name}</bdi></Link> : <bdi>{hit.name}</bdi>}{' '}
      <span class="muted small">
        {typeWord(hit.type, hit.kind)}
        {hit.matched && hit.matched !== hit.name && <> · {t('search.matched')} <bdi>{hit.matched}</bdi></>}
      </span>
    </>
  );
}
