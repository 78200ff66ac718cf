/** Figures side by side, each from low to high on one scale; what has no upper bound runs out into an open end. */
import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { navigate } from '../router';
import { range } from '../ui/figures';
import { FigureAxis, line } from './axis';
import type { Canvas } from './frame';
import { fitted, textWidth } from './measure';
import { colour, Shape } from './patterns';
import { linear, roundUp } from './scale';

export interface Figure { key: string; label: string; side: string; low: number | null; high: number | null; words: string; go?: string | undefined }
export interface Block { key: string; head: string; /** Its figures, and why the best is best. */ note?: string; rule?: string; low: number | null; best: number | null; high: number | null; figures: Figure[]; /** Figures not drawn. */ more?: number }

const ROW = 22;
const HEAD = 26;

/** The greatest figure of all, for the common scale. */
export function greatest(blocks: readonly Block[]): number {
  const all = blocks.flatMap((block) => [block.low, block.best, block.high, ...block.figures.flatMap((one) => [one.low, one.high])]);
  return Math.max(1, ...all.filter((n): n is number => n !== null));
}

/** The note where it fits beside the head; else its first part, which has the figures. */
function noteIn(block: Block, width: number): string {
  const room = width - Math.min(textWidth(block.head, 12, 700), width * 0.62) - 16;
  const whole = [block.note, block.rule].filter(Boolean).join(' · ');
  return textWidth(whole) <= room ? whole : fitted(block.note ?? '', room);
}

export function Ranges({ blocks, canvas }: { blocks: Block[]; canvas: Canvas }): { height: number; marks: ComponentChildren } {
  const { width, rtl, tip } = canvas;
  const names = Math.max(40, ...blocks.flatMap((block) => block.figures.map((one) => textWidth(one.label))));
  const column = Math.min(names + 34, width * (width < 480 ? 0.4 : 0.34));
  const figures = Math.max(30, ...blocks.flatMap((block) => block.figures.map((one) => textWidth(range(one.low, one.high))))) + 14;
  const most = roundUp(greatest(blocks));
  const [from, to] = line(width, rtl, column, figures);
  const scale = linear([0, most], [from, to], Math.max(2, Math.floor(Math.abs(to - from) / 90)));
  const step = rtl ? -1 : 1;
  const side = rtl ? width : 0;
  let y = 0;
  const drawn = blocks.map((block) => {
    const top = y;
    y += HEAD + block.figures.length * ROW + (block.more ? ROW : 0) + 10;
    return { block, top, bottom: y - 8 };
  });
  const height = y + 16;
  const marks = (
    <>
      <FigureAxis scale={scale} top={HEAD - 4} bottom={y - 6} />
      {drawn.map(({ block, top, bottom }) => (
        <g key={block.key}>
          <text x={side} y={top + 16} text-anchor="start" class="strong">{fitted(block.head, width * 0.62, 12, 700)}</text>
          {block.note && <text x={width - side} y={top + 16} text-anchor="end" class="faint">{noteIn(block, width)}</text>}
          {block.low !== null && block.high !== null && (
            <rect
              class="band" x={Math.min(scale.at(block.low), scale.at(block.high)) - (block.low === block.high ? 1 : 0)} y={top + HEAD - 3}
              width={Math.max(2, Math.abs(scale.at(block.high) - scale.at(block.low)))} height={Math.max(4, bottom - top - HEAD + 2)}
              {...tip(t('charts.tolls.band', { range: range(block.low, block.high) }))}
            />
          )}
          {block.best !== null && <line class="best" x1={scale.at(block.best)} x2={scale.at(block.best)} y1={top + HEAD - 3} y2={bottom - 1} />}
          {block.figures.map((one, n) => {
            const middle = top + HEAD + n * ROW + ROW / 2;
            const [low, high] = [one.low ?? 0, one.high ?? one.low ?? 0];
            const [a, b] = [scale.at(low), scale.at(high)];
            const open = one.high === null;
            const ends = open ? b + step * 18 : b;
            return (
              <g key={one.key} class={one.go ? 'goes' : undefined} {...tip(one.words)} onClick={one.go ? () => navigate(one.go!) : undefined}>
                <rect x={0} y={middle - ROW / 2} width={width} height={ROW} fill="transparent" />
                <Shape side={one.side} x={side + step * 6} y={middle} />
                <text x={side + step * 18} y={middle + 4} text-anchor="start">{fitted(one.label, column - 28)}</text>
                {a !== b && <line x1={a} x2={b} y1={middle} y2={middle} stroke={colour(one.side)} stroke-width={5} stroke-opacity={0.55} />}
                {open && <path d={`M${b} ${middle}H${ends}m${-step * 5} -4l${step * 5} 4l${-step * 5} 4`} fill="none" stroke={colour(one.side)} stroke-width={1.5} />}
                {one.low === null && <path d={`M${a} ${middle - 5}v10`} stroke={colour(one.side)} stroke-width={1.5} />}
                {one.low !== null && <Shape side={one.side} x={a} y={middle} />}
                {one.high !== null && a !== b && <Shape side={one.side} x={b} y={middle} />}
                <text x={(rtl ? Math.min(a, b, ends) : Math.max(a, b, ends)) + step * 10} y={middle + 4} text-anchor={rtl ? 'end' : 'start'} direction="ltr" class="halo">
                  {range(one.low, one.high)}
                </text>
              </g>
            );
          })}
          {block.more ? <text x={side} y={bottom - 4} text-anchor="start" class="faint">{t('charts.tolls.more', { n: block.more })}</text> : null}
        </g>
      ))}
    </>
  );
  return { height, marks };
}
