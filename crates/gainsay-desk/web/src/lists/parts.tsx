/** What all lists are made of: the question above, the rows, how many of how many. */
import { useEffect, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Params } from '../api/client';
import { usePages } from '../api/use';
import { t } from '../i18n';
import { Page } from '../shell/Page';
import { Await, Empty, Pager, Table, TextField, type Column } from '../ui';
import './lists.css';

export interface ListPageProps<T> {
  title: string;
  /** What the list is, in one sentence. */
  what: string;
  path: string;
  params: Params;
  filter: ComponentChildren;
  columns: Column<T>[];
  id: (row: T) => string;
  sort?: string;
  onSort?: (sort: string) => void;
}

export function ListPage<T>({ title, what, path, params, filter, columns, id, sort, onSort }: ListPageProps<T>) {
  const list = usePages<T>(path, params);
  return (
    <Page title={title}>
      <p class="muted">{what}</p>
      {filter}
      <Await answer={list}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty hint={t('lists.none_hint')}>{t('lists.none')}</Empty>
          ) : (
            <>
              <Table caption={title} columns={columns} rows={rows} id={id} {...(sort !== undefined && onSort ? { sort, onSort } : {})} />
              <Pager shown={rows.length} total={list.total} more={list.more} loading={list.loadingMore} />
            </>
          )
        }
      </Await>
    </Page>
  );
}

/** A line of text that asks once one pauses. */
export function AskText({ label, value, onValue }: { label: string; value: string; onValue: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onValue(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return <TextField label={label} type="search" maxLength={200} value={typed} onValue={setTyped} />;
}

/** A word that must fit as a whole: asked for when it is written, not while it is. */
export function AskWord({ label, value, onValue }: { label: string; value: string; onValue: (text: string) => void }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const commit = () => typed.trim() !== value && onValue(typed.trim());
  return (
    <div onFocusOut={commit} onKeyDown={(event) => event.key === 'Enter' && commit()}>
      <TextField label={label} type="search" maxLength={200} value={typed} onValue={setTyped} />
    </div>
  );
}
