/** What is searched for, as it stands in the address. */
import { list, oneOf, text, type Query } from '../query';
import type { Params } from '../api/client';

export const WHERE = ['all', 'reports', 'claims', 'names'] as const;
export type Where = (typeof WHERE)[number];
export const SEARCH = {
  q: text(), in: oneOf(WHERE, 'all'), place: list(), from: text(), to: text(), outlet: text(), language: text(), kind: text(),
};
export type Search = Query<typeof SEARCH>;

/** As long as a question may be. */
export const LONGEST = 500;

/** Whether there is anything to ask for: a filter alone is the work of the lists. */
export function asks(search: Search): boolean {
  return search.q.trim() !== '';
}

/** The parameters of the request. A space at the end stays: it says that the last word is whole. */
export function params(search: Search): Params {
  const { q, place, from, to, outlet, language, kind } = search;
  return { q: q.trimStart().slice(0, LONGEST), in: search.in === 'all' ? null : search.in, place, from, to, outlet: outlet.trim(), language, kind };
}

/** Filters that are set, and would be cleared at once. */
export function narrowed(search: Search): (keyof Search)[] {
  return (['place', 'from', 'to', 'outlet', 'language', 'kind'] as const).filter((field) => search[field].length > 0);
}

export const CLEARED: Partial<Search> = { place: [], from: '', to: '', outlet: '', language: '', kind: '' };
