/** Events: what several claims are held to be about. */
import type { Event } from '../api/types';
import { pageOf } from '../addresses';
import { days, number, t, word } from '../i18n';
import { Link, oneOf, useQuery } from '../router';
import { askParams, EntityList, FilterBar, Toll, useAsk } from '../ui';
import { ListPage } from './parts';

const SORTS = ['day', 'killed', 'roots'] as const;

export default function EventsPage() {
  const [ask, setAsk] = useAsk();
  const [{ sort }, setSort] = useQuery({ sort: oneOf(SORTS, 'day') });
  return (
    <ListPage<Event>
      title={t('nav.events')}
      what={t('lists.events')}
      path="events"
      params={{ ...askParams(ask), sort }}
      filter={<FilterBar ask={ask} onAsk={setAsk} fields={['place', 'actor', 'source', 'kind', 'from', 'to', 'known_by', 'according_to']} />}
      id={(event) => event.id}
      sort={sort}
      onSort={(by) => setSort({ sort: by as (typeof SORTS)[number] })}
      columns={[
        { key: 'day', label: t('lists.when'), sort: 'day', cell: (event) => <Link to={pageOf('event', event.id)}>{days(event.time.start, event.time.end) || t('lists.day_unknown')}</Link> },
        {
          key: 'what', label: t('lists.what_where'),
          cell: (event) => (
            <div class="main-cell">
              <span><Link to={pageOf('event', event.id)}>{word('kind', event.kind)}</Link>{event.places.length > 0 && <> · <EntityList ids={event.places} most={3} /></>}</span>
              {(event.actors.length > 0 || event.targets.length > 0) && (
                <span class="muted">
                  <EntityList ids={event.actors} most={3} />
                  {event.targets.length > 0 && <> {t('lists.upon')} <EntityList ids={event.targets} most={3} /></>}
                </span>
              )}
            </div>
          ),
        },
        { key: 'killed', label: t('measure.killed'), sort: 'killed', number: true, cell: (event) => <Toll toll={event.killed} /> },
        { key: 'injured', label: t('measure.injured'), spare: true, number: true, cell: (event) => <Toll toll={event.injured} /> },
        { key: 'roots', label: t('lists.voices'), sort: 'roots', number: true, cell: (event) => number(event.roots.length) },
        { key: 'claims', label: t('nav.claims'), spare: true, number: true, cell: (event) => number(event.claims.length) },
        { key: 'grade', label: t('lists.grade'), spare: true, cell: (event) => word('pages.grade', event.grade.occurrence) },
      ]}
    />
  );
}
