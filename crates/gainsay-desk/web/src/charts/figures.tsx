/** The versions of a disputed count on one scale. */
import type { Link as Voice, Measure } from '../api/types';
import { and, t, word } from '../i18n';
import { range } from '../ui/figures';
import { EntityLink } from '../ui/marks';
import { Chart } from './frame';
import { Ranges, type Block } from './ranges';
import { groupWord } from './tolls';

export interface FigureVersion { label: string; figure: { low: number | null; high: number | null } | null; voices: Voice[]; claims: number }

export function FiguresChart({ versions, measure, group }: { versions: FigureVersion[]; measure: Measure; group: string }) {
  const shown = versions.filter((one) => one.figure !== null);
  const head = t('charts.tolls.head', { measure: word('measure', measure), group: group === 'all' ? null : groupWord(group) });
  const block: Block = {
    key: 'versions', head, low: null, best: null, high: null,
    figures: shown.flatMap((one, n) => one.voices.map((voice) => ({
      key: `${n}-${voice.id}`,
      label: voice.name,
      side: voice.side,
      low: one.figure!.low,
      high: one.figure!.high,
      words: t('charts.tolls.words', { source: voice.name, figure: one.label, root: null, n: one.claims }),
    }))).slice(0, 24),
  };
  return (
    <Chart<FigureVersion>
      title={t('charts.figures.title')}
      summary={t('charts.figures.summary', { n: shown.length, figures: and(shown.map((one) => one.label)) })}
      draw={(canvas) => Ranges({ blocks: [block], canvas })}
      legend={<span>{t('charts.tolls.legend.open')}</span>}
      table={{
        rows: shown,
        id: (one) => one.label,
        columns: [
          { key: 'figure', label: t('charts.figure'), cell: (one) => range(one.figure!.low, one.figure!.high), number: true },
          { key: 'voices', label: t('charts.root'), cell: (one) => one.voices.map((voice, n) => <span key={voice.id}>{n > 0 && t('list.comma')}<EntityLink id={voice.id} name={voice.name} side={voice.side} type="source" /></span>) },
          { key: 'claims', label: t('charts.claims'), cell: (one) => one.claims, number: true },
        ],
      }}
    />
  );
}
