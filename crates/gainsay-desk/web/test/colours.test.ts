/** What is read stands out enough from what it stands on, in light and dark (WCAG 2.2: 4.5 for text, 3 for marks). */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SIDES, sideOf } from '../src/ui/sides';

const css = readFileSync(new URL('../src/style/tokens.css', import.meta.url), 'utf8');

function tokens(theme: 'light' | 'dark'): Record<string, string> {
  const block = css.slice(css.indexOf(`[data-theme='${theme}']`));
  return Object.fromEntries([...block.slice(0, block.indexOf('\n}')).matchAll(/(--[\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1]!, found[2]!]));
}

function light(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
  return (bright! + 0.05) / (dark! + 0.05);
}

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const of = tokens(theme);
  it.each(['--paper', '--panel', '--raised'])('text on %s', (ground) => {
    for (const ink of ['--ink', '--ink-2', '--accent']) expect(contrast(of[ink]!, of[ground]!), ink).toBeGreaterThanOrEqual(4.5);
  });
  it.each([
    ['--on-accent', '--accent'], ['--mark-ink', '--mark'], ['--good', '--good-soft'], ['--warn', '--warn-soft'], ['--bad', '--bad-soft'],
    ['--accent', '--accent-soft'], ['--ink', '--accent-soft'], ['--ink', '--bad-soft'], ['--bad', '--paper'], ['--bad', '--raised'],
  ])('%s on %s', (ink, ground) => {
    expect(contrast(of[ink]!, of[ground]!)).toBeGreaterThanOrEqual(4.5);
  });
  it('lines around what one fills in', () => {
    expect(contrast(of['--rule-2']!, of['--raised']!)).toBeGreaterThanOrEqual(3);
  });
  it.each(SIDES)('mark of %s', (side) => {
    for (const ground of ['--paper', '--raised']) expect(contrast(of[sideOf(side).token]!, of[ground]!), ground).toBeGreaterThanOrEqual(3);
  });
});

describe('sides', () => {
  it('are told by shape alone', () => {
    expect(new Set(SIDES.map((side) => sideOf(side).shape)).size).toBe(SIDES.length);
  });
  it('are told by hatching alone', () => {
    const hatches = SIDES.map((side) => sideOf(side).hatch).map(({ turn, gap }) => `${turn} ${gap}`);
    expect(new Set(hatches).size).toBe(SIDES.length);
  });
  it('may be written with "-side", may be new, may be unknown', () => {
    expect(sideOf('government-side')).toEqual(sideOf('government'));
    expect(sideOf('martian').token).toBe('--side-other');
    expect(sideOf('martian').hatch).not.toEqual(sideOf('venusian').hatch);
    expect(sideOf('').key).toBe('unknown');
    expect(sideOf(null).key).toBe('unknown');
  });
});
