/**
 * The little language of messages.
 *
 * `{name}` stands for a value. `[one|other]` stands for the first alternative of which every value is there, and for nothing where none
 * is: "[{actor} shelled {target}|{target} was shelled|shelling][ in {place}]". A message may be a table of plural forms, chosen by `n`.
 */

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Message = string | Plural;
export type Messages = Record<string, Message>;

export type Piece = { text: string } | { name: string };
type Part = Piece[] | { options: Piece[][] };

const parsed = new Map<string, Part[]>();

function pieces(source: string): Piece[] {
  return source
    .split(/(\{[a-z_]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{[a-z_]+\}$/.test(piece) ? { name: piece.slice(1, -1) } : { text: piece }));
}

function parse(source: string): Part[] {
  let parts = parsed.get(source);
  if (!parts) {
    parts = source
      .split(/(\[[^\]]*\])/)
      .filter((part) => part !== '')
      .map((part): Part => (part.startsWith('[') ? { options: part.slice(1, -1).split('|').map(pieces) } : pieces(part)));
    parsed.set(source, parts);
  }
  return parts;
}

/** The pieces of a message for the values that are there. */
export function resolve(source: string, has: (name: string) => boolean): Piece[] {
  return parse(source).flatMap((part) =>
    Array.isArray(part) ? part : (part.options.find((option) => option.every((piece) => !('name' in piece) || has(piece.name))) ?? []),
  );
}

/** The names of the values that a message speaks of. */
export function namesIn(message: Message): Set<string> {
  const all = typeof message === 'string' ? [message] : Object.values(message);
  return new Set(all.flatMap((source) => [...source.matchAll(/\{([a-z_]+)\}/g)].map((found) => found[1]!)));
}
