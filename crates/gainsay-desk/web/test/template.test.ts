import { describe, expect, it } from 'vitest';
import { resolve } from '../src/i18n/template';

function say(source: string, values: Record<string, string>): string {
  return resolve(source, (name) => name in values).map((piece) => ('text' in piece ? piece.text : values[piece.name])).join('');
}

describe('messages', () => {
  const source = '[{actor} shelled {target}|shelling by {actor}|{target} was shelled|shelling][ in {place}]';
  it('take the first alternative of which everything is there', () => {
    expect(say(source, { actor: 'A', target: 'T', place: 'P' })).toBe('A shelled T in P');
    expect(say(source, { actor: 'A' })).toBe('shelling by A');
    expect(say(source, { target: 'T', place: 'P' })).toBe('T was shelled in P');
    expect(say(source, {})).toBe('shelling');
  });
  it('do not read what values hold', () => {
    expect(say('{a} and {b}', { a: '{b} [x|y]', b: '<b>' })).toBe('{b} [x|y] and <b>');
  });
});
