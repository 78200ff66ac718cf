/** How an actor stood to others, from when to when. */
import { nameOf } from '../api/names';
import type { Id, Tie } from '../api/types';
import { pageOf } from '../addresses';
import { and, days, t } from '../i18n';
import { EntityLink, EntityList, StatusChip } from '../ui/marks';
import { nameOr } from './control';
import { Chart } from './frame';
import { span } from './scale';
import { Timeline, type Row } from './timeline';

/** The other actor of a tie. */
export function other(tie: Tie, of: Id): Id {
  return tie.a === of ? tie.b : tie.a;
}

export function TiesChart({ ties, of, quiet = false }: { ties: Tie[]; of: Id; quiet?: boolean }) {
  const dated = ties.filter((tie) => tie.from || tie.to);
  const ends = span(dated.flatMap((tie) => [tie.from, tie.to]));
  const by = new Map<Id, Tie[]>();
  for (const tie of dated) by.set(other(tie, of), [...(by.get(other(tie, of)) ?? []), tie]);
  const rows: Row[] = [...by].map(([id, all]) => ({
    key: id,
    label: nameOr(id),
    go: pageOf(nameOf(id)?.type === 'source' ? 'source' : 'actor', id),
    bars: all.map((tie) => ({
      from: tie.from, to: tie.to ?? tie.from,
      look: { how: 'class' as const, of: `tie-${tie.tie}` },
      label: t(`charts.tie.${tie.tie}`),
      words: t('charts.tie.words', {
        tie: t(`charts.tie.${tie.tie}`), days: days(tie.from, tie.to), who: and(tie.according_to.slice(0, 4).map(nameOr)), n: tie.claims.length,
      }),
    })),
  }));
  if (!ends) return null;
  return (
    <Chart<Tie>
      quiet={quiet}
      title={t('charts.tie.title', { actor: nameOr(of) })}
      summary={t('charts.tie.summary', { n: rows.length })}
      draw={(canvas) => Timeline({ rows: rows.slice(0, 40), span: ends, canvas })}
      table={{
        rows: ties,
        id: (tie) => `${tie.a}-${tie.b}-${tie.tie}-${tie.from ?? ''}-${tie.claims[0] ?? ''}`,
        columns: [
          { key: 'with', label: t('charts.tie.with'), cell: (tie) => <EntityLink id={other(tie, of)} /> },
          { key: 'tie', label: t('charts.tie.how'), cell: (tie) => <>{t(`charts.tie.${tie.tie}`)} <StatusChip status={tie.status} /></> },
          { key: 'days', label: t('charts.days'), cell: (tie) => days(tie.from, tie.to) },
          { key: 'who', label: t('charts.tie.who'), cell: (tie) => <EntityList ids={tie.according_to} /> },
          { key: 'claims', label: t('charts.claims'), cell: (tie) => tie.claims.length, number: true },
        ],
      }}
    />
  );
}
