/** Who is said to have held each place, from when to when. */
import { me } from '../api/client';
import { nameOf } from '../api/names';
import type { Day, Holding, Id } from '../api/types';
import { pageOf } from '../addresses';
import { and, day, days, t } from '../i18n';
import { EntityList, StateChip } from '../ui/marks';
import { Chart, type ChartProps } from './frame';
import { colour } from './patterns';
import { span } from './scale';
import { Timeline, type Bar, type Row } from './timeline';

export interface ControlRow { place: Id; name: string; holdings: Holding[]; disputed?: { from: Day; to: Day; dispute: Id | null }[] }

export const sideOfId = (id: Id) => nameOf(id)?.side ?? '';
export const nameOr = (id: Id) => nameOf(id)?.name ?? id;

/** Sides in the order of the holders, each once. */
export function sidesOf(ids: readonly Id[]): string[] {
  return [...new Set(ids.map(sideOfId))];
}

export function barOf(holding: Holding): Bar | null {
  if (holding.state === 'unknown' || holding.holders.length === 0) return null;
  const sides = sidesOf(holding.holders);
  const who = and(holding.holders.map(nameOr));
  const how = holding.state === 'held' ? 'full' : holding.state === 'claimed' ? 'outline' : 'stripes';
  return {
    from: holding.from,
    to: holding.to,
    look: { how, sides },
    label: who,
    half: holding.degree === 'partial' && holding.state !== 'contested',
    words: t('charts.control.bar', {
      who, state: t(`state.${holding.state}`), days: days(holding.from, holding.to), n: holding.claims.length,
    }),
  };
}

interface Line extends Holding { row: ControlRow }

/** So many places are drawn; the table has all. */
const MOST = 60;

export function ControlChart({ rows, title, from, to, ...rest }: { rows: ControlRow[]; title: string; from?: Day | null; to?: Day | null; at?: Day | null }
  & Pick<ChartProps<Line>, 'csv' | 'knownBy' | 'tools' | 'quiet' | 'level'>) {
  const all = rows.flatMap((row) => row.holdings);
  const lasts = all.some((one) => one.to === null) ? me.value?.ledger.last : null;
  const ends = span([from, to, rest.at, to ? null : lasts, ...all.flatMap((one) => [one.from, one.to])]) ?? ['2011-01-01', '2011-12-31'];
  const drawn: Row[] = rows.slice(0, MOST).map((row) => ({
    key: row.place,
    label: row.name,
    go: pageOf('place', row.place),
    bars: row.holdings.map(barOf).filter((bar): bar is Bar => bar !== null),
    hatches: (row.disputed ?? []).map((one) => ({
      from: one.from, to: one.to, words: t('charts.control.disputed', { days: days(one.from, one.to) }),
      ...(one.dispute ? { go: pageOf('dispute', one.dispute) } : {}),
    })),
  }));
  const lines: Line[] = rows.flatMap((row) => row.holdings.map((one) => ({ ...one, row })));
  return (
    <Chart<Line>
      {...rest}
      title={title}
      summary={t('charts.control.summary', { n: rows.length, changes: lines.length, from: day(ends[0]), to: day(ends[1]) })}
      draw={(canvas) => Timeline({ rows: drawn, span: ends, canvas, mark: rest.at ?? undefined })}
      legend={
        <>
          <ControlLegend sides={sidesOf(all.flatMap((one) => one.holders))} />
          {rows.length > MOST && <span>{t('charts.control.more', { n: rows.length - MOST })}</span>}
        </>
      }
      table={{
        rows: lines,
        id: (one) => `${one.place}-${one.from}-${one.state}-${one.holders.join('+')}`,
        columns: [
          { key: 'place', label: t('charts.place'), cell: (one) => <bdi>{one.row.name}</bdi> },
          { key: 'days', label: t('charts.days'), cell: (one) => days(one.from, one.to) },
          { key: 'state', label: t('charts.state'), cell: (one) => <StateChip state={one.state} /> },
          { key: 'holders', label: t('charts.holders'), cell: (one) => <EntityList ids={one.holders} /> },
          { key: 'degree', label: t('charts.degree'), cell: (one) => (one.degree ? t(`charts.degree.${one.degree}`) : ''), spare: true },
          { key: 'claims', label: t('charts.claims'), cell: (one) => one.claims.length, number: true },
        ],
      }}
    />
  );
}

function ControlLegend({ sides }: { sides: string[] }) {
  const one = sides[0] ?? 'government';
  const two = sides[1] ?? 'opposition';
  const box = (fill: object, inner?: object) => (
    <svg width="20" height="12" aria-hidden="true">
      <rect x="1" y="1" width="18" height="10" {...fill} />
      {inner && <rect x="9" y="1" width="10" height="10" {...inner} />}
    </svg>
  );
  return (
    <>
      <span>{box({ fill: colour(one) })}{t('charts.legend.held')}</span>
      <span>{box({ fill: 'none', stroke: colour(one), 'stroke-width': 2, 'stroke-dasharray': '4 2' })}{t('charts.legend.claimed')}</span>
      <span>{box({ fill: colour(one) }, { fill: colour(two) })}{t('charts.legend.contested')}</span>
      <span>
        <svg width="20" height="12" aria-hidden="true">
          <rect x="1" y="1" width="18" height="10" fill="none" stroke="currentColor" />
          <path d="M1 11 11 1M7 11 17 1M13 11 19 5M1 5 5 1" stroke="currentColor" />
        </svg>
        {t('charts.legend.disputed')}
      </span>
      <span>
        <svg width="20" height="12" aria-hidden="true"><rect x="1" y="6" width="18" height="5" fill={colour(one)} /></svg>
        {t('charts.legend.partial')}
      </span>
    </>
  );
}
