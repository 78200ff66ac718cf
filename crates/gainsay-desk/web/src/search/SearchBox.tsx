/** The search at the top of every page: names as one types, everything else at Enter. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { get } from '../api/client';
import type { NameHit } from '../api/types';
import { pageOfEntity } from '../addresses';
import { t } from '../i18n';
import { navigate, path, search } from '../router';
import { typeWord } from '../ui/picker';
import { LONGEST } from './query';
import './search.css';

const WAIT_MS = 120;

/** Names that begin or sound as what is typed; a question that was overtaken by the next is given up. */
function useSuggestions(typed: string, wanted: boolean): NameHit[] {
  const [hits, setHits] = useState<{ of: string; items: NameHit[] }>({ of: '', items: [] });
  const q = typed.trim().slice(0, LONGEST);
  useEffect(() => {
    if (!wanted || q === '') return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      get<{ items: NameHit[] }>('suggest', { q }, abort.signal).then(({ items }) => setHits({ of: q, items }), () => undefined);
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [q, wanted]);
  return q === '' ? [] : hits.items;
}

export function SearchBox() {
  const there = path.value === '/search' ? (new URLSearchParams(search.value).get('q') ?? '') : '';
  const [typed, setTyped] = useState(there);
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  useEffect(() => setTyped(there), [there, path.value]);
  const hits = useSuggestions(typed, open).filter((hit) => pageOfEntity(hit.type, hit.id) !== null);
  const showing = open && hits.length > 0;

  const ask = () => {
    const q = typed.trim().slice(0, LONGEST);
    if (!q) return;
    setOpen(false);
    // What one narrowed the search by stays while one asks anew.
    const kept = new URLSearchParams(path.peek() === '/search' ? search.peek() : '');
    kept.set('q', q);
    navigate(`/search?${kept}`);
  };
  const go = (hit: NameHit) => {
    setOpen(false);
    setTyped('');
    navigate(pageOfEntity(hit.type, hit.id)!);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const hit = showing && at >= 0 ? hits[at] : undefined;
    if (hit) go(hit);
    else ask();
  };
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      if (showing) setOpen(false);
      else input.current?.blur();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && hits.length > 0) {
      setOpen(true);
      // One place more than there are names: back in what was typed.
      const places = hits.length + 1;
      setAt(((at + 1 + (event.key === 'ArrowDown' ? 1 : -1) + places) % places) - 1);
    } else return;
    event.preventDefault();
  };

  return (
    <form class="search-box" role="search" aria-label={t('search.label')} onSubmit={submit} onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOpen(false)}>
      <input
        id="search"
        ref={input}
        type="text"
        role="combobox"
        enterkeyhint="search"
        dir="auto"
        maxLength={LONGEST}
        autocomplete="off"
        aria-label={t('search.label')}
        aria-expanded={showing}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={showing && at >= 0 ? `${list}-${at}` : undefined}
        placeholder={t('search.placeholder')}
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(-1);
          setOpen(true);
        }}
        onKeyDown={key}
      />
      <ul id={list} class="suggestions plain" role="listbox" aria-label={t('search.suggestions')} hidden={!showing}>
        {hits.map((hit, index) => (
          <li
            key={`${hit.type}-${hit.id}`}
            id={`${list}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(hit)}
          >
            <bdi>{hit.name}</bdi>
            {hit.matched && hit.matched !== hit.name && <bdi class="muted"> {hit.matched}</bdi>}
            <span class="muted small">{typeWord(hit.type, hit.kind)}</span>
          </li>
        ))}
      </ul>
    </form>
  );
}
