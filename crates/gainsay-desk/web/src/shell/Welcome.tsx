import { t } from '../i18n';
import { Page } from './Page';
import { Loading } from '../ui';
import type { PageParams } from '../routes';

export default function Welcome({ id }: PageParams) {
  return <Page title={t('intro.again')}>{id}<Loading /></Page>;
}
