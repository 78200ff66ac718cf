/** What was pressed on the map: who holds it, since when, how old the evidence is, and the way to its page. */
import type { ComponentChildren } from 'preact';
import { nameOf } from '../api/names';
import type { Id, MapAnswer } from '../api/types';
import { and, day, days, number, t, word } from '../i18n';
import { Link } from '../router';
import { Button, EntityLink, EntityList, KindChip, StateChip, Toll } from '../ui';
import { placeName } from './names';
import { find, pageOfThing, type Thing } from './things';

export interface Telling { by: Id; answer: MapAnswer }

export function tellerName(by: Id): string {
  return by ? (nameOf(by)?.name ?? by) : t('map.everyone');
}

export function PickCard({ pick, tellings, onClose }: { pick: string; tellings: Telling[]; onClose: () => void }) {
  const things = tellings.map(({ by, answer }) => ({ by, thing: find(answer, pick) }));
  const one = things.find((each) => each.thing)?.thing;
  const id = pick.slice(pick.indexOf(':') + 1);
  const title = one ? titleOf(one) : (nameOf(id)?.name ?? '');
  return (
    <article class="map-card panel" aria-label={t('map.card')}>
      <header class="row spread">
        <h2><bdi>{title || t('map.gone_title')}</bdi></h2>
        <Button look="quiet" aria-label={t('close')} onClick={onClose}>×</Button>
      </header>
      {one && <p class="small muted">{kindOf(one)}</p>}
      {things.map(({ by, thing }) => (
        <div key={by} class="map-telling">
          {tellings.length > 1 && <h3><bdi>{t('map.as_told', { source: tellerName(by) })}</bdi></h3>}
          {thing ? <Facts thing={thing} /> : <p class="small muted">{t('map.gone')}</p>}
        </div>
      ))}
      {one && <p><Link class="map-open" to={pageOfThing(one)}>{t(one.what === 'event' ? 'map.open_event' : 'map.open_place')}</Link></p>}
      <p class="visually-hidden" role="status">{title}</p>
    </article>
  );
}

function titleOf(thing: Thing): string {
  if (thing.what === 'way') return thing.one.name;
  return placeName(thing.what === 'place' ? thing.one.id : thing.one.place);
}

function kindOf(thing: Thing): string {
  if (thing.what === 'place') return word('map.kind', thing.one.kind);
  if (thing.what === 'way') return word('map.kind', thing.one.kind);
  return thing.what === 'siege' ? word('kind', 'siege') : t('map.event');
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  return <><dt>{label}</dt><dd>{children}</dd></>;
}

/** Whoever is named where nobody is told. */
function Holders({ ids }: { ids: Id[] }) {
  return ids.length ? <EntityList ids={ids} /> : <span class="muted">{t('map.nobody')}</span>;
}

function Facts({ thing }: { thing: Thing }) {
  if (thing.what === 'place') {
    const { state, disputed, holders, since, age_days, claims, degree } = thing.one;
    return (
      <dl class="facts">
        <Fact label={t('map.holder')}><Holders ids={holders} /> <StateChip state={state} disputed={disputed} /></Fact>
        {degree === 'partial' && <Fact label={t('map.degree')}>{t('map.partly')}</Fact>}
        <Fact label={t('map.since_when')}>{since ? day(since) : t('map.unsaid')}</Fact>
        <Fact label={t('map.age')}>{ageText(age_days)}</Fact>
        <Fact label={t('map.claims')}>{number(claims)}</Fact>
      </dl>
    );
  }
  if (thing.what === 'event') {
    const { kind, from, to, killed, roots, disputed } = thing.one;
    return (
      <dl class="facts">
        <Fact label={t('map.what')}><KindChip kind={kind} />{disputed && <span class="chip dispute">{t('state.disputed')}</span>}</Fact>
        <Fact label={t('map.where')}><EntityLink id={thing.one.place} /></Fact>
        <Fact label={t('map.when')}>{days(from, to) || t('map.unsaid')}</Fact>
        <Fact label={t('measure.killed')}><Toll toll={killed} /></Fact>
        <Fact label={t('map.voices')}>{number(roots)}</Fact>
      </dl>
    );
  }
  if (thing.what === 'siege') {
    const { besiegers, from, to, cut, disputed, claims } = thing.one;
    return (
      <dl class="facts">
        <Fact label={t('map.besiegers')}><Holders ids={besiegers} />{disputed && <span class="chip dispute">{t('state.disputed')}</span>}</Fact>
        <Fact label={t('map.when')}>{days(from, to) || t('map.unsaid')}</Fact>
        {cut.length > 0 && <Fact label={t('map.cut_off')}>{and(cut.map((one) => word('cut', one)))}</Fact>}
        <Fact label={t('map.claims')}>{number(claims)}</Fact>
      </dl>
    );
  }
  const { state, holders, age_days } = thing.one;
  return (
    <dl class="facts">
      <Fact label={t('map.way_state')}><span class={`chip way-${state}`}>{t(`map.way.${state}`)}</span></Fact>
      <Fact label={t('map.holder')}><Holders ids={holders} /></Fact>
      <Fact label={t('map.age')}>{ageText(age_days)}</Fact>
    </dl>
  );
}

export function ageText(age: number | null): string {
  return age === null ? t('map.unsaid') : t('map.days_old', { n: age });
}
