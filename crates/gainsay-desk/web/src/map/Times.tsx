/** The two times, never mixed: when it happened, and what was known by when. Each can be dragged, stepped, typed and played. */
import { useState } from 'preact/hooks';
import type { Day, MapSpan } from '../api/types';
import { day as written, t } from '../i18n';
import { Button, DateField, Select } from '../ui';
import { usePlay } from './play';
import { Slider, type Bar } from './slider';
import { ends } from './state';
import { nextChange, stepped, STEPS, within, type Step } from './steps';

export interface TimesProps {
  span: MapSpan;
  at: Day;
  /** '' is as known today. */
  knownBy: string;
  step: Step;
  ready: boolean;
  onAt: (day: Day) => void;
  onKnownBy: (day: string) => void;
  onStep: (step: Step) => void;
  /** The days that will be wanted next, of one time or the other. */
  onAhead: (change: { at?: Day; known_by?: Day }[]) => void;
  /** What plays is held here, so that keys of the page reach it. */
  playing: Time | null;
  onPlaying: (time: Time | null) => void;
}
export type Time = 'happened' | 'known';

export function Times(props: TimesProps) {
  const { span, at, knownBy, step, playing } = props;
  const { happened, said } = ends(span, at, knownBy);
  if (!happened) return null;
  const known = said ? knownBy || said[1] : null;
  return (
    <section class="map-times" aria-label={t('map.times')}>
      <Row
        time="happened" label={t('map.happened')} hint={t('map.happened_hint')} ends={happened} value={at} bars={span.months.map((one) => ({ month: one.month, value: one.events }))}
        {...common(props)} on={playing === 'happened'} changes={span.changes} onDay={props.onAt} onAhead={(days) => props.onAhead(days.map((one) => ({ at: one })))}
      />
      {said && known && (
        <Row
          time="known" label={t('map.known')} hint={t('map.known_hint')} ends={said} value={known} bars={span.months.map((one) => ({ month: one.month, value: one.reports }))}
          {...common(props)} on={playing === 'known'} {...(knownBy ? {} : { reads: t('map.known_today') })}
          onDay={(one) => props.onKnownBy(one >= said[1] ? '' : one)} onAhead={(days) => props.onAhead(days.map((one) => ({ known_by: one })))}
        />
      )}
      <div class="map-step">
        <Select label={t('map.step')} value={step} options={STEPS.map((one) => ({ value: one, label: t(`map.step.${one}`) }))} onValue={props.onStep} />
        {knownBy && <Button look="quiet" onClick={() => props.onKnownBy('')}>{t('map.known_reset')}</Button>}
      </div>
      {knownBy && knownBy < at && <p class="small muted map-note">{t('map.before', { day: written(knownBy) })}</p>}
    </section>
  );
}

function common({ step, ready, onPlaying }: TimesProps) {
  return { step, ready, onPlaying };
}

interface RowProps {
  time: Time; label: string; hint: string; ends: [Day, Day]; value: Day; bars: Bar[]; step: Step; ready: boolean; on: boolean; changes?: Day[];
  reads?: string; onPlaying: (time: Time | null) => void; onDay: (day: Day) => void; onAhead: (days: Day[]) => void;
}

function Row({ time, label, hint, ends: [first, last], value, bars, step, ready, on, changes, reads, onPlaying, onDay, onAhead }: RowProps) {
  const [wrong, setWrong] = useState(false);
  usePlay({ on, day: value, last, step, ready, onDay, onEnd: () => onPlaying(null), onAhead });
  const play = () => {
    if (on) return onPlaying(null);
    if (value >= last) onDay(first);
    onPlaying(time);
  };
  const go = (day: Day | null) => day && onDay(within(day, first, last));
  const typed = (day: string) => {
    setWrong(day !== '' && (day < first || day > last));
    if (day) go(day);
  };
  return (
    <div class="map-time">
      <div class="map-time-head">
        <h2 title={hint}>{label}</h2>
        <DateField label={label} bare value={value} edge="last" onValue={typed} />
        <span class="map-time-buttons">
          {changes && <Icon name="first" label={t('map.change_before')} disabled={!nextChange(changes, value, false)} onClick={() => go(nextChange(changes, value, false))} />}
          <Icon name="back" label={t('map.step_back', { step: t(`map.step.${step}`) })} disabled={value <= first} onClick={() => go(stepped(value, step, -1))} />
          <Icon name={on ? 'pause' : 'play'} label={t(on ? 'map.pause' : 'map.play', { what: label })} onClick={play} />
          <Icon name="on" label={t('map.step_on', { step: t(`map.step.${step}`) })} disabled={value >= last} onClick={() => go(stepped(value, step, 1))} />
          {changes && <Icon name="last" label={t('map.change_after')} disabled={!nextChange(changes, value, true)} onClick={() => go(nextChange(changes, value, true))} />}
        </span>
      </div>
      <div class="map-time-track">
        <Slider label={label} first={first} last={last} value={value} step={step} bars={bars} onDay={onDay} {...(reads ? { reads } : {})} />
        <div class="map-time-ends" aria-hidden="true">
          <span>{written(first)}</span>
          <span>{wrong ? t('map.outside') : (reads ?? written(last))}</span>
        </div>
      </div>
    </div>
  );
}

const ICONS = {
  first: 'M3 2h2v12H3zm10 0v12L6 8z',
  back: 'M11 2v12L4 8z',
  play: 'M4 2l10 6-10 6z',
  pause: 'M4 2h3v12H4zm5 0h3v12H9z',
  on: 'M5 2v12l7-6z',
  last: 'M11 2h2v12h-2zM3 2v12l7-6z',
};

/** A sign on a button; in Arabic the signs of time point the other way, as time does. */
export function Icon({ name, label, disabled = false, onClick }: { name: keyof typeof ICONS; label: string; disabled?: boolean; onClick: () => void }) {
  return (
    <Button look="quiet" class="map-icon" aria-label={label} title={label} disabled={disabled} onClick={onClick}>
      <svg class="icon turns" viewBox="0 0 16 16" aria-hidden="true"><path d={ICONS[name]} /></svg>
    </Button>
  );
}
