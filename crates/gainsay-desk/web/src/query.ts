/** Paths and queries as values: what a pattern names in a path, and the query of an address as typed fields. */

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
