/** Month by month: how many events, and how many killed, from low to high. */
import type { MonthsChart as Answer } from '../api/types';
import { month, number, t } from '../i18n';
import { Toll } from '../ui/figures';
import { line, ltr, shortOrWhole, SideAxis, ticksIn, TimeAxis } from './axis';
import { Chart, type Canvas, type ChartProps } from './frame';
import { textWidth } from './measure';
import { linear, roundUp, time } from './scale';

type Month = Answer['months'][number];

/** The month after, so that a bar has an end. */
export function after(of: string): string {
  const [year, number] = of.split('-').map(Number);
  return new Date(Date.UTC(year!, number!, 1)).toISOString().slice(0, 10);
}

function draw({ width, rtl, tip }: Canvas, months: readonly Month[]) {
  const [first, last] = [`${months[0]!.month}-01`, after(months[months.length - 1]!.month)];
  const panel = 130;
  const gap = 34;
  const events = linear([0, roundUp(Math.max(1, ...months.map((one) => one.events)))], [22 + panel, 26], 4);
  const top = 22 + panel + gap;
  const killed = linear([0, roundUp(Math.max(1, ...months.map((one) => one.killed.high ?? one.killed.best ?? 0)))], [top + panel, top + 10], 4);
  const room = Math.max(...[...events.ticks, ...killed.ticks].map((tick) => textWidth(shortOrWhole(tick), 11))) + 14;
  const [from, to] = line(width, rtl, room, 18);
  const days = time([first, last], [from, to], ticksIn(width - room, rtl));
  const side = rtl ? width : 0;
  const marks = (
    <>
      <SideAxis scale={events} from={from} to={to} />
      <SideAxis scale={killed} from={from} to={to} />
      <TimeAxis within={width} scale={days} top={22} bottom={22 + panel} label={false} />
      <TimeAxis within={width} scale={days} top={top} bottom={top + panel} />
      <text x={side} y={13} text-anchor="start" class="strong">{t('charts.months.events')}</text>
      <text x={side} y={top - 6} text-anchor="start" class="strong">{t('charts.months.killed')}</text>
      {months.map((one) => {
        const [a, b] = [days.at(`${one.month}-01`), days.at(after(one.month))];
        const [x, wide] = [Math.min(a, b) + 0.5, Math.max(1, Math.abs(b - a) - 1)];
        const { low, best, high } = one.killed;
        const words = t('charts.months.words', {
          month: month(one.month), events: one.events, claims: one.claims, killed: best === null && high === null ? null : ltr([low, best, high].map((n) => (n === null ? '?' : number(n))).join('–')),
        });
        const centre = x + wide / 2;
        return (
          <g key={one.month} {...tip(words)}>
            <rect x={x} y={22} width={wide} height={panel * 2 + gap} fill="transparent" />
            <rect class="bar" x={x} y={events.at(one.events)} width={wide} height={Math.max(0, 22 + panel - events.at(one.events))} />
            {low !== null && high !== null && <line x1={centre} x2={centre} y1={killed.at(low)} y2={killed.at(high)} stroke="var(--ink)" stroke-width={Math.min(5, Math.max(1.5, wide / 3))} stroke-opacity={0.35} />}
            {best !== null && best > 0 && <circle class="best-dot" cx={centre} cy={killed.at(best)} r={Math.min(4, Math.max(1.8, wide / 3))} />}
          </g>
        );
      })}
    </>
  );
  return { height: top + panel + 24, marks };
}

export function MonthsChart({ months, title, ...rest }: { months: Month[]; title: string } & Pick<ChartProps<Month>, 'csv' | 'knownBy' | 'tools' | 'quiet' | 'level'>) {
  const most = months.reduce<Month | null>((top, one) => ((one.killed.best ?? 0) > (top?.killed.best ?? 0) ? one : top), null);
  return (
    <Chart<Month>
      {...rest}
      title={title}
      policy="ucdp/1"
      summary={t('charts.months.summary', { n: months.length, month: most ? month(most.month) : null, killed: most?.killed.best ?? null })}
      draw={(canvas) => draw(canvas, months)}
      legend={<span>{t('charts.months.legend')}</span>}
      table={{
        rows: months,
        id: (one) => one.month,
        columns: [
          { key: 'month', label: t('charts.months.month'), cell: (one) => month(one.month) },
          { key: 'events', label: t('charts.months.events'), cell: (one) => number(one.events), number: true },
          { key: 'killed', label: t('charts.months.killed'), cell: (one) => <Toll toll={one.killed} />, number: true },
          { key: 'claims', label: t('charts.claims'), cell: (one) => number(one.claims), number: true },
        ],
      }}
    />
  );
}
