import { expect, it } from 'vitest';
import { inside } from '../src/accounts/next';

it('goes on to a page of the desk', () => {
  expect(inside('/event/e1?claim=c%202')).toBe('/event/e1?claim=c%202');
});

it('goes nowhere else', () => {
  for (const next of [null, '', 'https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example', 'javascript:alert(1)', '/signin?next=/x']) {
    expect(inside(next), String(next)).toBe('/');
  }
});
