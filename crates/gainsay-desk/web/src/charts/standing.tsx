/** How a source's figures stand to those of others: each as a dot on a scale of ratios. */
import type { SourceAnswer } from '../api/types';
import { pageOf } from '../addresses';
import { number, t, word } from '../i18n';
import { Link, navigate } from '../router';
import { range, Toll } from '../ui/figures';
import { FigureAxis, line, ltr } from './axis';
import { eventName } from '../pages/titles';
import { Chart, type Canvas } from './frame';
import { ratios } from './scale';
import { groupWord } from './tolls';

export type OwnFigure = SourceAnswer['figures'][number];

/** Its own figure over the best of all; null where there is none to set it against. */
export function ratio(figure: Pick<OwnFigure, 'own' | 'best' | 'low' | 'high'>): number | null {
  const { low, high } = figure.own;
  const own = low !== null && high !== null ? (low + high) / 2 : (low ?? high);
  const rest = figure.best ?? (figure.low !== null && figure.high !== null ? (figure.low + figure.high) / 2 : (figure.low ?? figure.high));
  if (own === null || rest === null) return null;
  if (rest === 0) return own === 0 ? 1 : null;
  return own / rest;
}

/** "×2", "×½": as monitors say it. */
export function ratioWord(value: number): string {
  return ltr(times(value));
}

function times(value: number): string {
  if (value >= 1) return `×${number(Math.round(value * 100) / 100)}`;
  const part = 1 / value;
  return Math.abs(part - Math.round(part)) < 0.005 ? `×1/${number(Math.round(part))}` : `×${number(Math.round(value * 100) / 100)}`;
}

interface Dot { figure: OwnFigure; ratio: number }

/** Dots beside one another where they would lie on one another: each with its step from the middle line. */
export function swarm(places: readonly number[], size: number): number[] {
  const laid: { x: number; step: number }[] = [];
  return places.map((x) => {
    let step = 0;
    for (let n = 0; laid.some((one) => one.step === step && Math.abs(one.x - x) < size); n++) step = n % 2 === 0 ? n / 2 + 1 : -(n + 1) / 2;
    laid.push({ x, step });
    return step;
  });
}

function draw({ width, rtl, tip }: Canvas, dots: Dot[]) {
  const size = dots.length > 120 ? 6 : 9;
  const most = Math.max(2, ...dots.map((dot) => (dot.ratio >= 1 ? dot.ratio : 1 / Math.max(dot.ratio, 1 / 64))));
  const scale = ratios(most, line(width, rtl, 24, 24));
  const steps = swarm(dots.map((dot) => scale.at(dot.ratio)), size);
  const half = Math.min(150, Math.max(30, (Math.max(0, ...steps.map(Math.abs)) + 1) * size));
  const top = 20;
  const marks = (
    <>
      <text x={rtl ? width : 0} y={12} text-anchor="start" class="faint">{t('charts.standing.below')}</text>
      <text x={rtl ? 0 : width} y={12} text-anchor="end" class="faint">{t('charts.standing.above')}</text>
      <FigureAxis scale={scale} top={top} bottom={top + 2 * half} say={ratioWord} />
      <line class="best" x1={scale.at(1)} x2={scale.at(1)} y1={top} y2={top + 2 * half} />
      {dots.map((dot, n) => (
        <g key={n} class="goes" {...tip(words(dot))} onClick={() => navigate(pageOf('event', dot.figure.event))}>
          <circle class="bar" cx={scale.at(dot.ratio)} cy={top + half + Math.max(-half, Math.min(half, steps[n]! * size))} r={size / 2 - 0.5} />
        </g>
      ))}
    </>
  );
  return { height: top + 2 * half + 24, marks };
}

function words({ figure, ratio }: Dot): string {
  return t('charts.standing.words', {
    event: eventName(figure.event), own: range(figure.own.low, figure.own.high), best: figure.best === null ? range(figure.low, figure.high) : number(figure.best),
    measure: word('measure', figure.measure), ratio: ratioWord(ratio),
  });
}

export function StandingChart({ figures, name }: { figures: OwnFigure[]; name: string }) {
  const dots = figures.map((figure) => ({ figure, ratio: ratio(figure) })).filter((dot): dot is Dot => dot.ratio !== null);
  if (dots.length === 0) return null;
  return (
    <Chart<OwnFigure>
      title={t('charts.standing.title', { source: name })}
      policy="ucdp/1"
      summary={t('charts.standing.summary', { n: dots.length, above: dots.filter((dot) => dot.ratio > 1).length, below: dots.filter((dot) => dot.ratio < 1).length })}
      draw={(canvas) => draw(canvas, dots)}
      legend={<span>{t('charts.standing.legend')}</span>}
      table={{
        rows: figures,
        id: (one) => `${one.event}-${one.measure}-${one.group}`,
        columns: [
          { key: 'event', label: t('charts.event'), cell: (one) => <Link to={pageOf('event', one.event)}><bdi>{eventName(one.event)}</bdi></Link> },
          { key: 'measure', label: t('charts.tolls.what'), cell: (one) => word('measure', one.measure) },
          { key: 'group', label: t('charts.of_whom'), cell: (one) => (one.group === 'all' ? '' : groupWord(one.group)), spare: true },
          { key: 'own', label: t('charts.standing.own'), cell: (one) => range(one.own.low, one.own.high), number: true },
          { key: 'all', label: t('charts.standing.all'), cell: (one) => <Toll toll={one} />, number: true },
          { key: 'ratio', label: t('charts.standing.ratio'), cell: (one) => { const of = ratio(one); return of === null ? '' : ratioWord(of); }, number: true },
        ],
      }}
    />
  );
}
