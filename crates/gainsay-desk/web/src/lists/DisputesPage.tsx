import { t } from '../i18n';
import { Page } from '../shell/Page';
import { Loading } from '../ui';
import type { PageParams } from '../routes';

export default function DisputesPage({ id }: PageParams) {
  return <Page title={t('nav.disputes')}>{id}<Loading /></Page>;
}
