/** Sieges over time: one row for each besieged place and besieger. */
import type { Siege } from '../api/types';
import { pageOf } from '../addresses';
import { and, day, days, t, word } from '../i18n';
import { EntityLink, EntityList } from '../ui/marks';
import { nameOr, sidesOf } from './control';
import { Chart, type ChartProps } from './frame';
import { span } from './scale';
import { Timeline, type Row } from './timeline';

export function SiegeChart({ sieges, ...rest }: { sieges: Siege[] } & Pick<ChartProps<Siege>, 'knownBy' | 'quiet'>) {
  const dated = sieges.filter((one) => one.from || one.to);
  const ends = span(dated.flatMap((one) => [one.from, one.to]));
  if (!ends) return null;
  const rows: Row[] = dated.map((one, n) => {
    const who = and(one.besiegers.map(nameOr));
    const sides = one.besiegers.length ? sidesOf(one.besiegers) : [''];
    return {
      key: `${n}`,
      label: nameOr(one.place),
      go: pageOf('place', one.place),
      bars: [{
        from: one.from, to: one.to ?? one.from, look: sides.length > 1 ? { how: 'stripes', sides } : { how: 'full', sides },
        label: who || t('charts.sieges.nobody'), hatched: one.disputed,
        words: t('charts.sieges.words', { who: who || null, days: days(one.from, one.to), cut: one.cut.length ? and(one.cut.map((cut) => word('cut', cut))) : null, n: one.claims.length }),
        go: one.claims[0] ? pageOf('claim', one.claims[0]) : undefined,
      }],
    };
  });
  return (
    <Chart<Siege>
      {...rest}
      title={t('charts.sieges.title')}
      summary={t('charts.sieges.summary', { n: dated.length, from: day(ends[0]), to: day(ends[1]) })}
      draw={(canvas) => Timeline({ rows: rows.slice(0, 40), span: ends, canvas })}
      legend={<span>{t('charts.sieges.legend')}</span>}
      table={{
        rows: sieges,
        id: (one) => `${one.place}-${one.from}-${one.besiegers.join('+')}-${one.claims[0] ?? ''}`,
        columns: [
          { key: 'place', label: t('charts.place'), cell: (one) => <EntityLink id={one.place} type="place" /> },
          { key: 'who', label: t('charts.sieges.by'), cell: (one) => <EntityList ids={one.besiegers} /> },
          { key: 'days', label: t('charts.days'), cell: (one) => days(one.from, one.to) },
          { key: 'cut', label: t('charts.sieges.cut'), cell: (one) => and(one.cut.map((cut) => word('cut', cut))) },
          { key: 'claims', label: t('charts.claims'), cell: (one) => one.claims.length, number: true },
        ],
      }}
    />
  );
}
