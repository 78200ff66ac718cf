/**
 * The marks of a report's claims in its text. Claims count code points; strings count UTF-16 units; and marks overlap. Text is cut at
 * every edge of a mark, and each piece says which claims it belongs to.
 */
import type { Card, Kind, Slot } from '../api/types';

/** From code points to string offsets, without walking the text each time. */
export class Points {
  private readonly steps: number[] = [];
  private readonly plain: boolean;
  private static readonly STEP = 512;

  constructor(private readonly text: string) {
    this.plain = !/[\ud800-\udbff]/.test(text);
    if (this.plain) return;
    let point = 0;
    for (let at = 0; at < text.length; point++) {
      if (point % Points.STEP === 0) this.steps.push(at);
      at += text.codePointAt(at)! > 0xffff ? 2 : 1;
    }
  }

  /** The offset of a code point; beyond the end, the end. */
  at(point: number): number {
    if (point <= 0) return 0;
    if (this.plain) return Math.min(point, this.text.length);
    const step = Math.floor(point / Points.STEP);
    if (step >= this.steps.length) return this.text.length;
    let at = this.steps[step]!;
    for (let n = step * Points.STEP; n < point && at < this.text.length; n++) at += this.text.codePointAt(at)! > 0xffff ? 2 : 1;
    return at;
  }

  slice(start: number, end: number): string {
    return this.text.slice(this.at(start), this.at(end));
  }
}

/** A stretch of the text, in string offsets, and the claim that it states. */
export interface Mark { start: number; end: number; claim: number }
/** A stretch that a value was read from. */
export interface Word { start: number; end: number; slot: Slot }
export interface Piece { start: number; end: number; claims: number[]; slots: Slot[]; /** Claims that begin here. */ begins: number[] }

/** A paragraph, or a part of one that is too long for one element. */
export interface Block { start: number; end: number; /** Goes on from the block before. */ goesOn: boolean }

export function marksOf(claims: readonly Pick<Card, 'evidence'>[], points: Points): Mark[] {
  return claims
    .flatMap((claim, n) => claim.evidence.map((one) => ({ start: points.at(one.start), end: points.at(one.end), claim: n })))
    .filter((mark) => mark.end > mark.start)
    .sort((a, b) => a.start - b.start || b.end - a.end || a.claim - b.claim);
}

export function wordsOf(claim: Pick<Card, 'grounds'>, points: Points): Word[] {
  return (claim.grounds ?? []).map((one) => ({ start: points.at(one.start), end: points.at(one.end), slot: one.slot })).filter((word) => word.end > word.start);
}

const LONGEST = 8_000;

/** Lines of the text; very long ones cut at a space. Empty lines part paragraphs and are no blocks. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  for (let start = 0; start <= text.length;) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    for (let at = start; at < end;) {
      let stop = end;
      if (end - at > LONGEST) {
        const space = text.lastIndexOf(' ', at + LONGEST);
        stop = space > at ? space + 1 : at + LONGEST;
        // Never between the halves of one character.
        if (/[\udc00-\udfff]/.test(text[stop] ?? '')) stop++;
      }
      if (text.slice(at, stop).trim() !== '') blocks.push({ start: at, end: stop, goesOn: at > start });
      at = stop;
    }
    start = end + 1;
  }
  return blocks;
}

/** The pieces of a stretch, in order and without a gap. */
export function piecesOf(start: number, end: number, marks: readonly Mark[], words: readonly Word[] = []): Piece[] {
  const inside = <T extends { start: number; end: number }>(all: readonly T[]) => all.filter((one) => one.start < end && one.end > start);
  const [here, read] = [inside(marks), inside(words)];
  const edges = new Set([start, end]);
  for (const one of [...here, ...read]) {
    edges.add(Math.max(start, one.start));
    edges.add(Math.min(end, one.end));
  }
  const at = [...edges].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let n = 0; n + 1 < at.length; n++) {
    const [from, to] = [at[n]!, at[n + 1]!];
    const over = here.filter((one) => one.start <= from && one.end >= to);
    pieces.push({
      start: from,
      end: to,
      claims: [...new Set(over.map((one) => one.claim))],
      slots: [...new Set(read.filter((one) => one.start <= from && one.end >= to).map((one) => one.slot))],
      begins: [...new Set(over.filter((one) => one.start === from).map((one) => one.claim))],
    });
  }
  return pieces;
}

/** The marks of each block: those that touch it. Both are in order. */
export function marksByBlock(blocks: readonly Block[], marks: readonly Mark[]): Mark[][] {
  const out: Mark[][] = blocks.map(() => []);
  for (const mark of marks) {
    let [low, high] = [0, blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (blocks[middle]!.end <= mark.start) low = middle + 1;
      else high = middle;
    }
    for (let n = low; n < blocks.length && blocks[n]!.start < mark.end; n++) out[n]!.push(mark);
  }
  return out;
}

/** Of claims over the same words, the one said in the fewest: the one that is meant. */
export function closest(claims: readonly number[], marks: readonly Mark[]): number | null {
  const long = (claim: number) => marks.filter((mark) => mark.claim === claim).reduce((least, mark) => Math.min(least, mark.end - mark.start), Infinity);
  return claims.reduce<number | null>((best, claim) => (best === null || long(claim) < long(best) ? claim : best), null);
}

/** The claim after (or before) this one in the order in which the text states them; the first where none is chosen. */
export function stepTo(order: readonly number[], from: number | null, by: 1 | -1): number | null {
  if (order.length === 0) return null;
  const at = from === null ? -1 : order.indexOf(from);
  if (at < 0) return by > 0 ? order[0]! : order[order.length - 1]!;
  return order[(at + by + order.length) % order.length]!;
}

/** Claims in the order of the text. */
export function inOrder(claims: readonly Pick<Card, 'evidence'>[], marks: readonly Mark[]): number[] {
  const seen = new Set<number>();
  for (const mark of marks) seen.add(mark.claim);
  claims.forEach((_, n) => seen.add(n));
  return [...seen];
}

export type Family = 'control' | 'strike' | 'battle' | 'harm' | 'people' | 'access' | 'tie';
export const FAMILIES: readonly Family[] = ['control', 'strike', 'battle', 'harm', 'people', 'access', 'tie'];

const KIN: Record<Kind, Family> = {
  control: 'control', capture: 'control', withdrawal: 'control', airstrike: 'strike', shelling: 'strike', bombing: 'strike', attack: 'strike',
  clash: 'battle', deployment: 'battle', casualties: 'harm', destruction: 'harm', detention: 'harm', displacement: 'people', need: 'people',
  siege: 'access', obstruction: 'access', aid: 'access', agreement: 'tie', allegiance: 'tie', cooperation: 'tie',
};

export function familyOf(kind: Kind | string): Family {
  return KIN[kind as Kind] ?? 'battle';
}
