/** Answers for the map: kept while one moves through time, asked for ahead while it plays, never shown out of order. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { address, get, type ApiError, type Params } from '../api/client';
import { answers } from '../api/live';
import type { MapAnswer } from '../api/types';
import { asApiError } from '../api/use';

/** A store of answers by address: the oldest go first, one asked for twice is fetched once. */
export class Store<T> {
  private readonly kept = new Map<string, T>();
  private readonly coming = new Map<string, Promise<T>>();

  constructor(private readonly fetch: (url: string) => Promise<T>, private readonly most = 80) {}

  has(url: string): T | undefined {
    const found = this.kept.get(url);
    if (found !== undefined) {
      this.kept.delete(url);
      this.kept.set(url, found);
    }
    return found;
  }

  async ask(url: string): Promise<T> {
    const here = this.has(url);
    if (here !== undefined) return here;
    let coming = this.coming.get(url);
    if (!coming) {
      coming = this.fetch(url).then((answer) => {
        // Forgotten meanwhile: what comes now may be old, and is not kept.
        if (this.coming.get(url) === coming) this.keep(url, answer);
        return answer;
      });
      this.coming.set(url, coming);
      const done = () => this.coming.get(url) === coming && this.coming.delete(url);
      coming.then(done, done);
    }
    return coming;
  }

  /** Asks for what will be wanted soon; failures show when it is wanted. */
  ahead(urls: readonly string[]): void {
    for (const url of urls) if (this.coming.size < 4) this.ask(url).catch(() => {});
  }

  forget(): void {
    this.kept.clear();
    this.coming.clear();
  }

  private keep(url: string, answer: T): void {
    this.kept.set(url, answer);
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value as string);
  }
}

/** Goes from answer to answer: one is under way at a time, and of all that were wanted meanwhile only the last is asked for. */
export class Latest<T> {
  private wanted: string | null = null;
  private busy = false;
  private over = false;

  constructor(private readonly store: Store<T>, private readonly show: (url: string, answer: T | null, error: unknown) => void) {}

  want(url: string): void {
    this.wanted = url;
    const here = this.store.has(url);
    if (here !== undefined) this.show(url, here, null);
    else if (!this.busy) void this.go(url);
  }

  end(): void {
    this.over = true;
  }

  private async go(url: string): Promise<void> {
    this.busy = true;
    let answer: T | null = null;
    let error: unknown = null;
    try {
      answer = await this.store.ask(url);
    } catch (reason) {
      error = reason;
    }
    this.busy = false;
    if (this.over) return;
    const next = this.wanted;
    // Shown on the way too, so that a dragged slider shows something; but not after what was wanted last has been shown.
    if (next === url || (answer !== null && next !== null && this.store.has(next) === undefined)) this.show(url, answer, error);
    if (next !== null && next !== url && this.store.has(next) === undefined) void this.go(next);
  }
}

const store = new Store<MapAnswer>((url) => get<MapAnswer>(url));
let madeUpTo: number | undefined;

const url = (params: Params) => address('map', params).slice('/api/'.length);

/** The answer for one map; the one before stays until it comes. */
export function useTold(params: Params | null): { data: MapAnswer | null; loading: boolean; error: ApiError | null; again: () => void } {
  const [state, setState] = useState<{ url: string; data: MapAnswer | null; error: ApiError | null }>({ url: '', data: null, error: null });
  const [round, setRound] = useState(0);
  const latest = useRef<Latest<MapAnswer> | undefined>(undefined);
  latest.current ??= new Latest(store, (of, data, error) =>
    setState((before) => ({ url: of, data: data ?? before.data, error: error ? asApiError(error) : null })));
  const wanted = params && url(params);
  const now = answers.value;
  const entry = now?.fresh ? now.entry : madeUpTo;
  useEffect(() => {
    if (entry !== madeUpTo) {
      if (madeUpTo !== undefined) store.forget();
      madeUpTo = entry;
    }
    if (wanted !== null) latest.current!.want(wanted);
  }, [wanted, round, entry]);
  useEffect(() => () => latest.current?.end(), []);
  return { data: state.data, loading: wanted !== null && state.url !== wanted, error: state.error, again: () => setRound((n) => n + 1) };
}

/** Asks for what playing will show next. */
export function askAhead(all: readonly Params[]): void {
  store.ahead(all.map(url));
}
