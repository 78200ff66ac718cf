/** Where the sources of a network stand: a layout by forces that gives the same picture for the same network every time. */

export interface Body { id: string; weight: number }
export interface Spring { from: string; to: string; weight: number }
export interface Spot { x: number; y: number; r: number }

const ROUNDS = 260;
/** Beyond so many bodies, fewer rounds: a picture of thousands is a cloud anyway. */
const MANY = 400;

/** A share of 0..1 made of an id, so that the start is scattered and yet always the same. */
export function share(id: string, salt: number): number {
  let hash = 2166136261 ^ salt;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822519);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4294967296;
}

export function radius(weight: number, most: number): number {
  return 4 + 12 * Math.sqrt(weight / Math.max(1, most));
}

/** Spots within width and height. Repulsion between all, springs along links, a pull to the middle; then overlaps are eased. */
export function layout(bodies: readonly Body[], springs: readonly Spring[], width: number, height: number): Map<string, Spot> {
  const n = bodies.length;
  const most = bodies.reduce((max, body) => Math.max(max, body.weight), 1);
  const index = new Map(bodies.map((body, i) => [body.id, i]));
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  bodies.forEach((body, i) => {
    const angle = share(body.id, 1) * 2 * Math.PI;
    const reach = Math.sqrt(share(body.id, 2));
    x[i] = Math.cos(angle) * reach;
    y[i] = Math.sin(angle) * reach;
  });
  const links = springs
    .map((spring) => [index.get(spring.from), index.get(spring.to), 1 + Math.log2(1 + spring.weight) / 4] as const)
    .filter((link): link is readonly [number, number, number] => link[0] !== undefined && link[1] !== undefined && link[0] !== link[1]);
  const ideal = 1.4 / Math.sqrt(Math.max(1, n));
  const rounds = n > MANY ? 80 : ROUNDS;
  for (let round = 0; round < rounds; round++) {
    const cool = 0.12 * (1 - round / rounds) ** 1.5 + 0.002;
    const dx = new Float64Array(n);
    const dy = new Float64Array(n);
    for (let a = 0; a < n; a++) {
      for (let b = a + 1; b < n; b++) {
        const [ux, uy] = [x[a]! - x[b]!, y[a]! - y[b]!];
        const push = (ideal * ideal) / Math.max(1e-4, ux * ux + uy * uy);
        dx[a]! += ux * push;
        dy[a]! += uy * push;
        dx[b]! -= ux * push;
        dy[b]! -= uy * push;
      }
      dx[a]! -= x[a]! * 0.35;
      dy[a]! -= y[a]! * 0.35;
    }
    for (const [a, b, strength] of links) {
      const [ux, uy] = [x[a]! - x[b]!, y[a]! - y[b]!];
      const pull = (Math.hypot(ux, uy) / ideal) * 0.5 * strength;
      dx[a]! -= ux * pull;
      dy[a]! -= uy * pull;
      dx[b]! += ux * pull;
      dy[b]! += uy * pull;
    }
    for (let i = 0; i < n; i++) {
      const far = Math.hypot(dx[i]!, dy[i]!) || 1;
      const step = Math.min(far, cool);
      x[i]! += (dx[i]! / far) * step;
      y[i]! += (dy[i]! / far) * step;
    }
  }
  return fitted(bodies, x, y, most, width, height);
}

function fitted(bodies: readonly Body[], x: Float64Array, y: Float64Array, most: number, width: number, height: number): Map<string, Spot> {
  const pad = 28;
  const [left, right, top, bottom] = [Math.min(...x), Math.max(...x), Math.min(...y), Math.max(...y)];
  const fit = (value: number, low: number, high: number, room: number) =>
    high > low ? pad + ((value - low) / (high - low)) * (room - 2 * pad) : room / 2;
  const spots = bodies.map((body, i) => ({
    x: fit(x[i]!, left, right, width),
    y: fit(y[i]!, top, bottom, height),
    r: radius(body.weight, most),
  }));
  if (spots.length <= MANY) for (let round = 0; round < 40; round++) eased(spots, width, height);
  return new Map(bodies.map((body, i) => [body.id, spots[i]!]));
}

/** Moves overlapping spots apart by half of what they overlap. */
function eased(spots: Spot[], width: number, height: number): void {
  for (let a = 0; a < spots.length; a++) {
    for (let b = a + 1; b < spots.length; b++) {
      const [one, two] = [spots[a]!, spots[b]!];
      const [ux, uy] = [two.x - one.x || 0.01, two.y - one.y || 0.01];
      const far = Math.hypot(ux, uy);
      const over = one.r + two.r + 6 - far;
      if (over <= 0) continue;
      const [sx, sy] = [(ux / far) * over * 0.5, (uy / far) * over * 0.5];
      one.x -= sx;
      one.y -= sy;
      two.x += sx;
      two.y += sy;
    }
  }
  for (const spot of spots) {
    spot.x = Math.max(spot.r + 2, Math.min(width - spot.r - 2, spot.x));
    spot.y = Math.max(spot.r + 2, Math.min(height - spot.r - 2, spot.y));
  }
}

/** The links that stand in a loop of citation, as "from to". */
export function loopLinks(circular: readonly (readonly string[])[]): Set<string> {
  const links = new Set<string>();
  for (const loop of circular) {
    loop.forEach((id, i) => links.add(`${id}\u0000${loop[(i + 1) % loop.length]}`));
  }
  return links;
}
