/** Answers for components: asks when the address changes, keeps the old answer on screen while the new one is on its way. */
import { signal } from '@preact/signals';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { address, ApiError, get, type Params } from './client';
import type { Page } from './types';

export interface Answer<T> { data: T | undefined; error: ApiError | undefined; loading: boolean; again: () => void }

const KEPT = 40;
const kept = new Map<string, unknown>();

function keep(url: string, data: unknown): void {
  kept.delete(url);
  kept.set(url, data);
  if (kept.size > KEPT) kept.delete(kept.keys().next().value as string);
}

/** What was kept may no longer be so: after a decision, after new answers, for another account. */
export function forgetAnswers(): void {
  kept.clear();
}

/** The log entry of the answers that pages began with, or were last renewed to. */
export const renewed = signal<number | null>(null);

/** Asks anew for all that is on screen, which then stands as of this entry. */
export function renewAnswers(entry: number): void {
  forgetAnswers();
  renewed.value = entry;
}

/** A path of null asks nothing. The answer of an earlier visit is shown at once and asked for again. */
export function useAnswer<T>(path: string | null, params?: Params): Answer<T> {
  const url = path === null ? null : address(path, params);
  const [state, setState] = useState<{ url: string | null; data?: T; error?: ApiError }>({ url: null });
  const [round, setRound] = useState(0);
  const epoch = renewed.value;
  const latest = useRef<T | undefined>(undefined);
  useEffect(() => {
    if (path === null || url === null) return;
    const abort = new AbortController();
    get<T>(path, params, abort.signal).then(
      (data) => {
        keep(url, data);
        latest.current = data;
        setState({ url, data });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setState({ url, error: asApiError(error) });
      },
    );
    return () => abort.abort();
  }, [url, round, epoch]);
  const again = useCallback(() => setRound((n) => n + 1), []);
  if (state.url === url) return { data: state.data, error: state.error, loading: false, again };
  const before = url !== null ? (kept.get(url) as T | undefined) : undefined;
  return { data: before ?? latest.current, error: undefined, loading: url !== null, again };
}

export interface Pages<T> extends Answer<T[]> { total: number | null; more: (() => void) | null; loadingMore: boolean }

/** A paged list: the first page when the question changes, further ones on demand. */
export function usePages<T>(path: string, params?: Params): Pages<T> {
  const first = useAnswer<Page<T>>(path, params);
  const [rest, setRest] = useState<{ of: unknown; items: T[]; next: string | null; error?: ApiError }>();
  const [loadingMore, setLoadingMore] = useState(false);
  const added = rest && rest.of === first.data ? rest : undefined;
  const next = added ? added.next : (first.data?.next ?? null);
  const more = async () => {
    const of = first.data;
    setLoadingMore(true);
    try {
      const page = await get<Page<T>>(path, { ...params, after: next });
      setRest({ of, items: [...(added?.items ?? []), ...page.items], next: page.next });
    } catch (error) {
      setRest({ of, items: added?.items ?? [], next, error: asApiError(error) });
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    data: first.data ? [...first.data.items, ...(added?.items ?? [])] : undefined,
    error: first.error ?? added?.error,
    loading: first.loading,
    again: first.again,
    total: first.data?.total ?? null,
    more: next && !loadingMore ? () => void more() : null,
    loadingMore,
  };
}

export function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : new ApiError(0, 'unexpected', error instanceof Error ? error.message : String(error));
}
