/** Thinning of lines (Douglas and Peucker), with a tolerance that may differ from place to place. */

export type Point = [lon: number, lat: number];

/** Points that may be left out because the line stays within `tolerance(lon, lat)` degrees of where it was. Both ends always stay. */
export function simplify(line: readonly Point[], tolerance: (lon: number, lat: number) => number): Point[] {
  if (line.length < 3) return [...line];
  const keep = new Uint8Array(line.length);
  keep[0] = keep[line.length - 1] = 1;
  const work: [number, number][] = [[0, line.length - 1]];
  for (let span = work.pop(); span; span = work.pop()) {
    const [from, to] = span;
    let worst = -1;
    let excess = 0;
    for (let i = from + 1; i < to; i++) {
      const at = line[i]!;
      const over = distance(at, line[from]!, line[to]!) / tolerance(at[0], at[1]);
      if (over > excess) {
        excess = over;
        worst = i;
      }
    }
    if (worst < 0 || excess <= 1) continue;
    keep[worst] = 1;
    work.push([from, worst], [worst, to]);
  }
  return line.filter((_, i) => keep[i]);
}

/** From a point to a segment, in degrees of latitude; a degree of longitude counts for what it is at that latitude. */
function distance(p: Point, a: Point, b: Point): number {
  const shrink = Math.cos((p[1] * Math.PI) / 180);
  const [px, py] = [(p[0] - a[0]) * shrink, p[1] - a[1]];
  const [bx, by] = [(b[0] - a[0]) * shrink, b[1] - a[1]];
  const square = bx * bx + by * by;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, (px * bx + py * by) / square));
  return Math.hypot(px - along * bx, py - along * by);
}

/** Square degrees inside a ring, whatever way round it runs. */
export function area(ring: readonly Point[]): number {
  let twice = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) twice += ring[j]![0] * ring[i]![1] - ring[i]![0] * ring[j]![1];
  return Math.abs(twice) / 2;
}
