/** Which labels can stand without covering one another. */

export interface Box { id: string; x: number; y: number; width: number; height: number }

const CELL = 96;

/**
 * The ids of those that fit, taken in the order given: the first come first. Boxes are centred on x and start at y.
 * `taken` are boxes that stand already.
 */
export function fitting(boxes: readonly Box[], most: number, gap = 3): Set<string> {
  const grid = new Map<number, Box[]>();
  const out = new Set<string>();
  for (const box of boxes) {
    if (out.size >= most) break;
    const cells = cellsOf(box, gap);
    if (cells.some((cell) => grid.get(cell)?.some((other) => overlap(box, other, gap)))) continue;
    for (const cell of cells) {
      const there = grid.get(cell);
      if (there) there.push(box);
      else grid.set(cell, [box]);
    }
    out.add(box.id);
  }
  return out;
}

function overlap(a: Box, b: Box, gap: number): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap;
}

function cellsOf(box: Box, gap: number): number[] {
  const cells: number[] = [];
  const [left, right] = [box.x - box.width / 2 - gap, box.x + box.width / 2 + gap];
  for (let row = Math.floor((box.y - gap) / CELL); row <= Math.floor((box.y + box.height + gap) / CELL); row++) {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) cells.push(row * 10_007 + column);
  }
  return cells;
}
