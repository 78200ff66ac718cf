/** A slider over days, with what each month holds drawn behind it. In Arabic time runs from right to left, as in its papers. */
import { useRef } from 'preact/hooks';
import type { Day } from '../api/types';
import { day as written, dir } from '../i18n';
import { dayOfShare, moved, share, type Step } from './steps';

export interface Bar { month: string; value: number }

export interface SliderProps {
  label: string;
  first: Day;
  last: Day;
  value: Day;
  step: Step;
  bars: readonly Bar[];
  /** What the day reads as, where it is more than a day. */
  reads?: string;
  onDay: (day: Day) => void;
}

export function Slider({ label, first, last, value, step, bars, reads, onDay }: SliderProps) {
  const track = useRef<HTMLDivElement>(null);
  const rtl = dir.value === 'rtl';
  const at = share(value, first, last);
  const press = (event: PointerEvent) => {
    const { left, width } = track.current!.getBoundingClientRect();
    const part = (event.clientX - left) / width;
    const day = dayOfShare(rtl ? 1 - part : part, first, last);
    if (day !== value) onDay(day);
  };
  const key = (event: KeyboardEvent) => {
    const day = moved(event.key, value, first, last, step, rtl);
    if (day === null) return;
    event.preventDefault();
    event.stopPropagation();
    onDay(day);
  };
  return (
    <div
      ref={track}
      class="map-slider"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        track.current!.setPointerCapture(event.pointerId);
        press(event);
      }}
      onPointerMove={(event) => track.current!.hasPointerCapture(event.pointerId) && press(event)}
    >
      <Bars bars={bars} first={first} last={last} at={at} rtl={rtl} />
      <div
        class="map-thumb"
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={1000}
        aria-valuenow={Math.round(at * 1000)}
        aria-valuetext={reads ?? written(value)}
        style={{ insetInlineStart: `${(at * 100).toFixed(3)}%` }}
        onKeyDown={key}
      />
    </div>
  );
}

/** One bar a month, as high as its share of the fullest; what lies ahead of the thumb is paler. */
function Bars({ bars, first, last, at, rtl }: { bars: readonly Bar[]; first: Day; last: Day; at: number; rtl: boolean }) {
  const most = Math.max(1, ...bars.map((bar) => bar.value));
  return (
    <svg class="map-bars" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      <g transform={rtl ? 'matrix(-1 0 0 1 1000 0)' : undefined}>
        {bars.map((bar) => {
          const from = share(`${bar.month}-01`, first, last) * 1000;
          const to = share(after(bar.month), first, last) * 1000;
          if (to <= from || bar.value === 0) return null;
          const height = 6 + 94 * Math.sqrt(bar.value / most);
          const gap = Math.min(1, (to - from) * 0.15);
          return <rect key={bar.month} class={from / 1000 <= at ? 'past' : 'ahead'} x={from + gap} width={to - from - 2 * gap} y={100 - height} height={height} />;
        })}
      </g>
    </svg>
  );
}

function after(month: string): Day {
  const [year, of] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, of, 1)).toISOString().slice(0, 10);
}
