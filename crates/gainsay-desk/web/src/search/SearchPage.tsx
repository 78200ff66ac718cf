/** What the ledger holds on some words: names in any spelling, reports with the words in view, claims. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { KINDS, type Kind, type NameHit, type SearchAnswer } from '../api/types';
import { useAnswer } from '../api/use';
import { pageOf, pageOfEntity } from '../addresses';
import { day, locale, number, t, word } from '../i18n';
import { Link, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Await, Button, ClaimCard, DateField, Empty, EntityPicker, Select, Tabs, TextField, useKeys } from '../ui';
import { asks, CLEARED, LIMIT, LONGEST, narrowed, params, SEARCH, WHERE, type Search } from './query';
import './search.css';

/** Languages that reports of this conflict are mostly written in. */
const LANGUAGES = ['ar', 'en', 'fr', 'tr', 'ku', 'ru', 'fa', 'he', 'de', 'es'];
const WAIT_MS = 200;
const MOST = 200;

export default function SearchPage() {
  const [search, setSearch] = useQuery(SEARCH);
  const [limit, setLimit] = useState(LIMIT);
  const wanted = asks(search);
  const answer = useAnswer<SearchAnswer>(wanted ? 'search' : null, params(search, limit));
  const results = useRef<HTMLDivElement>(null);
  const set = (change: Partial<Search>) => {
    setLimit(LIMIT);
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
    <Page title={search.q.trim() ? t('search.title_of', { q: search.q.trim().slice(0, 60) }) : t('search.title')}>
      <Words value={search.q} onValue={(q) => set({ q })} />
      <Tabs
        label={t('search.where')}
        tabs={WHERE.map((where) => ({ key: where, label: t(`search.in.${where}`), count: where === 'all' ? undefined : counts?.[where] }))}
        at={search.in}
        onTab={(where) => set({ in: where as Search['in'] })}
      />
      <Filters search={search} set={set} />
      {!wanted ? (
        <Empty hint={t('search.hint')}>{t('search.nothing_asked')}</Empty>
      ) : (
        <div ref={results}>
          <Await answer={answer}>
            {(found) => <Found found={found} search={search} more={limit < MOST ? () => setLimit(Math.min(MOST, limit * 3)) : null} />}
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

function Found({ found, search, more }: { found: SearchAnswer; search: Search; more: (() => void) | null }) {
  const { names, reports, claims } = found;
  const has = (where: Search['in']) => search.in === 'all' || search.in === where;
  const also = (found.terms ?? []).flatMap((term) => term.also.filter((one) => one !== term.typed));
  const none = names.length === 0 && reports.total === 0 && claims.total === 0;
  return (
    <div class="stack">
      <p class="muted small" role="status">
        {none ? '' : t('search.found', { reports: number(reports.total), claims: number(claims.total) })} {t('search.took', { ms: number(Math.round(found.took_ms)) })}
      </p>
      {also.length > 0 && (
        <p class="small">{t('search.also')} {also.slice(0, 12).map((one, at) => <span key={one}>{at > 0 && t('list.comma')}<bdi>{one}</bdi></span>)}</p>
      )}
      {none && <Empty hint={narrowed(search).length > 0 ? t('search.none.narrowed') : t('search.none.hint')}>{t('search.none')}</Empty>}
      {has('names') && names.length > 0 && (
        <section class="stack tight">
          <h2 class="section-head">{t('search.in.names')}</h2>
          <ul class="plain name-hits">{names.map((hit) => <li key={`${hit.type}-${hit.id}`}><NameLine hit={hit} /></li>)}</ul>
        </section>
      )}
      {has('reports') && reports.total > 0 && (
        <section class="stack tight">
          <h2 class="section-head">{t('search.in.reports')}</h2>
          <ol class="plain">
            {reports.items.map((report) => (
              <li key={report.id} class="report-hit">
                <h3>
                  <Link to={pageOf('report', report.id)} data-hit><bdi>{report.title || report.id}</bdi></Link>
                </h3>
                <p class="muted small">
                  {[report.publisher, day(report.published)].filter(Boolean).map((one, at) => <span key={at}>{at > 0 && ' · '}<bdi>{one}</bdi></span>)}
                </p>
                <p class="snippet" dir="auto" lang={report.language ?? undefined}>
                  {report.snippet.map((piece, at) => (piece.hit ? <mark key={at}>{piece.text}</mark> : <span key={at}>{piece.text}</span>))}
                </p>
              </li>
            ))}
          </ol>
          <More shown={reports.items.length} total={reports.total} more={more} />
        </section>
      )}
      {has('claims') && claims.total > 0 && (
        <section class="stack tight">
          <h2 class="section-head">{t('search.in.claims')}</h2>
          <div>
            {claims.items.map((card) => <div key={card.id} tabIndex={-1} data-hit><ClaimCard claim={card} /></div>)}
          </div>
          <More shown={claims.items.length} total={claims.total} more={more} />
        </section>
      )}
    </div>
  );
}

function More({ shown, total, more }: { shown: number; total: number; more: (() => void) | null }) {
  if (shown >= total) return null;
  return (
    <p class="row">
      <span class="muted small">{t('pager.of', { shown, n: total })}</span>
      {more ? <Button onClick={more}>{t('pager.more')}</Button> : <span class="muted small">{t('search.narrow')}</span>}
    </p>
  );
}

function NameLine({ hit }: { hit: NameHit }) {
  const to = pageOfEntity(hit.type, hit.id);
  return (
    <>
      {to ? <Link to={to} data-hit><bdi>{hit.name}</bdi></Link> : <bdi>{hit.name}</bdi>}{' '}
      <span class="muted small">
        {hit.kind ? word('entity_kind', hit.kind) : t(`entity.${hit.type}`)}
        {hit.matched && hit.matched !== hit.name && <> · {t('search.matched')} <bdi>{hit.matched}</bdi></>}
      </span>
    </>
  );
}
