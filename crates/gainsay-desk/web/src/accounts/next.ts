/** Where to go after signing in: an address of this desk, whatever the query says. */
export function inside(next: string | null): string {
  if (!next || !next.startsWith('/')) return '/';
  // "//host" and "/\host" are other hosts to a browser.
  if (/^\/[/\\]/.test(next) || /[\u0000-\u001f]/.test(next) || next.startsWith('/signin')) return '/';
  return next;
}
