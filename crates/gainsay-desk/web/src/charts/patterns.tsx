/** Fills of areas: whole, outlined, striped in the colours of several sides, hatched. */
import { sideOf } from '../ui/sides';

/** The colour of a side as a value of `fill`. */
export function colour(side: string | null | undefined): string {
  return `var(${sideOf(side).token})`;
}

/** An id for the stripes of these sides, within one chart. */
export function stripesId(chart: string, sides: readonly string[]): string {
  return `${chart}-stripes-${sides.map((side) => sideOf(side).key.replaceAll(/[^a-z0-9]/gi, '_')).join('-')}`;
}

/** Slanting stripes, one for each side. */
export function Stripes({ chart, sides }: { chart: string; sides: readonly string[] }) {
  const wide = 6;
  return (
    <pattern id={stripesId(chart, sides)} width={wide * sides.length} height={wide} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      {sides.map((side, n) => (
        <rect key={n} x={n * wide} y={0} width={wide} height={wide} fill={colour(side)} />
      ))}
    </pattern>
  );
}

export function hatchId(chart: string): string {
  return `${chart}-hatch`;
}

/** Thin dark lines with light ones beside them, so that they show on any colour. */
export function Hatch({ chart }: { chart: string }) {
  return (
    <pattern id={hatchId(chart)} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
      <rect x={0} y={0} width={1.6} height={5} class="hatch-light" />
      <rect x={1.6} y={0} width={1.1} height={5} class="hatch-dark" />
    </pattern>
  );
}

/** A side's shape around a point; hollow where what it stands for is not verified. */
export function Shape({ side, x, y, size = 10, hollow = false }: { side: string | null | undefined; x: number; y: number; size?: number; hollow?: boolean }) {
  const scale = size / 12;
  return (
    <path
      d={sideOf(side).shape}
      transform={`translate(${x - size / 2} ${y - size / 2}) scale(${scale})`}
      fill={hollow ? 'var(--paper)' : colour(side)}
      stroke={colour(side)}
      stroke-width={hollow ? 2 / scale : 0.8}
      fill-rule="evenodd"
    />
  );
}
