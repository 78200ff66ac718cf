/** Publishing: the brief of a period and area, or the whole of it as a folder of pages that need no server. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { file, me, save } from '../api/client';
import { nameOf } from '../api/names';
import type { AuditLine, Event, Page as Paged } from '../api/types';
import { asApiError, useAnswer } from '../api/use';
import type { ApiError } from '../api/client';
import { useDraft } from '../draft';
import { and, day, days, moment, number, t } from '../i18n';
import { Page } from '../shell/Page';
import { Await, Button, Check, DateField, Empty, EntityPicker, ErrorBox, Select, TextField, toast } from '../ui';
import { COARSE, EMPTY, faults, FORMATS, LONGEST_TITLE, request, type Form, type Format, type What } from './form';
import './publish.css';

const WHATS: readonly What[] = ['brief', 'markdown', 'site', 'export'];

export default function PublishPage() {
  const may = me.value?.may;
  return (
    <Page title={t('publish.title')}>
      {may?.publish ? <Make /> : <Empty>{t('publish.may_not')}</Empty>}
      {may?.administer && <Earlier />}
    </Page>
  );
}

function Make() {
  const draft = useDraft<Form>('publish', EMPTY);
  const form = draft.value;
  const may = { names: me.value?.may.names ?? false };
  const [made, setMade] = useState<{ name: string; size: number } | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const [working, setWorking] = useState<AbortController | null>(null);
  const wrong = faults(form);
  const names = form.names && may.names;
  useEffect(() => () => working?.abort(), [working]);

  const set = (change: Partial<Form>) => {
    setMade(null);
    draft.set(change);
  };
  const make = async (event: globalThis.Event) => {
    event.preventDefault();
    if (working || wrong.length > 0) return;
    const abort = new AbortController();
    setWorking(abort);
    setError(null);
    setMade(null);
    try {
      const { path, body } = request(form, may);
      const { blob, name } = await file(path, body, abort.signal);
      save(blob, name);
      setMade({ name, size: blob.size });
      toast(t('publish.made', { name: `\u2068${name}\u2069` }));
    } catch (thrown) {
      if (!abort.signal.aborted) setError(asApiError(thrown));
    }
    setWorking(null);
  };

  return (
    <form class="publish" onSubmit={(event) => void make(event)}>
      <div class="stack">
        <fieldset class="choices">
          <legend>{t('publish.what')}</legend>
          {WHATS.map((what) => (
            <label key={what} class={`choice ${form.what === what ? 'on' : ''}`}>
              <input type="radio" name="what" checked={form.what === what} onChange={() => set({ what })} />
              <span>
                <strong>{t(`publish.what.${what}`)}</strong>
                <span class="muted small">{t(`publish.what.${what}.hint`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {form.what === 'export' ? (
          <Select
            label={t('publish.format')}
            hint={t(`publish.format.${form.format}.hint`)}
            value={form.format}
            options={FORMATS.map((format) => ({ value: format, label: t(`publish.format.${format}`) }))}
            onValue={(format) => set({ format: format as Format })}
          />
        ) : (
          <TextField label={t('publish.name')} hint={t('publish.name.hint')} value={form.title} error={wrong.includes('title') ? t('publish.fault.title', { n: LONGEST_TITLE }) : undefined} onValue={(title) => set({ title })} />
        )}
        <div class="fields">
          <DateField label={t('publish.from')} value={form.from} onValue={(from) => set({ from })} />
          <DateField label={t('publish.to')} value={form.to} edge="last" onValue={(to) => set({ to })} />
          <DateField label={t('publish.known_by')} value={form.known_by} edge="last" onValue={(known_by) => set({ known_by })} />
        </div>
        {wrong.includes('order') && <p class="field-error" role="alert">{t('publish.fault.order')}</p>}
        <EntityPicker label={t('publish.area')} placeholder={t('publish.area.all')} type="place" value={form.place} onValue={(place) => set({ place })} />
        <Select
          label={t('publish.coarsen')}
          hint={t('publish.coarsen.hint')}
          value={String(form.coarsen_km)}
          options={COARSE.map((km) => ({ value: String(km), label: km === 0 ? t('publish.coarsen.none') : t('publish.coarsen.km', { n: km }) }))}
          onValue={(km) => set({ coarsen_km: Number(km) })}
        />
        {may.names ? (
          <div class="stack tight">
            <Check label={t('publish.names')} checked={form.names} onValue={(on) => set({ names: on })} />
            {form.names && <p class="publish-warn" role="alert">{t('publish.names.warn')}</p>}
          </div>
        ) : (
          <p class="muted small">{t('publish.names.may_not')}</p>
        )}
      </div>
      <aside class="panel stack tight" aria-labelledby="publish-will">
        <h2 id="publish-will">{t('publish.will')}</h2>
        <ul class="will">
          <li>{t(`publish.will.${form.what}`)}</li>
          <li>{form.from || form.to ? t('publish.will.days', { days: days(form.from, form.to) }) : t('publish.will.all_days')}</li>
          <li>{form.place.length > 0 ? t('publish.will.area', { places: and(form.place.map((id) => `\u2068${nameOf(id)?.name ?? id}\u2069`)) }) : t('publish.will.everywhere')}</li>
          {form.known_by && <li>{t('publish.will.known_by', { day: day(form.known_by) })}</li>}
          <Extent form={form} />
          <li>{names ? <strong class="bad-ink">{t('publish.will.names')}</strong> : t('publish.will.pseudonyms')}</li>
          <li>{form.coarsen_km > 0 ? t('publish.will.coarse', { n: form.coarsen_km }) : t('publish.will.exact')}</li>
          <li>{t('publish.will.audit')}</li>
        </ul>
        <div class="row">
          <Button look={names ? 'bad' : 'main'} type="submit" busy={working !== null} disabled={wrong.length > 0}>{t(`publish.make.${form.what}`)}</Button>
          {working && <Button onClick={() => working.abort()}>{t('publish.stop')}</Button>}
          {!working && JSON.stringify(form) !== JSON.stringify(EMPTY) && <Button look="quiet" onClick={draft.clear}>{t('publish.anew')}</Button>}
        </div>
        <div role="status">
          {working && <Waiting />}
          {made && <p class="good-ink">{t('publish.made.size', { name: `\u2068${made.name}\u2069`, kb: number(Math.max(1, Math.round(made.size / 1000))) })}</p>}
        </div>
        {error && <ErrorBox error={error} />}
      </aside>
    </form>
  );
}

/** How much falls into the period and area. */
function Extent({ form }: { form: Form }) {
  const { place, from, to, known_by } = form;
  const answer = useAnswer<Paged<Event>>('events', { place, from, to, known_by, limit: 1 });
  const total = answer.data?.total ?? null;
  if (total === null || answer.error) return null;
  return <li>{total === 0 ? <strong>{t('publish.will.no_events')}</strong> : t('publish.will.events', { n: total })}</li>;
}

function Waiting() {
  const begun = useRef(Date.now()).current;
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - begun) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  return <p class="muted">{t('publish.working', { seconds: number(seconds) })}</p>;
}

/** Who took what out of the ledger before. */
function Earlier() {
  const answer = useAnswer<Paged<AuditLine>>('audit', { what: 'export', limit: 200 });
  return (
    <section class="stack tight">
      <h2 class="section-head">{t('publish.earlier')}</h2>
      <Await answer={answer}>
        {({ items }) => {
          const exports = items.filter((line) => line.what === 'export');
          if (exports.length === 0) return <p class="muted">{t('publish.earlier.none')}</p>;
          return (
            <ul class="plain earlier">
              {exports.map((line) => (
                <li key={line.at + line.detail}>
                  <span class="muted small">{moment(line.at)}</span> <strong><bdi>{line.by}</bdi></strong> <bdi>{line.detail}</bdi>
                </li>
              ))}
            </ul>
          );
        }}
      </Await>
    </section>
  );
}
