/** What every sign of the map means, in words; and switches for what is drawn. */
import { useEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { number, t } from '../i18n';
import { theme } from '../theme';
import { Check, SideName } from '../ui';
import { draw } from './marks';
import { AGES, tollRadius } from './scales';
import { PART_NAMES, type Part } from './style';

export interface LegendProps {
  /** Sides that are on the map, in the order of legends. */
  sides: string[];
  hidden: ReadonlySet<Part>;
  days: number;
  onHide: (hidden: Part[]) => void;
}

export function Legend({ sides, hidden, days, onHide }: LegendProps) {
  const own = sides.find((side) => side !== 'unknown') ?? 'government';
  const other = sides.find((side) => side !== own && side !== 'unknown') ?? (own === 'opposition' ? 'government' : 'opposition');
  const part = (name: Part, children: ComponentChildren, before?: ComponentChildren) => (
    <section class="map-legend-part">
      <Check
        label={t(`map.part.${name}`)} checked={!hidden.has(name)}
        onValue={(on) => onHide(PART_NAMES.filter((one) => (one === name ? !on : hidden.has(one))))}
      />
      {!hidden.has(name) && <>{before}<dl>{children}</dl></>}
    </section>
  );
  return (
    <div class="map-legend">
      {part('places', <>
        <Line mark={`place|held|${own}||`}>{t('map.legend.held')}</Line>
        <Line mark={`place|claimed|${own}||`}>{t('map.legend.claimed')}</Line>
        <Line mark={`place|contested|${[own, other].sort().join('+')}||`}>{t('map.legend.contested')}</Line>
        <Line mark={`place|held|${own}|disputed|`}>{t('map.legend.disputed')}</Line>
        <Line mark={`place|held|${own}||area`}>{t('map.legend.area')}</Line>
        <div>
          <dt class="map-ages">{AGES.map((age) => <Mark key={age.days} mark={`place|held|${own}|||${age.shade}`} />)}</dt>
          <dd>{t('map.legend.age', { a: number(AGES[1]!.days), b: number(AGES[2]!.days), c: number(AGES[3]!.days) })}</dd>
        </div>
      </>, <div class="map-sides">{sides.map((side) => <SideName key={side} side={side} />)}</div>)}
      {part('events', <>
        <div>
          <dt class="map-tolls">{[1, 10, 100].map((killed) => <Toll key={killed} killed={killed} />)}</dt>
          <dd>{t('map.legend.events', { n: days })}</dd>
        </div>
        <div><dt><Ring /></dt><dd>{t('map.legend.ring')}</dd></div>
        <div><dt><Hollow /></dt><dd>{t('map.legend.unknown')}</dd></div>
        <div><dt><Doubted /></dt><dd>{t('map.legend.doubted')}</dd></div>
      </>)}
      {part('sieges', <>
        <Line mark={`siege|${own}|`}>{t('map.legend.siege')}</Line>
        <Line mark={`siege|${own}|disputed`}>{t('map.legend.siege_disputed')}</Line>
      </>)}
      {part('ways', <>
        {(['open', 'shut', 'unknown'] as const).map((state) => <Line key={state} mark={`way|crossing|${state}|${own}`}>{t(`map.way.${state}`)}</Line>)}
        <div>
          <dt><Mark mark={`way|crossing|open|${own}`} /><Mark mark={`way|bridge|open|${own}`} /><Mark mark={`way|road|open|${own}`} /></dt>
          <dd>{t('map.legend.ways')}</dd>
        </div>
        <div><dt><Roads /></dt><dd>{t('map.legend.roads')}</dd></div>
      </>)}
      <p class="small muted">{t('map.legend.spread')} {t('map.legend.borders')}</p>
    </div>
  );
}

function Line({ mark, children }: { mark: string; children: ComponentChildren }) {
  return <div><dt><Mark mark={mark} /></dt><dd>{children}</dd></div>;
}

/** A mark as the map draws it. */
export function Mark({ mark }: { mark: string }) {
  const box = useRef<HTMLSpanElement>(null);
  const now = theme.value;
  useEffect(() => {
    const canvas = draw(mark);
    if (!canvas || !box.current) return;
    box.current.replaceChildren(canvas);
  }, [mark, now]);
  return <span ref={box} class="map-mark" data-what={mark.slice(0, mark.indexOf('|'))} aria-hidden="true" />;
}

function Toll({ killed }: { killed: number }) {
  const radius = tollRadius(killed) * 0.8;
  const size = 2 * radius + 2;
  return (
    <span class="map-toll">
      <svg width={size} height={size} aria-hidden="true"><circle class="event" cx={size / 2} cy={size / 2} r={radius} /></svg>
      <span>{number(killed)}</span>
    </span>
  );
}

function Ring() {
  return <svg width="30" height="30" aria-hidden="true"><circle class="band" cx="15" cy="15" r="9.5" stroke-width="8" /><circle class="event" cx="15" cy="15" r="8" /></svg>;
}

function Roads() {
  return (
    <svg width="44" height="22" aria-hidden="true">
      <path class="road" d="M0 3h44" />
      <path class="road shut" d="M0 11h44" stroke-dasharray="5 3.5" />
      <path class="road unknown" d="M0 19h44" stroke-dasharray="1.5 3" />
    </svg>
  );
}

function Hollow() {
  return <svg width="12" height="12" aria-hidden="true"><circle class="hollow" cx="6" cy="6" r="4" /></svg>;
}

function Doubted() {
  return (
    <svg width="24" height="24" aria-hidden="true">
      <circle class="event" cx="12" cy="12" r="10" />
      <path class="doubt" d="M4 14 14 4M6 19 19 6M12 21l9-9" />
    </svg>
  );
}
