/** The queue of review: one item at a time, those that would change most of what is published first; settled with keys alone. */
import { useEffect, useState } from 'preact/hooks';
import { me } from '../api/client';
import { on } from '../api/live';
import type { QueueItem } from '../api/types';
import { usePages } from '../api/use';
import { kept } from '../draft';
import { dir, number, t } from '../i18n';
import { oneOf, text, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Button, Empty, ErrorBox, FilterBar, Loading, Pager, Select, Tabs, toast, useKeys, type Ask } from '../ui';
import { Bulk } from './bulk';
import { draftOf, Item } from './item';
import { List } from './list';
import { Proposals } from './proposals';
import { touches } from './settle';
import { lastTaken, takeBack, taken, takenOf, wholly } from './take';
import './queue.css';

const QUERY = {
  tab: oneOf(['items', 'bulk', 'proposals'] as const, 'items'), what: text(), place: text(), from: text(), to: text(), item: text(),
};
/** An item that is sought is sought among so many. */
const SOUGHT = 400;
/** The sorts of items that one can ask for alone. */
const WHATS = ['same event', 'same name', 'link', 'claim', 'doer', 'occurrence', 'reading'] as const;

export default function QueuePage() {
  const [query, setQuery] = useQuery(QUERY);
  const eyes = me.value?.settings.second_eyes ?? false;
  const tabs = [
    { key: 'items', label: t('queue.tab.items') },
    ...(me.value?.may.decide ? [{ key: 'bulk', label: t('queue.tab.bulk') }] : []),
    ...(eyes || query.tab === 'proposals' ? [{ key: 'proposals', label: t('queue.tab.proposals') }] : []),
  ];
  return (
    <Page title={t('queue.title')}>
      <Tabs label={t('queue.title')} tabs={tabs} at={query.tab} onTab={(tab) => setQuery({ tab: tab as typeof query.tab })} />
      {query.tab === 'bulk' ? <Bulk /> : query.tab === 'proposals' ? <Proposals /> : <Items query={query} setQuery={setQuery} />}
    </Page>
  );
}

type Query = ReturnType<typeof useQuery<typeof QUERY>>;

function Items({ query, setQuery }: { query: Query[0]; setQuery: Query[1] }) {
  const { what, place, from, to } = query;
  const pages = usePages<QueueItem>('queue', { what, place, from, to });
  const [elsewhere, setElsewhere] = useState<ReadonlyMap<string, string>>(new Map());
  const items = pages.data ?? [];
  const found = items.findIndex((item) => item.id === query.item);
  const at = found >= 0 ? found : Math.max(0, items.findIndex((item) => !takenOf(item.id)));
  const item = items[at];

  useEffect(() => on('decision', (event) => {
    if (event.by === me.peek()?.name) return;
    const touched = items.filter((one) => touches(one, event.claims));
    if (touched.length > 0) setElsewhere((before) => new Map([...before, ...touched.map((one) => [one.id, event.by] as const)]));
  }), [items]);
  // Whoever nears the end of what is loaded finds the rest there; whoever comes back to an item, that item.
  const sought = query.item !== '' && found < 0 && pages.data !== undefined;
  const seeking = sought && items.length < SOUGHT && (pages.more !== null || pages.loadingMore);
  useEffect(() => {
    if (seeking || at >= items.length - 5) pages.more?.();
  }, [at, items.length, seeking]);
  const gone = sought && !seeking && !pages.loading ? query.item : null;

  const go = (to: number) => {
    const next = items[to];
    if (!next) return;
    setQuery({ item: next.id }, { replace: true });
    scrollTo({ top: 0 });
  };
  const done = () => {
    const open = (from: number) => items.findIndex((one, index) => index >= from && index !== at && !takenOf(one.id));
    const next = open(at + 1) >= 0 ? open(at + 1) : open(0);
    if (next >= 0) go(next);
  };
  const undo = async () => {
    const one = lastTaken();
    if (!one) return toast(t('queue.undo.nothing'));
    const failed = await takeBack(one);
    if (failed) return toast(wholly(failed), { bad: true });
    toast(t('queue.undone', { said: one.said }));
    if (items.some((other) => other.id === one.item)) setQuery({ item: one.item }, { replace: true });
  };
  const look = () => {
    setElsewhere(new Map());
    pages.again();
  };
  const [asking, setAsking] = useState(false);
  const step = (by: number) => go(Math.min(items.length - 1, Math.max(0, at + by)));
  // Up and down scroll the evidence; the other two step through the queue as it is read.
  const ahead = dir.value === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  useKeys(t('queue.keys.list'), [
    { key: 'j', label: t('queue.do.next'), do: () => step(1) },
    { key: 'k', label: t('queue.do.previous'), do: () => step(-1) },
    { key: ahead, label: t('queue.do.next'), do: () => step(1) },
    { key: ahead === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight', label: t('queue.do.previous'), do: () => step(-1) },
    { key: 'u', label: t('queue.do.undo'), do: () => void undo() },
    { key: 'f', label: t('queue.do.filter'), do: () => setAsking(!asking) },
  ]);

  const ask = { place: place ? [place] : [], from, to, actor: [], source: [], kind: '', report: '', event: '', known_by: '', according_to: '' } satisfies Ask;
  const narrowed = what !== '' || place !== '' || from !== '' || to !== '';
  const settledHere = taken.value.filter((one) => !one.undone).length;
  return (
    <>
      <div class="row spread queue-head-row">
        <div class="queue-intro muted small">
        <p role="status">
          {pages.total === null ? '' : t('queue.waiting', { n: pages.total })}
          {settledHere > 0 && <> · {t('queue.settled', { n: settledHere })}</>}
        </p>
        <p>{t('queue.intro')}</p>
        </div>
        <div class="row">
          <Button aria-expanded={asking || narrowed} hotkey="f" onClick={() => setAsking(!asking)}>{t('queue.do.filter')}</Button>
        </div>
      </div>
      {(asking || narrowed) && (
        <FilterBar ask={ask} fields={['place', 'from', 'to']} onAsk={(change) => setQuery({ ...pick(change), item: '' })}>
          <Select
            label={t('queue.filter.what')}
            value={what}
            options={[{ value: '', label: t('queue.filter.any') }, ...WHATS.map((one) => ({ value: one as string, label: t(`queue.what.${one.replace(' ', '-')}`) }))]}
            onValue={(next) => setQuery({ what: next, item: '' })}
          />
        </FilterBar>
      )}
      {gone !== null && <Gone item={gone} />}
      {pages.error ? (
        <ErrorBox error={pages.error} again={pages.again} />
      ) : !pages.data ? (
        <Loading />
      ) : !item ? (
        <Empty hint={narrowed ? t('queue.empty.narrowed') : t('queue.empty.hint')}>{t('queue.empty')}</Empty>
      ) : (
        <div class="queue">
          <div class="queue-side">
            <div class="queue-step row spread">
              <Button disabled={at === 0} hotkey="k" onClick={() => step(-1)}>{t('queue.do.previous')}</Button>
              <span class="small">{t('queue.position', { at: number(at + 1), of: number(pages.total ?? items.length) })}</span>
              <Button disabled={at >= items.length - 1} hotkey="j" onClick={() => step(1)}>{t('queue.do.next')}</Button>
            </div>
            <details class="queue-all" open={matchMedia('(min-width: 68rem)').matches}>
              <summary>{t('queue.list')}</summary>
              <List items={items} at={item.id} elsewhere={elsewhere} onChoose={(id) => setQuery({ item: id }, { replace: true })} />
              <Pager shown={items.length} total={pages.total} more={pages.more} loading={pages.loadingMore} />
            </details>
          </div>
          <Item key={item.id} item={item} elsewhere={elsewhere.get(item.id)} onDone={done} onLook={look} onUndo={() => void undo()} />
        </div>
      )}
    </>
  );
}

/** The item that one was on is no longer there; what one had written on it is not thrown away. */
function Gone({ item }: { item: string }) {
  const { why } = kept(me.value?.name ?? '', draftOf(item), { why: '' });
  return (
    <p class="queue-notice" role="status">
      {t('queue.gone')}
      {why && <> {t('queue.gone.wrote')} <bdi>{t('queue.quoted', { words: why })}</bdi></>}
    </p>
  );
}

function pick({ place, from, to }: Partial<Ask>): Partial<Query[0]> {
  // The queue is of one place at a time: the last one picked.
  return { ...(place && { place: place.at(-1) ?? '' }), ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
}
