/** For admins: who may sign in and as what, the settings of the desk, and who did what that leaves a trace. */
import { me } from '../api/client';
import type { AuditLine } from '../api/types';
import { usePages } from '../api/use';
import { moment, t, word } from '../i18n';
import { oneOf, useQuery } from '../router';
import { Page } from '../shell/Page';
import { Await, Empty, Pager, Table, Tabs } from '../ui';
import { Accounts } from './list';
import { Settings } from './settings';
import './accounts.css';

const TABS = ['accounts', 'settings', 'audit'] as const;

export default function AccountsPage() {
  const [{ tab }, setQuery] = useQuery({ tab: oneOf(TABS, 'accounts') });
  if (!me.value?.may.administer) return <Page title={t('nav.accounts')}><Empty>{t('error.forbidden')}</Empty></Page>;
  return (
    <Page title={t('nav.accounts')}>
      <Tabs label={t('nav.accounts')} at={tab} tabs={TABS.map((key) => ({ key, label: t(`accounts.tab.${key}`) }))} onTab={(key) => setQuery({ tab: key as 'audit' })} />
      {tab === 'accounts' && <Accounts />}
      {tab === 'settings' && <Settings />}
      {tab === 'audit' && <Audit />}
    </Page>
  );
}

function Audit() {
  const list = usePages<AuditLine>('audit');
  return (
    <Await answer={list}>
      {(lines) =>
        lines.length === 0 ? (
          <Empty>{t('accounts.audit_none')}</Empty>
        ) : (
          <>
            <Table
              caption={t('accounts.tab.audit')}
              rows={lines}
              id={(line, at) => `${at}-${line.at}`}
              columns={[
                { key: 'at', label: t('accounts.at'), cell: (line) => <time dateTime={line.at}>{moment(line.at)}</time> },
                { key: 'by', label: t('accounts.by'), cell: (line) => <bdi>{line.by}</bdi> },
                { key: 'what', label: t('accounts.what'), cell: (line) => word('accounts.audit', line.what) },
                { key: 'detail', label: t('accounts.detail'), cell: (line) => <bdi>{line.detail}</bdi> },
              ]}
            />
            <Pager shown={lines.length} total={list.total} more={list.more} loading={list.loadingMore} />
          </>
        )
      }
    </Await>
  );
}
