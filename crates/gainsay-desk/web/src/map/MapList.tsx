/** The map as tables: for keyboards, for those who do not see it, and for finding what lies under other marks. */
import { useState } from 'preact/hooks';
import type { MapAnswer, MapEvent, MapPlace, MapSiege, MapWay } from '../api/types';
import { day, days, lang, number, t, word } from '../i18n';
import { EntityList, Pager, StateChip, Table, Tabs, TextField, Toll, type Column } from '../ui';
import { placeName } from './names';
import { ageText } from './PickCard';
import { PART_NAMES, type Part } from './style';

const PAGE = 60;

export interface MapListProps { answer: MapAnswer; pick: string | null; onPick: (pick: string) => void }

export function MapList({ answer, pick, onPick }: MapListProps) {
  const [part, setPart] = useState<Part>('places');
  const [typed, setTyped] = useState('');
  const counts: Record<Part, number> = {
    places: answer.places.length, events: answer.events_total, sieges: answer.sieges.length, ways: answer.ways.length,
  };
  return (
    <div class="stack tight">
      <Tabs label={t('map.list_of')} tabs={PART_NAMES.map((name) => ({ key: name, label: t(`map.part.${name}`), count: counts[name] }))} at={part} onTab={(key) => setPart(key as Part)} />
      <TextField label={t('map.find')} bare type="search" placeholder={t('map.find')} value={typed} onValue={setTyped} maxLength={200} />
      {part === 'places' && (answer.unplaced ?? 0) > 0 && <p class="small muted">{t('map.unplaced', { n: answer.unplaced! })}</p>}
      <Rows key={`${part} ${typed}`} part={part} answer={answer} typed={typed} pick={pick} onPick={onPick} />
    </div>
  );
}

function Rows({ part, answer, typed, pick, onPick }: { part: Part; answer: MapAnswer; typed: string; pick: string | null; onPick: (pick: string) => void }) {
  const [sort, setSort] = useState('');
  const [most, setMost] = useState(PAGE);
  const name = (id: string, text: string) => (
    <button type="button" class="map-name" aria-pressed={pick === id} onClick={() => onPick(id)}><bdi>{text}</bdi></button>
  );
  const shown = <T,>(caption: string, all: T[], title: (row: T) => string, id: (row: T) => string, columns: Column<T>[], orders: Record<string, (a: T, b: T) => number>) => {
    const wanted = typed.trim().toLocaleLowerCase();
    const rows = wanted ? all.filter((row) => title(row).toLocaleLowerCase().includes(wanted)) : all;
    const order = orders[sort];
    const sorted = order ? [...rows].sort(order) : rows;
    if (all.length === 0) return <p class="muted">{t('map.none')}</p>;
    return (
      <>
        <Table caption={caption} columns={columns} rows={sorted.slice(0, most)} id={id} sort={sort} onSort={setSort} />
        <Pager shown={Math.min(most, rows.length)} total={rows.length} more={most < rows.length ? () => setMost(most + PAGE) : null} />
      </>
    );
  };
  const byName = <T,>(title: (row: T) => string) => (a: T, b: T) => title(a).localeCompare(title(b), lang.value);
  const old = (age: number | null) => age ?? Infinity;

  if (part === 'places') {
    const title = (row: MapPlace) => placeName(row.id);
    return shown(t('map.part.places'), answer.places, title, (row) => row.id, [
      { key: 'name', label: t('map.place'), sort: 'name', cell: (row) => name(`place:${row.id}`, title(row)) },
      { key: 'holder', label: t('map.holder'), sort: 'holder', cell: (row) => <><EntityList ids={row.holders} most={2} /> <StateChip state={row.state} disputed={row.disputed} /></> },
      { key: 'age', label: t('map.age'), sort: 'age', cell: (row) => <>{ageText(row.age_days)}{row.since && <span class="muted small map-since">{t('time.since', { day: day(row.since) })}</span>}</> },
    ], {
      name: byName(title),
      holder: (a, b) => (a.holders[0] ?? '~').localeCompare(b.holders[0] ?? '~'),
      age: (a, b) => old(a.age_days) - old(b.age_days),
    });
  }
  if (part === 'events') {
    const title = (row: MapEvent) => placeName(row.place);
    return (
      <>
        {answer.events.length < answer.events_total && <p class="small muted">{t('map.most_deadly', { n: answer.events.length, all: number(answer.events_total) })}</p>}
        {shown(t('map.part.events'), answer.events, title, (row) => row.id, [
          { key: 'name', label: t('map.where'), sort: 'name', cell: (row) => name(`event:${row.id}`, title(row)) },
          { key: 'kind', label: t('map.what'), cell: (row) => <>{word('kind', row.kind)} {row.disputed && <span class="chip dispute">{t('state.disputed')}</span>}</> },
          { key: 'when', label: t('map.when'), sort: 'when', cell: (row) => days(row.from, row.to) },
          { key: 'killed', label: t('measure.killed'), sort: 'killed', number: true, cell: (row) => <Toll toll={row.killed} /> },
        ], {
          name: byName(title),
          when: (a, b) => (b.from ?? '').localeCompare(a.from ?? ''),
          killed: (a, b) => (b.killed?.best ?? -1) - (a.killed?.best ?? -1),
        })}
      </>
    );
  }
  if (part === 'sieges') {
    const title = (row: MapSiege) => placeName(row.place);
    return shown(t('map.part.sieges'), answer.sieges, title, (row) => `${row.place} ${row.from}`, [
      { key: 'name', label: t('map.place'), sort: 'name', cell: (row) => name(`siege:${row.place}`, title(row)) },
      { key: 'by', label: t('map.besiegers'), cell: (row) => <><EntityList ids={row.besiegers} most={2} /> {row.disputed && <span class="chip dispute">{t('state.disputed')}</span>}</> },
      { key: 'when', label: t('map.when'), sort: 'when', cell: (row) => days(row.from, row.to) },
    ], { name: byName(title), when: (a, b) => (b.from ?? '').localeCompare(a.from ?? '') });
  }
  return shown(t('map.part.ways'), answer.ways, (row: MapWay) => row.name, (row) => row.id, [
    { key: 'name', label: t('map.way'), sort: 'name', cell: (row) => name(`way:${row.id}`, row.name) },
    { key: 'state', label: t('map.way_state'), sort: 'state', cell: (row) => <span class={`chip way-${row.state}`}>{t(`map.way.${row.state}`)}</span> },
    { key: 'holder', label: t('map.holder'), cell: (row) => <EntityList ids={row.holders} most={2} /> },
    { key: 'age', label: t('map.age'), sort: 'age', number: true, cell: (row) => ageText(row.age_days) },
  ], { name: byName((row) => row.name), state: (a, b) => a.state.localeCompare(b.state), age: (a, b) => old(a.age_days) - old(b.age_days) });
}
