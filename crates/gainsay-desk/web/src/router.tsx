/** Addresses: the path and query as signals, links that do not reload, and the query of a page as typed state. */
import { computed, signal } from '@preact/signals';
import type { AnchorHTMLAttributes, ComponentChildren, TargetedMouseEvent } from 'preact';
import { readQuery, writeQuery, type Query } from './query';

export * from './query';

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

/** The page's query, and a function that changes some of it (in place with `replace`: for what changes as one types). */
export function useQuery<S extends object>(fields: S): [Query<S>, (change: Partial<Query<S>>, how?: { replace?: boolean }) => void] {
  const now = readQuery(fields, search.value);
  const set = (change: Partial<Query<S>>, how?: { replace?: boolean }) =>
    navigate(location.pathname + writeQuery(fields, location.search, change), how ?? {});
  return [now, set];
}
