/**
 * What somebody has typed and not yet sent. Kept for this tab under the name of who typed it, so that neither a reload nor a session
 * that ran out loses it, and the next person at this desk does not read it.
 */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { me } from './api/client';

/** A longer text would fill the browser's store and slow down typing; it lives as long as the page does. */
const LONGEST = 300_000;
const WAIT_MS = 250;

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

function tab(): Store | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

export function keyOf(who: string, what: string): string {
  return `gainsay.draft.${who}.${what}`;
}

/** The draft kept for this, laid over the empty one: fields that a newer page has are there too. */
export function kept<T extends object>(who: string, what: string, empty: T, store: Store | null = tab()): T {
  try {
    const text = store?.getItem(keyOf(who, what));
    const found: unknown = text ? JSON.parse(text) : null;
    return found && typeof found === 'object' ? { ...empty, ...found } : empty;
  } catch {
    return empty;
  }
}

/** Keeps a draft; what is as empty as it began, is forgotten. */
export function keep<T extends object>(who: string, what: string, draft: T, empty: T, store: Store | null = tab()): void {
  try {
    const text = JSON.stringify(draft);
    if (text === JSON.stringify(empty)) store?.removeItem(keyOf(who, what));
    else if (text.length <= LONGEST) store?.setItem(keyOf(who, what), text);
  } catch {
    // A full or forbidden store: the page still holds it.
  }
}

export interface Draft<T> { value: T; set: (change: Partial<T>) => void; clear: () => void }

/** A draft as state of a component; `what` may change, and each has its own. */
export function useDraft<T extends object>(what: string, empty: T): Draft<T> {
  // After a reload the page may stand before it is known who reads it.
  const who = me.value?.name ?? '';
  const now = useRef<{ who: string; what: string; value: T; empty: T; waiting: ReturnType<typeof setTimeout> | undefined } | null>(null);
  const [, draw] = useState(0);
  const flush = useCallback(() => {
    const at = now.current;
    if (!at || at.waiting === undefined) return;
    clearTimeout(at.waiting);
    at.waiting = undefined;
    keep(at.who, at.what, at.value, at.empty);
  }, []);
  if (now.current?.what !== what || now.current.who !== who) {
    flush();
    now.current = { who, what, value: kept(who, what, empty), empty, waiting: undefined };
  }
  useEffect(() => {
    addEventListener('pagehide', flush);
    return () => {
      removeEventListener('pagehide', flush);
      flush();
    };
  }, []);
  const set = useCallback((change: Partial<T>) => {
    const at = now.current!;
    at.value = { ...at.value, ...change };
    clearTimeout(at.waiting);
    at.waiting = setTimeout(flush, WAIT_MS);
    draw((n) => n + 1);
  }, []);
  const clear = useCallback(() => {
    const at = now.current!;
    at.value = at.empty;
    clearTimeout(at.waiting);
    at.waiting = undefined;
    keep(at.who, at.what, at.value, at.empty);
    draw((n) => n + 1);
  }, []);
  return { value: now.current.value, set, clear };
}
