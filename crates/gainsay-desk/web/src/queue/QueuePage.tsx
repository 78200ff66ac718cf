import { t } from '../i18n';
import { Page } from '../shell/Page';
import { Loading } from '../ui';

export default function QueuePage() {
  return <Page title={t('nav.queue')}><Loading /></Page>;
}
