/** Figures of a toll, and the table that lists are made of. */
import type { ComponentChildren } from 'preact';
import type { Toll as Figures } from '../api/types';
import { dir, number, t } from '../i18n';
import { Button } from './controls';
import './figures.css';

/** "5–7" of a count, "≥ 5", "≤ 7", "5". */
export function range(low: number | null, high: number | null): string {
  if (low === null && high === null) return t('toll.unsaid');
  const figure = high === null ? `≥\u202f${number(low)}` : low === null ? `≤\u202f${number(high)}` : low === high ? number(low) : `${number(low)}–${number(high)}`;
  // Kept from being turned round between Arabic words, where ≥ would look like ≤.
  return dir.value === 'rtl' ? `\u2066${figure}\u2069` : figure;
}

/** Low–best–high, the best one strong; the spread as a bar where `of` says what the bar's whole is. */
export function Toll({ toll, label }: { toll: Figures | null | undefined; label?: string }) {
  if (!toll || (toll.low === null && toll.best === null && toll.high === null)) return <span class="muted">{t('toll.unsaid')}</span>;
  const { low, best, high } = toll;
  const one = low === best && best === high;
  return (
    <span class="toll" dir="ltr" aria-label={label ?? t('toll.read', { low: number(low), best: number(best), high: number(high) })}>
      {one || best === null ? null : <span class="edge">{low === null ? '?' : number(low)}</span>}
      <strong>{best === null ? range(low, high) : number(best)}</strong>
      {one || best === null ? null : <span class="edge">{high === null ? '?' : number(high)}</span>}
    </span>
  );
}

export interface Column<T> {
  key: string;
  label: string;
  cell: (row: T) => ComponentChildren;
  /** Numbers stand at the end. */
  number?: boolean;
  /** What the list can be ordered by. */
  sort?: string;
  /** Left out on narrow screens. */
  spare?: boolean;
}

export interface TableProps<T> {
  /** What the table shows, for those who do not see it. */
  caption: string;
  columns: Column<T>[];
  rows: T[];
  id: (row: T, at: number) => string;
  sort?: string;
  onSort?: (sort: string) => void;
}

/** Rows and columns; those that can be ordered have a button for a head. */
export function Table<T>({ caption, columns, rows, id, sort, onSort }: TableProps<T>) {
  return (
    <div class="table-box" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const by = column.sort !== undefined && column.sort === sort;
              return (
                <th key={column.key} scope="col" class={cls(column)} aria-sort={column.sort && onSort ? (by ? 'descending' : 'none') : undefined}>
                  {column.sort && onSort ? (
                    <button type="button" onClick={() => onSort(column.sort!)}>
                      {column.label} <span aria-hidden="true">{by ? '▾' : '↕'}</span>
                    </button>
                  ) : (
                    column.label
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={id(row, at)}>
              {columns.map((column) => (
                <td key={column.key} class={cls(column)} data-label={column.label}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function cls<T>(column: Column<T>): string | undefined {
  return [column.number && 'number', column.spare && 'spare'].filter(Boolean).join(' ') || undefined;
}

/** How many of how many, and more of them. */
export function Pager({ shown, total, more, loading = false }: { shown: number; total: number | null; more: (() => void) | null; loading?: boolean }) {
  return (
    <div class="pager row">
      <span class="muted small" role="status">{total === null ? t('pager.shown', { n: shown }) : t('pager.of', { shown, n: total })}</span>
      {(more || loading) && <Button busy={loading} onClick={() => more?.()}>{t('pager.more')}</Button>}
    </div>
  );
}

export interface Tab { key: string; label: string; count?: number | undefined }

/** One of several views: arrows move between them. */
export function Tabs({ label, tabs, at, onTab }: { label: string; tabs: Tab[]; at: string; onTab: (key: string) => void }) {
  const step = (event: KeyboardEvent, from: number) => {
    const ahead = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = ahead === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const to = event.key === ahead ? from + 1 : event.key === back ? from - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? tabs.length - 1 : null;
    if (to === null) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length]!;
    onTab(next.key);
    (event.currentTarget as HTMLElement).parentElement?.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.key)}"]`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label={label}>
      {tabs.map((tab, index) => (
        <button
          key={tab.key}
          type="button"
          role="tab"
          data-tab={tab.key}
          aria-selected={tab.key === at}
          tabIndex={tab.key === at ? 0 : -1}
          onClick={() => onTab(tab.key)}
          onKeyDown={(event) => step(event, index)}
        >
          {tab.label} {tab.count !== undefined && <span class="muted">{number(tab.count)}</span>}
        </button>
      ))}
    </div>
  );
}
