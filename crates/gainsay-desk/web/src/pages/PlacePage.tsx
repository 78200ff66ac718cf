/** A place: who holds it and held it, sieges and ways in, what happened there, who fled, what is lacking. */
import type { ComponentChildren } from 'preact';
import type { Control, Day, Dispute, Id, PlaceAnswer, Siege, WayIn } from '../api/types';
import { useAnswer } from '../api/use';
import { pageOf } from '../addresses';
import { ControlChart } from '../charts/control';
import { DisplacementChart } from '../charts/displacement';
import { SiegeChart } from '../charts/sieges';
import { day, days, number, rich, t, word } from '../i18n';
import { Link } from '../router';
import type { PageParams } from '../routes';
import { Page } from '../shell/Page';
import { Await, Empty, ErrorBox, Loading } from '../ui/feedback';
import { Table } from '../ui/figures';
import { EntityLink, EntityList, StateChip } from '../ui/marks';
import { AtBar, DisputeRows, EventTable, Fact, Section, useAt, Words } from './parts';

export default function PlacePage({ id = '' }: PageParams) {
  const [ask, setAsk] = useAt();
  const answer = useAnswer<PlaceAnswer>(`places/${encodeURIComponent(id)}`, ask);
  if (answer.error) return <Page title={id}><ErrorBox error={answer.error} again={answer.again} /></Page>;
  if (!answer.data) return <Page title={id} bare><Loading /></Page>;
  const { place, around } = answer.data;
  return (
    <Page
      title={place.name || place.id}
      over={<>{word('place_kind', place.kind) || t('pages.place')}{around.length > 0 && <> · <EntityList ids={around} /></>}</>}
      aside={place.lat !== null && <Link class="button" to={`/?place=${encodeURIComponent(place.id)}${ask.at ? `&at=${ask.at}` : ''}`}>{t('pages.on_map')}</Link>}
    >
      <AtBar ask={ask} onAsk={setAsk} />
      <Await answer={answer}>{(data) => <Body data={data} ask={ask} />}</Await>
    </Page>
  );
}

/** The days on which a place's holder is disputed, as the ids of its disputes tell them. */
export function disputedDays(disputes: readonly Dispute[], place: Id): { from: Day; to: Day; dispute: Id }[] {
  return disputes.flatMap((dispute) => {
    const found = /^holder-(\d{4}-\d{2}-\d{2})-/.exec(dispute.id);
    return dispute.kind === 'holder' && dispute.about.place === place && found ? [{ from: found[1]!, to: found[1]!, dispute: dispute.id }] : [];
  });
}

function Body({ data, ask }: { data: PlaceAnswer; ask: ReturnType<typeof useAt>[0] }) {
  const { place, within, control, holdings, sieges, access, disputes, events, displacement, needs } = data;
  const here = encodeURIComponent(place.id);
  const own = control.find((one) => one.place === place.id);
  const known = { knownBy: ask.known_by || null };
  const csv = { place: [place.id], ...(ask.known_by && { known_by: ask.known_by }), ...(ask.according_to && { according_to: ask.according_to }) };
  return (
    <div class="stack">
      {own && <Holder control={own} />}
      <dl class="facts">
        <Fact name={t('pages.place.spellings')}>{place.spellings.length > 0 && <Words words={place.spellings} />}</Fact>
        <Fact name={t('pages.written')}>{place.mentions.length > 0 && <Words words={place.mentions} />}</Fact>
        <Fact name={t('pages.place.pcode')}>{place.pcode && <span class="mono" dir="ltr">{place.pcode}</span>}</Fact>
        <Fact name={t('pages.place.point')}>{place.lat !== null && place.lon !== null && <span class="mono" dir="ltr">{place.lat.toFixed(3)}, {place.lon.toFixed(3)}</span>}</Fact>
        <Fact name={t('nav.claims')}><Link to={`/claims?place=${here}`}>{number(data.claims)}</Link></Fact>
      </dl>
      {holdings.length > 0 && (
        <Section title={t('charts.control.title')}>
          <ControlChart
            title={t('pages.place.control', { place: place.name })}
            rows={[{ place: place.id, name: place.name, holdings, disputed: disputedDays(disputes, place.id) }]}
            at={ask.at || null}
            quiet
            csv={{ path: 'charts/control', params: csv }}
            {...known}
          />
          {control.length > 1 && <Others control={control.filter((one) => one.place !== place.id)} />}
        </Section>
      )}
      {sieges.length > 0 && (
        <Section title={t('pages.place.sieges')} count={sieges.length}>
          <SiegeChart sieges={sieges} quiet {...known} />
          <ul class="plain stack tight">{sieges.map((siege, n) => <li key={n}><SiegeLine siege={siege} /></li>)}</ul>
        </Section>
      )}
      {access.length > 0 && <Section title={t('pages.place.access')} count={access.length}><Ways ways={access} /></Section>}
      {disputes.length > 0 && <Section title={t('nav.disputes')} count={disputes.length}><DisputeRows disputes={disputes} /></Section>}
      {events.total > 0 && (
        <Section title={t('nav.events')} count={events.total} aside={<Link to={`/events?place=${here}`}>{t('pages.all', { n: events.total })}</Link>}>
          <EventTable events={events.items} caption={t('nav.events')} />
        </Section>
      )}
      {displacement.length > 0 && (
        <Section title={t('pages.place.displacement')}>
          <DisplacementChart title={t('charts.displacement.title')} points={displacement} quiet csv={{ path: 'charts/displacement', params: { place: [place.id] } }} {...known} />
        </Section>
      )}
      {needs.length > 0 && <Section title={t('pages.place.needs')}><DisplacementChart title={t('pages.place.needs_title')} points={needs} quiet {...known} /></Section>}
      {within.length > 0 && (
        <Section title={t('pages.place.within')} count={within.length}>
          <p>{within.slice(0, 80).map((one, n) => <span key={one.id}>{n > 0 && t('list.comma')}<EntityLink id={one.id} name={one.name} type="place" /></span>)}{within.length > 80 && <span class="muted"> {t('list.more', { n: within.length - 80 })}</span>}</p>
        </Section>
      )}
      {data.claims === 0 && <Empty>{t('pages.no_claims')}</Empty>}
    </div>
  );
}

/** Who holds it, in one sentence. */
function Holder({ control }: { control: Control }) {
  const values: Record<string, ComponentChildren> = {
    who: <EntityList ids={control.holders} />,
    since: control.since && day(control.since),
    at: day(control.at),
    from: control.inherited_from && <EntityLink id={control.inherited_from} type="place" />,
  };
  return (
    <div class="holder">
      <p class="lead">
        <StateChip state={control.state} /> {rich(`pages.place.holder.${control.state}`, values)}
      </p>
      <p class="small muted">
        {control.age_days !== null && t('pages.place.age', { n: control.age_days })}{' '}
        {control.degree === 'partial' && t('charts.degree.partial')}{' '}
        {control.inherited_from && rich('pages.place.inherited', { place: <EntityLink id={control.inherited_from} type="place" /> })}{' '}
        <ClaimLinks ids={control.claims} />
      </p>
    </div>
  );
}

export function ClaimLinks({ ids, most = 6 }: { ids: readonly Id[]; most?: number }) {
  if (ids.length === 0) return null;
  return (
    <span class="small">
      {t('pages.claims_n', { n: ids.length })}:{' '}
      {ids.slice(0, most).map((id, n) => <span key={id}>{n > 0 && t('list.comma')}<Link to={pageOf('claim', id)}><bdi class="mono">{id}</bdi></Link></span>)}
      {ids.length > most && '…'}
    </span>
  );
}

function Others({ control }: { control: Control[] }) {
  return (
    <Table<Control>
      caption={t('pages.place.within')}
      rows={control.slice(0, 100)}
      id={(one) => one.place}
      columns={[
        { key: 'place', label: t('charts.place'), cell: (one) => <EntityLink id={one.place} name={one.name} type="place" /> },
        { key: 'state', label: t('charts.state'), cell: (one) => <StateChip state={one.state} /> },
        { key: 'holders', label: t('charts.holders'), cell: (one) => <EntityList ids={one.holders} /> },
        { key: 'since', label: t('pages.since'), cell: (one) => day(one.since), spare: true },
      ]}
    />
  );
}

function SiegeLine({ siege }: { siege: Siege }) {
  return (
    <>
      {rich('pages.place.siege', {
        who: siege.besiegers.length ? <EntityList ids={siege.besiegers} /> : null,
        days: days(siege.from, siege.to) || null,
        cut: siege.cut.length ? siege.cut.map((cut) => word('cut', cut)).join(t('list.comma')) : null,
        target: siege.target ? <bdi>{siege.target}</bdi> : null,
      })}{' '}
      {siege.disputed && <span class="chip dispute">{t('pages.place.siege_disputed')}</span>}{' '}
      {(siege.deliveries ?? []).length > 0 && <span class="chip">{t('pages.place.deliveries', { n: siege.deliveries.length })}</span>}{' '}
      <ClaimLinks ids={siege.claims} most={4} />
    </>
  );
}

function Ways({ ways }: { ways: WayIn[] }) {
  return (
    <Table<WayIn>
      caption={t('pages.place.access')}
      rows={ways}
      id={(way) => way.way}
      columns={[
        { key: 'way', label: t('pages.way'), cell: (way) => <bdi>{way.name}</bdi> },
        { key: 'kind', label: t('pages.kind'), cell: (way) => word('pages.way_kind', way.kind), spare: true },
        { key: 'from', label: t('pages.way.from'), cell: (way) => <EntityLink id={way.from} type="place" /> },
        { key: 'state', label: t('charts.state'), cell: (way) => <span class={`chip way-${way.state}`}>{t(`pages.way.${way.state}`)}</span> },
        {
          key: 'hands', label: t('pages.way.hands'),
          cell: (way) => (
            <ol class="plain hands">
              {way.hands.map((hand) => (
                <li key={hand.place}><EntityLink id={hand.place} type="place" />: {hand.holders.length ? <EntityList ids={hand.holders} /> : <span class="muted">{t('state.unknown')}</span>}</li>
              ))}
            </ol>
          ),
        },
        { key: 'claims', label: t('charts.claims'), cell: (way) => <ClaimLinks ids={[...way.cut_by, ...way.deliveries]} most={3} />, spare: true },
      ]}
    />
  );
}
