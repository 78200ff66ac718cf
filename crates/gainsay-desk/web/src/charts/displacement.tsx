/** How many fled and how many are away, by voice: stock as dots on a line, flow as bars over their days, the unverified hollow. */
import type { Point } from '../api/types';
import { pageOf } from '../addresses';
import { and, day, days, number, t, word } from '../i18n';
import { navigate } from '../router';
import { range } from '../ui/figures';
import { EntityLink, EntityList } from '../ui/marks';
import { line, shortOrWhole, SideAxis, ticksIn, TimeAxis } from './axis';
import { nameOr } from './control';
import { Chart, type Canvas, type ChartProps } from './frame';
import { textWidth } from './measure';
import { colour, Shape } from './patterns';
import { linear, logarithmic, roundUp, span, time } from './scale';
import { groupWord } from './tolls';

export function middle(point: Pick<Point, 'low' | 'high'>): number {
  const { low, high } = point;
  return low !== null && high !== null ? (low + high) / 2 : (low ?? high ?? 0);
}

/** Points of stock that one voice gives of one place, group and measure: one line. Flow is never joined. */
export function series(points: readonly Point[]): Point[][] {
  const by = new Map<string, Point[]>();
  for (const point of points) {
    if (point.what !== 'stock' || !(point.to ?? point.from)) continue;
    const key = [point.root, point.place.join('+'), point.group, point.measure].join('\u0000');
    by.set(key, [...(by.get(key) ?? []), point]);
  }
  const when = (point: Point) => (point.to ?? point.from)!;
  return [...by.values()].filter((all) => all.length > 1).map((all) => all.sort((a, b) => when(a).localeCompare(when(b))));
}

/** Figures that differ more than this are told apart on a scale of powers of ten. */
const WIDE = 150;

function words(point: Point): string {
  return t(point.what === 'stock' ? 'charts.displacement.stock_words' : 'charts.displacement.flow_words', {
    figure: range(point.low, point.high), what: word('measure', point.measure), place: and(point.place.map(nameOr)), days: days(point.from, point.to),
    root: nameOr(point.root), unverified: point.unverified ? t('charts.unverified') : null,
  });
}

function draw({ width, rtl, tip }: Canvas, points: readonly Point[], ends: [string, string]) {
  const high = 260;
  const all = points.flatMap((one) => [one.low, one.high]).filter((n): n is number => n !== null && n > 0);
  const most = roundUp(Math.max(1, ...all));
  const least = Math.min(most, ...all);
  const wide = most / Math.max(1, least) > WIDE;
  const scale = wide ? logarithmic([least, most], [high, 14]) : linear([0, most], [high, 14], 5);
  const room = Math.max(...scale.ticks.map((tick) => textWidth(shortOrWhole(tick), 11))) + 14;
  const [from, to] = line(width, rtl, room, 22);
  const days = time(ends, [from, to], ticksIn(width - room, rtl));
  const marks = (
    <>
      <SideAxis scale={scale} from={from} to={to} />
      <TimeAxis within={width} scale={days} top={8} bottom={high} />
      {series(points).map((all, n) => (
        <polyline key={n} class="series" stroke={colour(all[0]!.side)} points={all.map((one) => `${days.at((one.to ?? one.from)!)},${scale.at(middle(one))}`).join(' ')} />
      ))}
      {points.map((one, n) => {
        const [a, b] = [days.at((one.from ?? one.to)!), days.at((one.to ?? one.from)!)];
        const x = one.what === 'stock' ? b : (a + b) / 2;
        const y = scale.at(middle(one));
        const go = one.claims[0] ? pageOf('claim', one.claims[0]) : null;
        const tint = colour(one.side);
        return (
          <g key={n} class={go ? 'goes' : undefined} {...tip(words(one))} onClick={go ? () => navigate(go) : undefined}>
            {one.what === 'flow' && (
              <rect
                x={Math.min(a, b) - 4} y={y - 3} width={Math.abs(b - a) + 8} height={6} fill={one.unverified ? 'var(--paper)' : tint} fill-opacity={0.45}
                stroke={tint} stroke-width={1}
              />
            )}
            {one.low !== null && one.high !== null && one.low !== one.high && <line x1={x} x2={x} y1={scale.at(one.low)} y2={scale.at(one.high)} stroke={tint} stroke-width={2} />}
            {(one.low === null || one.high === null) && <path d={`M${x} ${y}v${one.high === null ? -16 : 16}m-4 ${one.high === null ? 5 : -5}l4 ${one.high === null ? -5 : 5}l4 ${one.high === null ? 5 : -5}`} fill="none" stroke={tint} stroke-width={1.5} />}
            <Shape side={one.side} x={x} y={y} size={one.what === 'stock' ? 11 : 8} hollow={one.unverified} />
          </g>
        );
      })}
    </>
  );
  return { height: high + 24, marks };
}

/** So many marks are drawn; beyond that the greatest figures. */
const MOST = 1200;

export function drawable(points: readonly Point[]): Point[] {
  const dated = points.filter((one) => one.from ?? one.to);
  return dated.length <= MOST ? dated : [...dated].sort((a, b) => middle(b) - middle(a)).slice(0, MOST);
}

export function DisplacementChart({ points, title, ...rest }: { points: Point[]; title: string } & Pick<ChartProps<Point>, 'csv' | 'knownBy' | 'tools' | 'quiet' | 'level'>) {
  const ends = span(points.flatMap((one) => [one.from, one.to])) ?? ['2011-01-01', '2011-12-31'];
  const drawn = drawable(points);
  const undated = points.filter((one) => !(one.from ?? one.to)).length;
  return (
    <Chart<Point>
      {...rest}
      title={title}
      summary={t('charts.displacement.summary', { n: points.length, most: number(Math.max(0, ...points.map(middle))), from: day(ends[0]), to: day(ends[1]) })}
      draw={(canvas) => draw(canvas, drawn, ends)}
      legend={
        <>
          <span><svg width="14" height="12" aria-hidden="true"><circle cx="7" cy="6" r="5" fill="currentColor" /></svg>{t('charts.displacement.stock')}</span>
          <span><svg width="24" height="12" aria-hidden="true"><rect x="1" y="3" width="22" height="6" fill="currentColor" fill-opacity="0.45" stroke="currentColor" /></svg>{t('charts.displacement.flow')}</span>
          <span><svg width="14" height="12" aria-hidden="true"><circle cx="7" cy="6" r="4" fill="none" stroke="currentColor" stroke-width="2" /></svg>{t('charts.displacement.hollow')}</span>
          <span>{t('charts.displacement.never')}</span>
          {points.length - undated > drawn.length && <span>{t('charts.displacement.hidden', { n: points.length - undated - drawn.length })}</span>}
          {undated > 0 && <span>{t('charts.displacement.undated', { n: undated })}</span>}
        </>
      }
      table={{
        rows: points,
        id: (one) => `${one.root}-${one.place.join('+')}-${one.from}-${one.to}-${one.measure}-${one.group}-${one.low}-${one.high}-${one.what}`,
        columns: [
          { key: 'days', label: t('charts.days'), cell: (one) => days(one.from, one.to) },
          { key: 'place', label: t('charts.place'), cell: (one) => <EntityList ids={one.place} /> },
          { key: 'what', label: t('charts.displacement.what'), cell: (one) => t(`charts.displacement.is.${one.what}`) },
          { key: 'measure', label: t('charts.tolls.what'), cell: (one) => word('measure', one.measure), spare: true },
          { key: 'figure', label: t('charts.figure'), cell: (one) => <>{range(one.low, one.high)}{one.unverified && ` (${t('charts.unverified')})`}</>, number: true },
          { key: 'group', label: t('charts.of_whom'), cell: (one) => (one.group === 'all' ? '' : groupWord(one.group)), spare: true },
          { key: 'root', label: t('charts.root'), cell: (one) => <EntityLink id={one.root} type="source" side={one.side} /> },
          { key: 'claims', label: t('charts.claims'), cell: (one) => one.claims.length, number: true },
        ],
      }}
    />
  );
}
