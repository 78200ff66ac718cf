/** Sources: whoever is said to say it. Most heard first. */
import type { SourceView } from '../api/types';
import { number, t, word } from '../i18n';
import { text, useQuery } from '../router';
import { EntityLink, SideName } from '../ui';
import { AskText, ListPage } from './parts';

export default function SourcesPage() {
  const [{ q }, setQuery] = useQuery({ q: text() });
  return (
    <ListPage<SourceView>
      title={t('nav.sources')}
      what={t('lists.sources')}
      path="sources"
      params={{ q }}
      filter={<div class="filter"><AskText label={t('lists.name')} value={q} onValue={(value) => setQuery({ q: value }, { replace: true })} /></div>}
      id={(source) => source.id}
      columns={[
        { key: 'name', label: t('lists.name'), cell: (source) => <EntityLink id={source.id} name={source.name} side={source.side} type="source" /> },
        { key: 'kind', label: t('filter.kind'), cell: (source) => word('entity_kind', source.kind) },
        { key: 'side', label: t('lists.side'), spare: true, cell: (source) => <SideName side={source.side} /> },
        { key: 'letter', label: t('lists.letter'), cell: (source) => <span class="mono">{source.letter}</span> },
        { key: 'claims', label: t('nav.claims'), number: true, cell: (source) => number(source.claims) },
        { key: 'reports', label: t('nav.reports'), spare: true, number: true, cell: (source) => number(source.reports) },
        { key: 'cites', label: t('lists.cites'), spare: true, number: true, cell: (source) => number(source.cites.length) },
        { key: 'cited', label: t('lists.cited_by'), spare: true, number: true, cell: (source) => number(source.cited_by.length) },
      ]}
    />
  );
}
