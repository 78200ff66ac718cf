import { expect, test } from 'vitest';
import { calm, parsed } from '../src/api/calm';

test('isolates left open are closed at the end, and places in the text stay', () => {
  const text = 'a \u2066b \u2067c';
  expect(calm(text)).toBe(`${text}\u2069\u2069`);
  expect(calm('a \u2068b\u2069 c')).toBe('a \u2068b\u2069 c');
});

test('what closes the isolate around a text is taken from it', () => {
  expect(calm('a\u2069b\u2066c\u2069\u2069')).toBe('a\u2060b\u2066c\u2069\u2060');
});

test('texts are calmed however JSON writes them', () => {
  expect(parsed('{"a":["\\u2067x"],"n":1}')).toEqual({ a: ['\u2067x\u2069'], n: 1 });
  expect(parsed('{"a":"\u2067x"}')).toEqual({ a: '\u2067x\u2069' });
  expect(parsed('{"a":"x"}')).toEqual({ a: 'x' });
});
