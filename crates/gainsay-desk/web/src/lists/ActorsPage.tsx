/** Actors: who is said to do something, or to have it done to them. */
import type { ActorLine } from '../api/types';
import { number, t, word } from '../i18n';
import { text, useQuery } from '../router';
import { EntityLink, SideName } from '../ui';
import { AskText, ListPage } from './parts';

export default function ActorsPage() {
  const [{ q }, setQuery] = useQuery({ q: text() });
  return (
    <ListPage<ActorLine>
      title={t('nav.actors')}
      what={t('lists.actors')}
      path="actors"
      params={{ q }}
      filter={<div class="filter"><AskText label={t('lists.name')} value={q} onValue={(value) => setQuery({ q: value }, { replace: true })} /></div>}
      id={(actor) => actor.id}
      columns={[
        { key: 'name', label: t('lists.name'), cell: (actor) => <EntityLink id={actor.id} name={actor.name} side={actor.side} type="actor" /> },
        { key: 'kind', label: t('filter.kind'), cell: (actor) => word('entity_kind', actor.kind) },
        { key: 'side', label: t('lists.side'), spare: true, cell: (actor) => <SideName side={actor.side} /> },
        { key: 'part_of', label: t('lists.part_of'), spare: true, cell: (actor) => actor.part_of && <EntityLink id={actor.part_of} type="actor" /> },
        { key: 'claims', label: t('nav.claims'), number: true, cell: (actor) => number(actor.claims) },
        { key: 'as_actor', label: t('lists.as_actor'), spare: true, number: true, cell: (actor) => number(actor.as_actor) },
        { key: 'as_target', label: t('lists.as_target'), spare: true, number: true, cell: (actor) => number(actor.as_target) },
      ]}
    />
  );
}
