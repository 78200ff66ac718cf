/** Places that claims name. */
import type { PlaceLine } from '../api/types';
import { number, t, word } from '../i18n';
import { text, useQuery } from '../router';
import { EntityLink } from '../ui';
import { AskText, ListPage } from './parts';

export default function PlacesPage() {
  const [{ q }, setQuery] = useQuery({ q: text() });
  return (
    <ListPage<PlaceLine>
      title={t('nav.places')}
      what={t('lists.places')}
      path="places"
      params={{ q }}
      filter={<div class="filter"><AskText label={t('lists.name')} value={q} onValue={(value) => setQuery({ q: value }, { replace: true })} /></div>}
      id={(place) => place.id}
      columns={[
        { key: 'name', label: t('lists.name'), cell: (place) => <EntityLink id={place.id} name={place.name} type="place" /> },
        { key: 'kind', label: t('filter.kind'), cell: (place) => word('place_kind', place.kind) },
        { key: 'parent', label: t('lists.within'), cell: (place) => place.parent && <EntityLink id={place.parent} type="place" /> },
        { key: 'claims', label: t('nav.claims'), number: true, cell: (place) => number(place.claims) },
        { key: 'pcode', label: t('lists.pcode'), spare: true, cell: (place) => <span class="mono">{place.pcode}</span> },
      ]}
    />
  );
}
