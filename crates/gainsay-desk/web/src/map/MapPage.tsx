/** The map: places by holder, events, sieges and ways, at a day, as known on a day, as told by whoever is chosen. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { me } from '../api/client';
import { answers } from '../api/live';
import { nameOf } from '../api/names';
import type { MapAnswer, MapSpan } from '../api/types';
import { useAnswer } from '../api/use';
import { day, lang, t } from '../i18n';
import { Link, navigate, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Button, Empty, EntityPicker, ErrorBox, Loading, Select, SIDES, sideOf, Tabs, useKeys } from '../ui';
import type { Board, View } from './board';
import { differences, opposed } from './differences';
import { Differences } from './Differences';
import { Legend } from './Legend';
import { useLabels } from './names';
import { MapList } from './MapList';
import { MapView } from './MapView';
import { PickCard, tellerName } from './PickCard';
import { ends, FIELDS, question, readView, WINDOWS, writeView } from './state';
import { nextChange, stepped, within } from './steps';
import { PART_NAMES, type Part } from './style';
import { Teller } from './Teller';
import { find, inOrder, pageOfThing, pickOf } from './things';
import { Times, type Time } from './Times';
import { together } from './together';
import { askAhead, useTold } from './told';
import './map.css';

const SYRIA: View = { lon: 38.6, lat: 35, zoom: 5.7 };

export default function MapPage() {
  const [state, set] = useQuery(FIELDS);
  const [playing, setPlaying] = useState<Time | null>(null);
  const span = useAnswer<MapSpan>('map/span');
  const one = useTold(question(state, state.according_to));
  const two = useTold(state.two ? question(state, state.beside) : null);
  const at = state.at || one.data?.at || span.data?.last || '';
  const entry = answers.value?.fresh ? answers.value.entry : null;
  const asked = useRef(entry);
  useEffect(() => {
    if (asked.current !== null && entry !== null) span.again();
    asked.current = entry;
  }, [entry]);
  const hidden = useMemo(() => new Set(state.hide.filter((part): part is Part => PART_NAMES.includes(part as Part))), [state.hide.join()]);
  const labels = useLabels(one.data, two.data, lang.value);
  const view = useRef<View>(readView(state.view) ?? SYRIA);
  const boards = useRef<(Board | null)[]>([null, null]);
  const parted = useRef<(() => void) | undefined>(undefined);

  // The first answer decides where a map stands that nobody has moved.
  const placed = useRef(state.view !== '');
  const settle = (data: MapAnswer | null) => {
    const board = boards.current[0];
    if (placed.current || !data || !board) return;
    placed.current = true;
    const box = extent(data.places.length ? data.places : data.events);
    if (box) board.fit(box);
  };
  useEffect(() => settle(one.data), [one.data]);

  const area = useRef(state.place);
  if (area.current !== state.place) {
    area.current = state.place;
    placed.current = false;
  }

  const written = useRef(state.view);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const keepView = useCallback((next: View) => {
    view.current = next;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      written.current = writeView(next);
      set({ view: written.current }, { replace: true });
    }, 400);
  }, []);
  // Another view in the address than the one written there: one has gone back.
  useEffect(() => {
    const there = state.view !== written.current && readView(state.view);
    written.current = state.view;
    if (there) boards.current[0]?.go(there);
  }, [state.view]);
  const hold = (index: 0 | 1) => (board: Board | null) => {
    parted.current?.();
    boards.current[index] = board;
    const [a, b] = boards.current;
    parted.current = a && b ? together(a, b) : () => {};
    if (board && index === 1 && a) board.go(view.current);
    if (board && index === 0) settle(one.data);
  };

  const pick = (what: string | null) => {
    set({ pick: what ?? '' }, { replace: true });
    const thing = what && (one.data && find(one.data, what) || two.data && find(two.data, what));
    if (thing) boards.current[0]?.reveal(thing.one.lon, thing.one.lat);
  };
  const moveTo = (change: { at?: string; known_by?: string }) => set(change, { replace: true });
  const compare = () => {
    if (state.two) return set({ two: false, panel: state.panel === 'differences' ? 'legend' : state.panel });
    const told = state.according_to || state.beside ? null : opposed(span.data?.sources ?? []);
    set({ two: true, panel: 'differences', ...(told ? { according_to: told[0], beside: told[1] } : {}) });
  };
  const step = (by: number) => {
    const range = span.data && ends(span.data, at, state.known_by).happened;
    if (range && at) moveTo({ at: within(stepped(at, state.step, by), ...range) });
  };
  const change = (forward: boolean) => {
    const next = span.data && at && nextChange(span.data.changes, at, forward);
    if (next) moveTo({ at: next });
  };
  const through = (by: number) => {
    if (!one.data) return;
    const all = inOrder(one.data, hidden);
    const from = all.findIndex((thing) => pickOf(thing) === state.pick);
    const next = all[(from < 0 ? (by > 0 ? 0 : all.length - 1) : from + by + all.length) % all.length];
    if (next) pick(pickOf(next));
  };
  const picked = state.pick && one.data ? find(one.data, state.pick) : null;
  useKeys(t('nav.map'), [
    { key: ' ', label: t('map.keys.play'), do: () => setPlaying(playing ? null : 'happened') },
    { key: ',', label: t('map.keys.back'), do: () => step(-1) },
    { key: '.', label: t('map.keys.on'), do: () => step(1) },
    { key: '[', label: t('map.change_before'), do: () => change(false) },
    { key: ']', label: t('map.change_after'), do: () => change(true) },
    { key: 'n', label: t('map.keys.next'), do: () => through(1) },
    { key: 'p', label: t('map.keys.previous'), do: () => through(-1) },
    { key: 'Enter', label: t('map.keys.open'), do: () => picked && navigate(pageOfThing(picked)) },
    { key: 'Escape', label: t('map.keys.let_go'), do: () => pick(null) },
    { key: 'c', label: t('map.compare'), do: compare },
    { key: 'l', label: t('map.keys.list'), do: () => set({ panel: state.panel === 'list' ? 'legend' : 'list' }) },
  ]);

  const both = state.two && one.data && two.data ? { one: one.data, two: two.data } : null;
  const differ = useMemo(() => (both ? differences(both.one, both.two) : []), [both?.one, both?.two]);
  const sides = useMemo(() => sidesOf([one.data, state.two ? two.data : null]), [one.data, two.data, state.two]);
  const tellings = [
    ...(one.data ? [{ by: state.according_to, answer: one.data }] : []),
    ...(both ? [{ by: state.beside, answer: both.two }] : []),
  ];
  const sources = span.data?.sources ?? [];
  const shared = { labels, view: view.current, hidden, pick: state.pick || null, tiles: me.value?.settings.tiles ?? null, onPick: pick, onView: keepView };
  const panel = state.panel === 'differences' && !state.two ? 'legend' : state.panel;
  const error = one.error ?? two.error ?? span.error;

  return (
    <Page title={t('nav.map')} full>
      <div class={`map-page ${state.two ? 'two' : ''}`}>
        <div class="map-bar" role="group" aria-label={t('map.shown')}>
          <EntityPicker label={t('map.area')} type="place" single value={state.place ? [state.place] : []} placeholder={t('map.everywhere')} onValue={(ids) => set({ place: ids[0] ?? '' })} />
          <Select
            label={t('map.window')} value={String(state.days)} onValue={(value) => set({ days: Number(value) })}
            options={WINDOWS.map((n) => ({ value: String(n), label: t('map.last_days', { n }) }))}
          />
          <Button aria-pressed={state.two} onClick={compare}>{t('map.compare')}</Button>
        </div>
        <div class="maps">
          <MapView {...shared} label={t('map.as_told', { source: tellerName(state.according_to) })} answer={one.data} loading={one.loading} onBoard={hold(0)}>
            <Teller label={t('map.told_by')} value={state.according_to} sources={sources} onValue={(id) => set({ according_to: id })} />
          </MapView>
          {state.two && (
            <MapView {...shared} label={t('map.as_told', { source: tellerName(state.beside) })} answer={two.data} loading={two.loading} onBoard={hold(1)}>
              <Teller label={t('map.told_by')} value={state.beside} sources={sources} onValue={(id) => set({ beside: id })} />
            </MapView>
          )}
          <div class="map-zoom" role="group" aria-label={t('map.zoom')}>
            <Button aria-label={t('map.closer')} title={t('map.closer')} onClick={() => boards.current[0]?.map.zoomIn()}>+</Button>
            <Button aria-label={t('map.wider')} title={t('map.wider')} onClick={() => boards.current[0]?.map.zoomOut()}>−</Button>
          </div>
        </div>
        {error ? <div class="map-error"><ErrorBox error={error} again={() => { one.again(); two.again(); span.again(); }} /></div> : null}
        {span.data && at ? (
          <Times
            span={span.data} at={at} knownBy={state.known_by} step={state.step} ready={!one.loading && !two.loading} playing={playing} onPlaying={setPlaying}
            onAt={(next) => moveTo({ at: next })} onKnownBy={(next) => moveTo({ known_by: next })} onStep={(next) => set({ step: next }, { replace: true })}
            onAhead={(changes) => askAhead(changes.flatMap((next) => {
              const then = { ...state, ...next };
              return state.two ? [question(then, state.according_to), question(then, state.beside)] : [question(then, state.according_to)];
            }))}
          />
        ) : <div class="map-times">{span.data ? <Empty hint={<Link to="/add">{t('nav.add')}</Link>}>{t('map.empty')}</Empty> : !error && <Loading />}</div>}
        <aside class="map-panel" aria-label={t('map.panel')}>
          {state.pick && tellings.length > 0 && <PickCard pick={state.pick} tellings={tellings} onClose={() => pick(null)} />}
          <Tabs
            label={t('map.panel')} at={panel} onTab={(key) => set({ panel: key as typeof state.panel }, { replace: true })}
            tabs={[
              { key: 'legend', label: t('map.panel.legend') }, { key: 'list', label: t('map.panel.list') },
              ...(state.two ? [{ key: 'differences', label: t('map.panel.differences'), count: both ? differ.length : undefined }] : []),
            ]}
          />
          {panel === 'legend' && <Legend sides={sides} hidden={hidden} days={state.days} onHide={(parts) => set({ hide: parts }, { replace: true })} />}
          {panel === 'list' && one.data && <MapList answer={one.data} pick={state.pick || null} onPick={pick} />}
          {panel === 'differences' && both && <Differences all={differ} tellers={[tellerName(state.according_to), tellerName(state.beside)]} pick={state.pick || null} onPick={pick} />}
        </aside>
        <p class="visually-hidden" role="status">
          {one.data && !playing && t('map.summary', { day: day(one.data.at), places: one.data.places.length, events: one.data.events_total, place: state.place ? (nameOf(state.place)?.name ?? state.place) : null })}
        </p>
      </div>
    </Page>
  );
}

/** West, south, east and north of what is told, without the farthest twentieth on each edge. */
function extent(all: readonly { lon: number; lat: number }[]): [number, number, number, number] | null {
  if (all.length === 0) return null;
  const edge = (values: number[], part: number) => values.sort((a, b) => a - b)[Math.round(part * (values.length - 1))]!;
  const [lons, lats] = [all.map((one) => one.lon), all.map((one) => one.lat)];
  return [edge(lons, 0.03) - 0.15, edge(lats, 0.03) - 0.1, edge(lons, 0.97) + 0.15, edge(lats, 0.97) + 0.1];
}

/** The sides on the maps, in the order of legends; those of besiegers too. */
function sidesOf(answers: readonly ({ places: { sides: string[] }[]; sieges: { sides: string[] }[] } | null)[]): string[] {
  const there = new Set(answers.flatMap((answer) => (answer ? [...answer.places, ...answer.sieges].flatMap((one) => one.sides.map((side) => sideOf(side).key)) : [])));
  return [...SIDES.filter((side) => there.has(side)), ...[...there].filter((side) => !SIDES.includes(side)).sort()];
}
