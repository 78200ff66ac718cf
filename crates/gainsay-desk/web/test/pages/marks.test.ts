/** Where the marks of claims stand in a text, whatever letters it is written in and however they overlap. */
import { describe, expect, it } from 'vitest';
import { blocksOf, closest, inOrder, marksByBlock, marksOf, piecesOf, Points, stepTo, wordsOf, type Mark } from '../../src/pages/marks';

const claim = (...spans: [number, number][]) => ({ evidence: spans.map(([start, end]) => ({ start, end, exact: '' })) });

describe('code points', () => {
  it('are string offsets where no letter is beyond the first plane', () => {
    const text = 'في دير الزور killed';
    const points = new Points(text);
    expect(points.slice(3, 12)).toBe('دير الزور');
    expect(points.at(999)).toBe(text.length);
    expect(points.at(-3)).toBe(0);
  });
  it('are counted as one where a letter takes two units', () => {
    const text = `a😀b${'😀'.repeat(1200)}end`;
    const points = new Points(text);
    expect(points.slice(2, 3)).toBe('b');
    expect(points.slice(1203, 1206)).toBe('end');
    for (const at of [0, 1, 2, 3, 511, 512, 513, 1024, 1203]) {
      expect(points.at(at), `point ${at}`).toBe([...text].slice(0, at).join('').length);
    }
    expect(points.slice(1203, 5000)).toBe('end');
  });
});

describe('marks', () => {
  it('come in the order of the text, the longer first, and leave out what is empty', () => {
    const points = new Points('0123456789'.repeat(10));
    const marks = marksOf([claim([20, 30], [3, 5]), claim([3, 9]), claim([7, 7])], points);
    expect(marks).toEqual([{ start: 3, end: 9, claim: 1 }, { start: 3, end: 5, claim: 0 }, { start: 20, end: 30, claim: 0 }]);
    expect(inOrder([claim([20, 30], [3, 5]), claim([3, 9]), claim([7, 7])], marks)).toEqual([1, 0, 2]);
  });
  it('beyond the end of the text stop at it', () => {
    expect(marksOf([claim([2, 900])], new Points('abcd'))).toEqual([{ start: 2, end: 4, claim: 0 }]);
  });
});

describe('pieces', () => {
  const marks: Mark[] = [{ start: 2, end: 8, claim: 0 }, { start: 5, end: 12, claim: 1 }, { start: 5, end: 6, claim: 2 }];
  it('cut at every edge, say whose they are, and lose no letter', () => {
    const text = 'abcdefghijklmnop';
    const pieces = piecesOf(0, text.length, marks);
    expect(pieces.map((piece) => [text.slice(piece.start, piece.end), piece.claims])).toEqual([
      ['ab', []], ['cde', [0]], ['f', [0, 1, 2]], ['gh', [0, 1]], ['ijkl', [1]], ['mnop', []],
    ]);
    expect(pieces.map((piece) => text.slice(piece.start, piece.end)).join('')).toBe(text);
    expect(pieces.filter((piece) => piece.begins.length > 0).map((piece) => piece.begins)).toEqual([[0], [1, 2]]);
  });
  it('are cut at a paragraph, and begin a claim only once', () => {
    const first = piecesOf(0, 6, marks);
    const second = piecesOf(6, 14, marks);
    expect(first.at(-1)).toMatchObject({ start: 5, end: 6, claims: [0, 1, 2], begins: [1, 2] });
    expect(second[0]).toMatchObject({ start: 6, end: 8, claims: [0, 1], begins: [] });
  });
  it('name the values that words were read for', () => {
    const pieces = piecesOf(0, 10, [{ start: 0, end: 10, claim: 0 }], [{ start: 4, end: 6, slot: 'count' }, { start: 4, end: 8, slot: 'target' }]);
    expect(pieces.map((piece) => [piece.start, piece.slots])).toEqual([[0, []], [4, ['count', 'target']], [6, ['target']], [8, []]]);
  });
});

describe('blocks', () => {
  it('are the lines that say something', () => {
    const text = 'one\n\n  \ntwo\nthree';
    expect(blocksOf(text).map((block) => text.slice(block.start, block.end))).toEqual(['one', 'two', 'three']);
    expect(blocksOf('')).toEqual([]);
  });
  it('cut a line without end at spaces, never within a character, and lose nothing', () => {
    const words = 'word '.repeat(6000);
    const blocks = blocksOf(words);
    expect(blocks.length).toBeGreaterThan(2);
    expect(blocks.map((block) => words.slice(block.start, block.end)).join('')).toBe(words);
    expect(blocks.map((block) => block.goesOn)).toEqual([false, ...blocks.slice(1).map(() => true)]);
    const faces = '😀'.repeat(20_000);
    const cut = blocksOf(`x${faces}`);
    expect(cut.map((block) => `x${faces}`.slice(block.start, block.end)).join('')).toBe(`x${faces}`);
    for (const block of cut) expect(`x${faces}`.slice(block.start, block.end)).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
  });
  it('each get the marks that touch them', () => {
    const text = 'aaaa\nbbbb\ncccc';
    const marks: Mark[] = [{ start: 2, end: 7, claim: 0 }, { start: 5, end: 9, claim: 1 }, { start: 10, end: 11, claim: 2 }];
    expect(marksByBlock(blocksOf(text), marks).map((all) => all.map((mark) => mark.claim))).toEqual([[0], [0, 1], [2]]);
  });
  it('take a text of a million letters with thousands of claims in well under a second', () => {
    const text = 'Ten people were killed in the town on Monday, a monitor said.\n'.repeat(16_500);
    const claims = Array.from({ length: 8000 }, (_, n) => claim([n * 120, n * 120 + 60]));
    const started = performance.now();
    const marks = marksOf(claims, new Points(text));
    const blocks = blocksOf(text);
    const by = marksByBlock(blocks, marks);
    const pieces = blocks.map((block, n) => piecesOf(block.start, block.end, by[n]!));
    // A bound so wide that only work that grows with the square of the text breaks it.
    expect(performance.now() - started).toBeLessThan(5000);
    expect(pieces.flat().reduce((sum, piece) => sum + piece.end - piece.start, 0)).toBe(text.replaceAll('\n', '').length);
  });
});

describe('choosing', () => {
  const marks: Mark[] = [{ start: 0, end: 50, claim: 0 }, { start: 10, end: 20, claim: 1 }];
  it('takes the claim that is said in the fewest words', () => {
    expect(closest([0, 1], marks)).toBe(1);
    expect(closest([0], marks)).toBe(0);
    expect(closest([], marks)).toBeNull();
  });
  it('steps round, from either end where none is chosen', () => {
    expect(stepTo([4, 2, 7], null, 1)).toBe(4);
    expect(stepTo([4, 2, 7], null, -1)).toBe(7);
    expect(stepTo([4, 2, 7], 7, 1)).toBe(4);
    expect(stepTo([4, 2, 7], 4, -1)).toBe(7);
    expect(stepTo([], 1, 1)).toBeNull();
  });
  it('knows the words of a claim and leaves out empty ones', () => {
    const grounds = [{ slot: 'count' as const, start: 1, end: 3, rule: 'r' }, { slot: 'time' as const, start: 4, end: 4, rule: 'r' }];
    expect(wordsOf({ grounds }, new Points('abcdef'))).toEqual([{ start: 1, end: 3, slot: 'count' }]);
  });
});
