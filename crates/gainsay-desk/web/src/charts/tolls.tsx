/** Tolls by source: what each voice says, and low–best–high by a named policy. */
import type { Tally } from '../api/types';
import { pageOf } from '../addresses';
import { days, number, t, word } from '../i18n';
import { range, Toll } from '../ui/figures';
import { EntityLink } from '../ui/marks';
import { ltr } from './axis';
import { nameOr } from './control';
import { eventName } from '../pages/titles';
import { Chart, type ChartProps } from './frame';
import { Ranges, type Block } from './ranges';
import { ruleText } from './rules';

/** So many voices are drawn of one tally; the table has all. */
const MOST = 14;
const MOST_BLOCKS = 16;

export function groupWord(group: string): string {
  return word('charts.group', group);
}

/** "Killed, government side". */
export function tallyHead(tally: Tally, withEvent: boolean): string {
  const of = t('charts.tolls.head', { measure: word('measure', tally.measure), group: tally.group === 'all' ? null : groupWord(tally.group) });
  const scope = withEvent ? scopeText(tally) : '';
  return scope ? `${of} — ${scope}` : of;
}

/** Where and when a tally is. */
export function scopeText({ scope }: Tally): string {
  return [scope.event ? eventName(scope.event) : scope.place ? nameOr(scope.place) : '', days(scope.from, scope.to)].filter(Boolean).join(', ');
}

/** "50–65–167": low, best and high; without best where the policy chooses none. */
export function tallyFigures(tally: Tally): string {
  if (tally.best === null || (tally.low === tally.best && tally.best === tally.high)) return ltr(range(tally.low, tally.high));
  return ltr([tally.low, tally.best, tally.high].map((n) => (n === null ? '?' : number(n))).join('–'));
}

export function blockOf(tally: Tally, withEvent: boolean): Block {
  const sorted = [...tally.by_source].sort((a, b) => (a.low ?? a.high ?? 0) - (b.low ?? b.high ?? 0) || a.source.localeCompare(b.source));
  return {
    key: `${tally.scope.event ?? ''}-${tally.measure}-${tally.group}-${tally.policy}`,
    head: tallyHead(tally, withEvent),
    note: tallyFigures(tally),
    rule: ruleText(tally.rule),
    low: tally.low, best: tally.best, high: tally.high,
    figures: sorted.slice(0, MOST).map((one) => ({
      key: `${one.source}-${one.root}`,
      label: nameOr(one.source),
      side: one.side,
      low: one.low,
      high: one.high,
      words: t('charts.tolls.words', {
        source: nameOr(one.source), figure: range(one.low, one.high), root: one.root === one.source ? null : nameOr(one.root), n: one.claims.length,
      }),
      go: one.claims[0] ? pageOf('claim', one.claims[0]) : undefined,
    })),
    ...(sorted.length > MOST ? { more: sorted.length - MOST } : {}),
  };
}

interface Line { tally: Tally; one: Tally['by_source'][number] | null }

export function TollsChart({ tallies, title, withEvent = false, ...rest }: { tallies: Tally[]; title: string; withEvent?: boolean }
  & Pick<ChartProps<Line>, 'csv' | 'knownBy' | 'tools' | 'quiet' | 'level'>) {
  const shown = tallies.slice(0, MOST_BLOCKS);
  const blocks = shown.map((tally) => blockOf(tally, withEvent));
  const lines: Line[] = tallies.flatMap((tally) => [{ tally, one: null }, ...tally.by_source.map((one) => ({ tally, one }))]);
  const policy = tallies[0]?.policy ?? null;
  return (
    <Chart<Line>
      {...rest}
      title={title}
      policy={policy}
      summary={t('charts.tolls.summary', { n: tallies.length, figures: shown.map((tally) => `${tallyHead(tally, withEvent)}: ${tallyFigures(tally)}`).join('; ') })}
      draw={(canvas) => Ranges({ blocks, canvas })}
      legend={
        <>
          <span>{t('charts.tolls.legend.band')}</span>
          <span>{t('charts.tolls.legend.best')}</span>
          <span>{t('charts.tolls.legend.open')}</span>
          {tallies.length > shown.length && <span>{t('charts.tolls.hidden', { n: tallies.length - shown.length })}</span>}
        </>
      }
      table={{
        rows: lines,
        id: ({ tally, one }) => `${tally.scope.event ?? ''}-${tally.measure}-${tally.group}-${one ? `${one.source}-${one.root}-${one.low}` : 'all'}`,
        columns: [
          { key: 'what', label: t('charts.tolls.what'), cell: ({ tally, one }) => (one ? '' : <strong>{tallyHead(tally, withEvent)}</strong>) },
          { key: 'source', label: t('charts.source_name'), cell: ({ tally, one }) => (one ? <EntityLink id={one.source} type="source" side={one.side} /> : ruleText(tally.rule)) },
          { key: 'root', label: t('charts.root'), cell: ({ one }) => (one && one.root !== one.source ? <EntityLink id={one.root} type="source" /> : ''), spare: true },
          { key: 'figure', label: t('charts.figure'), cell: ({ tally, one }) => (one ? range(one.low, one.high) : <Toll toll={tally} />), number: true },
          { key: 'claims', label: t('charts.claims'), cell: ({ one }) => (one ? one.claims.length : ''), number: true },
        ],
      }}
    />
  );
}
