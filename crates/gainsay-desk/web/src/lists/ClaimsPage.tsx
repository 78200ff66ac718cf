/** Claims, each in full: what the other pages' figures lead to. */
import type { Card } from '../api/types';
import { usePages } from '../api/use';
import { t } from '../i18n';
import { Page } from '../shell/Page';
import { askParams, Await, ClaimCard, Empty, FilterBar, Pager, useAsk } from '../ui';

export default function ClaimsPage() {
  const [ask, setAsk] = useAsk();
  const list = usePages<Card>('claims', askParams(ask));
  return (
    <Page title={t('nav.claims')}>
      <p class="muted">{t('lists.claims')}</p>
      <FilterBar ask={ask} onAsk={setAsk} fields={['place', 'actor', 'source', 'kind', 'from', 'to', 'known_by', 'according_to', 'report', 'event']} />
      <Await answer={list}>
        {(claims) =>
          claims.length === 0 ? (
            <Empty hint={t('lists.none_hint')}>{t('lists.none')}</Empty>
          ) : (
            <>
              {claims.map((claim) => <ClaimCard key={claim.id} claim={claim} />)}
              <Pager shown={claims.length} total={list.total} more={list.more} loading={list.loadingMore} />
            </>
          )
        }
      </Await>
    </Page>
  );
}
