/** When each version of something was said: one row for each, a mark for each report. */
import type { Card } from '../api/types';
import { pageOf } from '../addresses';
import { day, t } from '../i18n';
import { navigate } from '../router';
import { line, ticksIn, TimeAxis } from './axis';
import { Chart, type Canvas } from './frame';
import { fitted, textWidth } from './measure';
import { Shape } from './patterns';
import { span, time } from './scale';

export interface Version { label: string; claims: Card[] }
interface Line { version: string; claim: Card }

const ROW = 28;

function draw({ width, rtl, tip }: Canvas, versions: Version[], ends: [string, string]) {
  const column = Math.min(Math.max(...versions.map((one) => textWidth(one.label))) + 14, width * 0.36);
  const scale = time(ends, line(width, rtl, column, 24), ticksIn(width - column, rtl));
  const bottom = versions.length * ROW + 4;
  const marks = (
    <>
      <TimeAxis within={width} scale={scale} top={0} bottom={bottom} />
      {versions.map((one, n) => {
        const y = n * ROW + ROW / 2;
        const seen = new Map<number, number>();
        return (
          <g key={n}>
            <text x={rtl ? width : 0} y={y + 4} text-anchor="start" class="strong">{fitted(one.label, column - 10, 12, 700)}</text>
            <line class="rule" x1={0} x2={width} y1={(n + 1) * ROW} y2={(n + 1) * ROW} />
            {one.claims.filter((claim) => claim.published).map((claim) => {
              const x = Math.round(scale.at(claim.published!));
              const again = seen.get(x) ?? 0;
              seen.set(x, again + 1);
              return (
                <g key={claim.id} class="goes" {...tip(t('charts.said.words', { outlet: claim.outlet ?? '', day: day(claim.published) }))} onClick={() => navigate(pageOf('claim', claim.id))}>
                  <Shape side={claim.sides[0] ?? ''} x={x + again * 7} y={y} size={11} />
                </g>
              );
            })}
          </g>
        );
      })}
    </>
  );
  return { height: bottom + 22, marks };
}

export function SaidChart({ versions }: { versions: Version[] }) {
  const ends = span(versions.flatMap((one) => one.claims.map((claim) => claim.published)));
  if (!ends) return null;
  const lines = versions.flatMap((one) => one.claims.map((claim): Line => ({ version: one.label, claim })));
  return (
    <Chart<Line>
      title={t('charts.said.title')}
      summary={t('charts.said.summary', { n: versions.length, from: day(ends[0]), to: day(ends[1]) })}
      draw={(canvas) => draw(canvas, versions, ends)}
      legend={<span>{t('charts.said.legend')}</span>}
      table={{
        rows: lines,
        id: (one) => `${one.version}-${one.claim.id}`,
        columns: [
          { key: 'day', label: t('charts.said.day'), cell: (one) => day(one.claim.published) },
          { key: 'version', label: t('charts.said.version'), cell: (one) => <bdi>{one.version}</bdi> },
          { key: 'outlet', label: t('charts.said.outlet'), cell: (one) => <bdi>{one.claim.outlet}</bdi> },
        ],
      }}
    />
  );
}
