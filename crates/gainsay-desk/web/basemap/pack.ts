/** Lines as short text, and back: steps from point to point in whole units, six bits to a letter. What browsers load must stay small. */
import type { Point } from './simplify.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const VALUES = new Map([...LETTERS].map((letter, value) => [letter, value]));

function number(n: number): string {
  let rest = n < 0 ? -2 * n - 1 : 2 * n;
  let out = '';
  for (; rest >= 32; rest >>= 5) out += LETTERS[(rest & 31) | 32];
  return out + LETTERS[rest];
}

/** `units` to a degree: what is finer is lost. The first letters of the text tell it. */
export function pack(line: readonly Point[], units: number): string {
  let out = number(units);
  let [x, y] = [0, 0];
  for (const [lon, lat] of line) {
    const [nextX, nextY] = [Math.round(lon * units), Math.round(lat * units)];
    out += number(nextX - x) + number(nextY - y);
    [x, y] = [nextX, nextY];
  }
  return out;
}

export function unpack(text: string): Point[] {
  let at = 0;
  const next = () => {
    let [value, shift, more] = [0, 0, true];
    while (more) {
      const letter = VALUES.get(text[at++]!)!;
      value |= (letter & 31) << shift;
      shift += 5;
      more = (letter & 32) !== 0;
    }
    return value & 1 ? -(value + 1) / 2 : value / 2;
  };
  const units = next();
  const line: Point[] = [];
  for (let x = 0, y = 0; at < text.length; ) {
    x += next();
    y += next();
    line.push([x / units, y / units]);
  }
  return line;
}
