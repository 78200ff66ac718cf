/** Rows of things, each with what was so from when to when. Control, sieges and ties are drawn with it. */
import type { ComponentChildren } from 'preact';
import { navigate } from '../router';
import { sideOf } from '../ui/sides';
import { line, ticksIn, TimeAxis } from './axis';
import type { Canvas } from './frame';
import { fitted, textWidth } from './measure';
import { colour, Hatch, hatchId, Shape, Stripes, stripesId } from './patterns';
import { time, type TimeScale } from './scale';

export interface Bar {
  from: string | null;
  to: string | null;
  /** Filled with the side's colour, outlined in it, striped in several, or by a class of the style sheet. */
  look: { how: 'full' | 'outline' | 'stripes'; sides: string[] } | { how: 'class'; of: string };
  label: string;
  words: string;
  /** Hatched: sources gainsay each other. */
  hatched?: boolean;
  /** Held in part: half as high. */
  half?: boolean;
  go?: string | undefined;
}
export interface Row { key: string; label: string; go?: string; bars: Bar[]; /** Days on which something is disputed. */ hatches?: { from: string; to: string; words: string; go?: string }[] }

const ROW = 26;
const BAR = 16;

export function Timeline({ rows, span, canvas, mark }: { rows: Row[]; span: [string, string]; canvas: Canvas; mark?: string | undefined }): { height: number; marks: ComponentChildren } {
  const { width, id, rtl, tip } = canvas;
  const widest = Math.max(0, ...rows.map((row) => textWidth(row.label)));
  const column = Math.min(widest + 14, width * 0.32);
  const ends = line(width, rtl, column, 20);
  const scale = time(span, ends, ticksIn(width - column, rtl));
  const bottom = rows.length * ROW + 6;
  const side = rtl ? width : 0;
  const several = new Map<string, string[]>();
  for (const bar of rows.flatMap((row) => row.bars)) {
    if (bar.look.how === 'stripes') several.set(bar.look.sides.join('\u0000'), bar.look.sides);
  }
  const marks = (
    <>
      <defs>
        <Hatch chart={id} />
        {[...several.values()].map((sides) => <Stripes key={stripesId(id, sides)} chart={id} sides={sides} />)}
      </defs>
      <TimeAxis within={width} scale={scale} top={0} bottom={bottom} />
      {mark && <line x1={scale.at(mark)} x2={scale.at(mark)} y1={0} y2={bottom} class="best" />}
      {rows.map((row, n) => {
        const top = n * ROW + (ROW - BAR) / 2;
        return (
          <g key={row.key}>
            <g class={row.go ? 'goes' : undefined} onClick={row.go ? () => navigate(row.go!) : undefined}>
              <text x={side} y={top + BAR - 4} text-anchor="start">{fitted(row.label, column - 10)}</text>
            </g>
            {row.bars.map((bar, at) => <Piece key={at} bar={bar} top={top} id={id} scale={scale} tip={tip} rtl={rtl} beside={{ after: after(row.bars, at, scale, ends[1]), before: before(row.bars, at, scale, ends[0]) }} />)}
            {(row.hatches ?? []).map((hatch, at) => {
              const [a, b] = [scale.at(hatch.from), scale.at(hatch.to)];
              const wide = Math.max(7, Math.abs(b - a));
              return (
                <rect
                  key={`h${at}`} x={Math.min(a, b) - (wide - Math.abs(b - a)) / 2} y={top - 3} width={wide} height={BAR + 6}
                  fill={`url(#${hatchId(id)})`} stroke="var(--ink)" stroke-width={1} class={hatch.go ? 'goes' : undefined} {...tip(hatch.words)}
                  onClick={hatch.go ? () => navigate(hatch.go!) : undefined}
                />
              );
            })}
            <line x1={0} x2={width} y1={(n + 1) * ROW} y2={(n + 1) * ROW} class="rule" />
          </g>
        );
      })}
    </>
  );
  return { height: bottom + 22, marks };
}

/** How much room there is after a bar, until the next one or the end. */
function after(bars: readonly Bar[], at: number, scale: TimeScale, edge: number): number {
  return room(scale.at(bars[at]!.to ?? scale.last), bars.map((bar) => scale.at(bar.from ?? scale.first)).filter((_, n) => n !== at), edge);
}

/** And before it. */
function before(bars: readonly Bar[], at: number, scale: TimeScale, edge: number): number {
  return room(scale.at(bars[at]!.from ?? scale.first), bars.map((bar) => scale.at(bar.to ?? scale.last)).filter((_, n) => n !== at), edge);
}

function room(from: number, others: readonly number[], edge: number): number {
  const between = others.filter((x) => (x - from) * (edge - from) >= 0);
  return Math.min(Math.abs(edge - from), ...between.map((x) => Math.abs(x - from))) - 14;
}

function Piece({ bar, top, id, scale, tip, rtl, beside }: { bar: Bar; top: number; id: string; scale: TimeScale; tip: Canvas['tip']; rtl: boolean; beside: { after: number; before: number } }) {
  const [a, b] = [scale.at(bar.from ?? scale.first), scale.at(bar.to ?? scale.last)];
  const x = Math.min(a, b);
  const wide = Math.max(3, Math.abs(b - a));
  const high = bar.half ? BAR / 2 : BAR;
  const y = top + (BAR - high);
  const { look } = bar;
  const fill = look.how === 'full' ? colour(look.sides[0]) : look.how === 'stripes' ? `url(#${stripesId(id, look.sides)})` : look.how === 'outline' ? 'var(--paper)' : undefined;
  const edge = look.how === 'class' ? undefined : colour(look.sides[0]);
  const shape = look.how === 'class' || sideOf(look.sides[0]).key === 'unknown' ? null : look.sides[0]!;
  const room = wide - (shape ? 24 : 10);
  const inside = bar.half || textWidth(bar.label, 11, 600) > Math.max(beside.after, beside.before) ? fitted(bar.label, bar.half ? 0 : room, 11, 600) : '';
  const fits = !bar.half && textWidth(bar.label, 11, 600) <= room;
  const label = fits ? bar.label : inside;
  const whole = textWidth(bar.label, 11);
  const outside = label ? '' : beside.after > whole || beside.after >= beside.before ? fitted(bar.label, beside.after > 40 ? beside.after : 0, 11) : '';
  const ahead = label || outside || beside.before <= 40 ? '' : fitted(bar.label, beside.before, 11);
  // Words in an outlined bar stand on paper, in a striped one on a slip of it; in a full one they are cut out of the colour.
  const plain = look.how === 'outline' || look.how === 'stripes';
  const slip = label && look.how === 'stripes' ? textWidth(label, 11) + 8 : 0;
  const begin = rtl ? x + wide : x;
  const step = rtl ? -1 : 1;
  return (
    <g class={bar.go ? 'goes' : undefined} {...tip(bar.words)} onClick={bar.go ? () => navigate(bar.go!) : undefined}>
      <rect
        x={x} y={y} width={wide} height={high} fill={fill} class={look.how === 'class' ? look.of : undefined} stroke={edge}
        stroke-width={look.how === 'outline' ? 2 : 0} stroke-dasharray={look.how === 'outline' ? '4 2' : undefined}
      />
      {bar.hatched && <rect x={x} y={y} width={wide} height={high} fill={`url(#${hatchId(id)})`} />}
      {/* What still lasts runs on at its open end. */}
      {bar.to === null && <path d={`M${begin + step * (wide - 1)} ${y}l${step * 7} ${high / 2}l${-step * 7} ${high / 2}z`} fill={edge} class={look.how === 'class' ? look.of : undefined} />}
      {shape && wide > 16 && (
        <g>
          <rect x={begin + step * 9 - 7} y={y + high / 2 - 6.5} width={13.5} height={13} fill="var(--paper)" />
          <Shape side={shape} x={begin + step * 9} y={y + high / 2} size={10} />
        </g>
      )}
      {outside && <text x={begin + step * (wide + 8)} y={y + high / 2 + 4} text-anchor="start" class="on-paper">{outside}</text>}
      {ahead && <text x={begin - step * 6} y={y + high / 2 + 4} text-anchor="end" class="on-paper">{ahead}</text>}
      {slip > 0 && <rect x={rtl ? begin - 16 - slip : begin + 16} y={y + 1.5} width={slip} height={high - 3} fill="var(--paper)" />}
      {label && <text x={begin + step * (shape ? 20 : 6)} y={y + high / 2 + 4} text-anchor="start" class={plain ? 'in-bar' : 'on-colour'}>{label}</text>}
    </g>
  );
}
