/** Finding an entity as one types its name, in any spelling or script. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { get } from '../api/client';
import { learn, learnt, nameOf } from '../api/names';
import type { EntityType, Id, NameHit } from '../api/types';
import { t, word } from '../i18n';
import { Field } from './controls';
import './picker.css';

export interface EntityPickerProps {
  label: string;
  type?: 'place' | 'actor' | 'source';
  /** Chosen ids; names that are no id are given on as typed. */
  value: Id[];
  onValue: (ids: Id[]) => void;
  /** One only: choosing replaces. */
  single?: boolean;
  bare?: boolean;
  placeholder?: string;
}

export function EntityPicker({ label, type, value, onValue, single = false, bare = false, placeholder }: EntityPickerProps) {
  const [typed, setTyped] = useState('');
  const [hits, setHits] = useState<NameHit[]>([]);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const list = useId();
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (typed.trim() === '') {
      setHits([]);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      get<{ items: NameHit[] }>('suggest', { q: typed, type }, abort.signal).then(
        ({ items }) => {
          setHits(items);
          setAt(-1);
        },
        () => {},
      );
    }, 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [typed, type]);

  // Ids that came with the address and that no answer has named yet.
  const nameless = value.filter((id) => learnt.value >= 0 && !nameOf(id)).join('\n');
  useEffect(() => {
    const abort = new AbortController();
    for (const id of nameless.split('\n').filter(Boolean)) {
      get<{ items: NameHit[] }>('suggest', { q: id, type }, abort.signal).then(
        ({ items }) => {
          const hit = items.find((one) => one.id === id);
          if (hit) learn({ [id]: { name: hit.name, type: hit.type, kind: hit.kind, side: '' } });
        },
        () => {},
      );
    }
    return () => abort.abort();
  }, [nameless]);

  const choose = (hit: NameHit) => {
    learn({ [hit.id]: nameOf(hit.id) ?? { name: hit.name, type: hit.type, kind: hit.kind, side: '' } });
    take(hit.id);
  };
  const take = (id: Id) => {
    onValue(single ? [id] : value.includes(id) ? value : [...value, id]);
    setTyped('');
    setHits([]);
    setOpen(false);
  };
  const drop = (id: Id) => {
    onValue(value.filter((one) => one !== id));
    input.current?.focus();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (hits.length === 0) return;
      event.preventDefault();
      setOpen(true);
      setAt((at + (event.key === 'ArrowDown' ? 1 : at < 0 ? 0 : -1) + hits.length) % hits.length);
    } else if (event.key === 'Enter' && typed.trim()) {
      event.preventDefault();
      const hit = hits[Math.max(at, 0)];
      if (hit) choose(hit);
      else take(typed.trim());
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    } else if (event.key === 'Backspace' && typed === '' && value.length > 0) {
      drop(value[value.length - 1]!);
    }
  };

  const showing = open && typed.trim() !== '';
  return (
    <Field label={label} bare={bare}>
      {(props) => (
        <div class="picker" onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOpen(false)}>
          <div class="picker-box">
            {value.map((id) => (
              <button key={id} type="button" class="picked" title={t('picker.remove', { name: nameOf(id)?.name ?? id })} onClick={() => drop(id)}>
                <bdi>{nameOf(id)?.name ?? id}</bdi> <span aria-hidden="true">×</span>
                <span class="visually-hidden">{t('picker.remove_short')}</span>
              </button>
            ))}
            <input
              {...props}
              ref={input}
              role="combobox"
              aria-expanded={showing}
              aria-controls={list}
              aria-autocomplete="list"
              aria-activedescendant={showing && at >= 0 ? `${list}-${at}` : undefined}
              autocomplete="off"
              dir="auto"
              maxLength={200}
              placeholder={value.length ? undefined : (placeholder ?? t('picker.any'))}
              value={typed}
              onInput={(event) => {
                setTyped(event.currentTarget.value);
                setOpen(true);
              }}
              onKeyDown={key}
            />
          </div>
          <ul id={list} class="picker-list plain" role="listbox" aria-label={label} hidden={!showing}>
            {hits.map((hit, index) => (
              <li
                key={`${hit.type}-${hit.id}`}
                id={`${list}-${index}`}
                role="option"
                aria-selected={index === at}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(hit)}
              >
                <bdi>{hit.name}</bdi>
                {hit.matched && hit.matched !== hit.name && <bdi class="muted"> {hit.matched}</bdi>}
                <span class="muted small"> {typeWord(hit.type, hit.kind)}</span>
              </li>
            ))}
            {hits.length === 0 && <li class="muted" role="option" aria-selected="false" aria-disabled="true">{t('picker.none')}</li>}
          </ul>
        </div>
      )}
    </Field>
  );
}

/** What sort of place, actor or source it is. */
export function typeWord(type: EntityType, kind: string): string {
  if (!kind) return t(`entity.${type}`);
  return type === 'place' ? word('place_kind', kind) : word('entity_kind', kind);
}
