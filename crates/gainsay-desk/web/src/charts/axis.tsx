/** Axes. Reading direction carries over to them: in Arabic, time and figures run from right to left, as in newspapers. */
import { locale, number, short } from '../i18n';
import { textWidth } from './measure';
import { dayNumber, type Scale, type TimeScale, type TimeTick } from './scale';

/** The two ends of a line that begins where reading begins. */
export function line(width: number, rtl: boolean, start: number, end: number): [number, number] {
  return rtl ? [width - start, end] : [start, width - end];
}

/** A run of figures that stays in its order in any script: low before high. */
export function ltr(text: string): string {
  return `\u2066${text}\u2069`;
}

/** So many ticks fit along a line: names of months are longer in Arabic. */
export function ticksIn(length: number, rtl: boolean): number {
  return Math.max(2, Math.floor(length / (rtl ? 112 : 82)));
}

/** What a tick need say. */
export function tickLabel(tick: TimeTick): string {
  const date = new Date(dayNumber(tick.day) * 86_400_000);
  const options: Intl.DateTimeFormatOptions = tick.unit === 'year' ? { year: 'numeric' }
    : tick.unit === 'month' ? (date.getUTCMonth() === 0 ? { year: 'numeric' } : { month: 'short' })
    : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(locale.value, { ...options, timeZone: 'UTC' }).format(date);
}

/** `within` is the width of the drawing: no label runs over its edge. */
export function TimeAxis({ scale, top, bottom, within, label = true }: { scale: TimeScale; top: number; bottom: number; within: number; label?: boolean }) {
  const kept = (x: number, text: string) => {
    const half = textWidth(text, 11) / 2 + 1;
    return Math.max(half, Math.min(within - half, x));
  };
  return (
    <g class="axis">
      {scale.ticks.map((tick) => (
        <g key={tick.day}>
          <line x1={tick.at} x2={tick.at} y1={top} y2={bottom} class={tick.day.endsWith('-01-01') ? 'grid year' : 'grid'} />
          {label && <text x={kept(tick.at, tickLabel(tick))} y={bottom + 14} text-anchor="middle">{tickLabel(tick)}</text>}
        </g>
      ))}
      <line x1={scale.at(scale.first)} x2={scale.at(scale.last)} y1={bottom} y2={bottom} class="base" />
    </g>
  );
}

/** Figures along the foot. */
export function FigureAxis({ scale, top, bottom, say = shortOrWhole }: { scale: Scale; top: number; bottom: number; say?: (n: number) => string }) {
  return (
    <g class="axis">
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={scale.at(tick)} x2={scale.at(tick)} y1={top} y2={bottom} class="grid" />
          <text x={scale.at(tick)} y={bottom + 14} text-anchor="middle">{say(tick)}</text>
        </g>
      ))}
    </g>
  );
}

/** Figures up the side where reading begins. */
export function SideAxis({ scale, from, to, say = shortOrWhole }: { scale: Scale; from: number; to: number; say?: (n: number) => string }) {
  return (
    <g class="axis">
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={from} x2={to} y1={scale.at(tick)} y2={scale.at(tick)} class="grid" />
          <text x={from + (from < to ? -6 : 6)} y={scale.at(tick) + 4} text-anchor="end">{say(tick)}</text>
        </g>
      ))}
    </g>
  );
}

export function shortOrWhole(n: number): string {
  return n >= 10_000 ? short(n) : number(n);
}
