/** Disputes: claims about one thing that cannot all be true. */
import { DISPUTE_KINDS, type Dispute, type DisputeKind } from '../api/types';
import { pageOf } from '../addresses';
import { number, t, word } from '../i18n';
import { versionText } from '../pages/dispute-words';
import { eventName } from '../pages/titles';
import { flag, Link, oneOf, useQuery } from '../router';
import { askParams, Check, DisputeChip, EntityLink, FilterBar, Select, useAsk } from '../ui';
import { ListPage } from './parts';

const ABOUT = ['', ...DISPUTE_KINDS] as const;

export default function DisputesPage() {
  const [ask, setAsk] = useAsk();
  const [{ about, revision }, setQuery] = useQuery({ about: oneOf<DisputeKind | ''>(ABOUT, ''), revision: flag() });
  return (
    <ListPage<Dispute>
      title={t('nav.disputes')}
      what={t('lists.disputes')}
      path="disputes"
      params={{ ...askParams(ask), about, revision: revision ? true : null }}
      filter={
        <FilterBar ask={ask} onAsk={setAsk} fields={['place', 'actor', 'source', 'kind', 'from', 'to', 'known_by']}>
          <Select
            label={t('lists.about')}
            value={about}
            options={ABOUT.map((kind) => ({ value: kind, label: kind ? t(`dispute.${kind}`) : t('lists.anything') }))}
            onValue={(kind) => setQuery({ about: kind })}
          />
          <Check label={t('lists.revisions')} checked={revision} onValue={(on) => setQuery({ revision: on })} />
        </FilterBar>
      }
      id={(dispute) => dispute.id}
      columns={[
        { key: 'kind', label: t('lists.about'), cell: (dispute) => <Link to={pageOf('dispute', dispute.id)}><DisputeChip kind={dispute.kind} revision={dispute.revision} /></Link> },
        { key: 'about', label: t('lists.of'), cell: (dispute) => <DisputeSubject dispute={dispute} /> },
        {
          key: 'sides', label: t('lists.versions'),
          cell: (dispute) => (
            <Link to={pageOf('dispute', dispute.id)} class="versions">
              {dispute.sides.map((side) => (
                <span key={side.value}><span dir="auto">{versionText(dispute.kind, side.value)}</span> <span class="muted small">{t('lists.n_voices', { n: side.roots.length })}</span></span>
              ))}
            </Link>
          ),
        },
        { key: 'spread', label: t('lists.spread'), spare: true, number: true, cell: (dispute) => dispute.spread !== null && <bdi>×{number(Math.round(dispute.spread * 10) / 10)}</bdi> },
      ]}
    />
  );
}

/** What a dispute is about: an event, a place, two actors; what is counted, of whom. */
export function DisputeSubject({ dispute: { about } }: { dispute: Dispute }) {
  return (
    <span>
      {about.event && <Link to={pageOf('event', about.event)}>{eventName(about.event)}</Link>}
      {about.place && <>{about.event && ' · '}<EntityLink id={about.place} type="place" /></>}
      {about.pair && <>{(about.event || about.place) && ' · '}<EntityLink id={about.pair[0]} /> – <EntityLink id={about.pair[1]} /></>}
      {about.measure && <span class="muted"> · {t(`measure.${about.measure}`)}</span>}
      {about.group && about.group !== 'all' && <span class="muted"> · {word('charts.group', about.group)}</span>}
    </span>
  );
}
