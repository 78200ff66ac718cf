/** The question a list is asked with, kept in the address: place, actor, source, kind, days, as known by, according to. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Params } from '../api/client';
import { KINDS, type Kind } from '../api/types';
import { t, word } from '../i18n';
import { list, text, useQuery, type Query } from '../router';
import { Button, DateField, Select } from './controls';
import { EntityPicker } from './picker';
import './filter.css';

export const ASK = {
  place: list(), actor: list(), source: list(), kind: text(), report: text(), event: text(), from: text(), to: text(), known_by: text(),
  according_to: text(),
};
export type Ask = Query<typeof ASK>;
export type AskField = keyof Ask;

/** The ask of the address, and a function that changes some of it. */
export function useAsk(): [Ask, (change: Partial<Ask>) => void] {
  return useQuery(ASK);
}

export function askParams(ask: Ask): Params {
  return { ...ask };
}

export interface FilterBarProps {
  ask: Ask;
  onAsk: (change: Partial<Ask>) => void;
  /** Which of the fields this list can be asked by. */
  fields: readonly AskField[];
  children?: ComponentChildren;
}

export function FilterBar({ ask, onAsk, fields, children }: FilterBarProps) {
  const has = (field: AskField) => fields.includes(field);
  const set = fields.filter((field) => ask[field].length > 0);
  const clear = () => onAsk(Object.fromEntries(set.map((field) => [field, Array.isArray(ask[field]) ? [] : ''])) as Partial<Ask>);
  const [open, setOpen] = useState(false);
  return (
    <form class={`filter folds ${open ? 'open' : ''}`} role="search" aria-label={t('filter.label')} onSubmit={(event) => event.preventDefault()}>
      <Button class="fold" aria-expanded={open} onClick={() => setOpen(!open)}>{t('filter.fold', { set: set.length > 0 ? set.length : null })}</Button>
      {(['place', 'actor', 'source'] as const).filter(has).map((field) => (
        <EntityPicker key={field} label={t(`filter.${field}`)} type={field} value={ask[field]} onValue={(ids) => onAsk({ [field]: ids })} />
      ))}
      {has('kind') && (
        <Select
          label={t('filter.kind')}
          value={ask.kind as Kind | ''}
          options={[{ value: '', label: t('filter.any_kind') }, ...KINDS.map((kind) => ({ value: kind, label: word('kind', kind) }))]}
          onValue={(kind) => onAsk({ kind })}
        />
      )}
      {has('from') && <DateField label={t('filter.from')} value={ask.from} onValue={(from) => onAsk({ from })} />}
      {has('to') && <DateField label={t('filter.to')} value={ask.to} edge="last" onValue={(to) => onAsk({ to })} />}
      {has('known_by') && <DateField label={t('filter.known_by')} value={ask.known_by} edge="last" onValue={(known_by) => onAsk({ known_by })} />}
      {has('according_to') && (
        <EntityPicker
          label={t('filter.according_to')}
          type="source"
          single
          value={ask.according_to ? [ask.according_to] : []}
          onValue={([according_to = '']) => onAsk({ according_to })}
        />
      )}
      {children}
      {set.length > 0 && <Button look="quiet" onClick={clear}>{t('filter.clear')}</Button>}
    </form>
  );
}
