/** Addresses: the path and query as signals, links that do not reload, and the query of a page as typed state. */
import { computed, signal } from '@preact/signals';
import type { AnchorHTMLAttributes, ComponentChildren, TargetedMouseEvent } from 'preact';

const here = signal({ path: location.pathname, search: location.search });
export const path = computed(() => here.value.path);
export const search = computed(() => here.value.search);

function read(): void {
  here.value = { path: location.pathname, search: location.search };
}

addEventListener('popstate', read);

/** Goes to an address of the desk. A new page begins at its top; a changed query stays where one was. */
export function navigate(to: string, how: { replace?: boolean } = {}): void {
  const from = location.pathname;
  if (how.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  read();
  if (location.pathname !== from) scrollTo(0, 0);
}

/** Leaves clicks that ask for a new tab or a download to the browser. */
function plain(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  to: string;
  replace?: boolean;
  children?: ComponentChildren;
  class?: string;
}

export function Link({ to, replace, children, onClick, ...rest }: LinkProps) {
  const go = (event: TargetedMouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !plain(event)) return;
    event.preventDefault();
    navigate(to, { replace: replace ?? false });
  };
  return (
    <a {...(rest as object)} href={to} onClick={go}>
      {children}
    </a>
  );
}

/** The parts of a path that a pattern such as `/place/:id` names; null where it does not fit. */
export function match(pattern: string, at: string): Record<string, string> | null {
  const want = pattern.split('/').filter(Boolean);
  const have = at.split('/').filter(Boolean);
  if (want.length !== have.length) return null;
  const parts: Record<string, string> = {};
  for (let i = 0; i < want.length; i++) {
    const name = want[i]!;
    if (name.startsWith(':')) {
      try {
        parts[name.slice(1)] = decodeURIComponent(have[i]!);
      } catch {
        return null;
      }
    } else if (name !== have[i]) {
      return null;
    }
  }
  return parts;
}

// The query as state

/** How a field of the query is read and written. '' stands for not there. */
export interface Field<T> { read: (all: string[]) => T; write: (value: T) => string[] }
export type Query<S> = { [K in keyof S]: S[K] extends Field<infer T> ? T : never };

export const text = (otherwise = ''): Field<string> => ({
  read: (all) => all[0] ?? otherwise,
  write: (value) => (value === otherwise || value === '' ? [] : [value]),
});
export const list = (): Field<string[]> => ({ read: (all) => all.filter(Boolean), write: (value) => value });
export const flag = (): Field<boolean> => ({ read: (all) => all[0] === 'true' || all[0] === '1', write: (value) => (value ? ['true'] : []) });
export const whole = (otherwise: number): Field<number> => ({
  read: (all) => (/^-?\d{1,9}$/.test(all[0] ?? '') ? Number(all[0]) : otherwise),
  write: (value) => (value === otherwise ? [] : [String(value)]),
});
export function oneOf<T extends string>(words: readonly T[], otherwise: T): Field<T> {
  return {
    read: (all) => (words.includes(all[0] as T) ? (all[0] as T) : otherwise),
    write: (value) => (value === otherwise ? [] : [value]),
  };
}

export function readQuery<S extends Record<string, Field<never>> | object>(fields: S, query: string): Query<S> {
  const params = new URLSearchParams(query);
  const out: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(fields) as [string, Field<unknown>][]) out[key] = field.read(params.getAll(key));
  return out as Query<S>;
}

/** The query with some fields changed; fields that the page does not name stay as they are. */
export function writeQuery<S extends object>(fields: S, query: string, change: Partial<Query<S>>): string {
  const params = new URLSearchParams(query);
  for (const [key, value] of Object.entries(change)) {
    const field = (fields as Record<string, Field<unknown>>)[key];
    if (!field) continue;
    params.delete(key);
    for (const one of field.write(value)) params.append(key, one);
  }
  const out = params.toString();
  return out ? `?${out}` : '';
}

/** The page's query, and a function that changes some of it (in place with `replace`: for what changes as one types). */
export function useQuery<S extends object>(fields: S): [Query<S>, (change: Partial<Query<S>>, how?: { replace?: boolean }) => void] {
  const now = readQuery(fields, search.value);
  const set = (change: Partial<Query<S>>, how?: { replace?: boolean }) =>
    navigate(location.pathname + writeQuery(fields, location.search, change), how ?? {});
  return [now, set];
}
