import { t } from '../i18n';
import { Page } from '../shell/Page';
import { Loading } from '../ui';
import type { PageParams } from '../routes';

export default function SignInPage({ id }: PageParams) {
  return <Page title={t('account.sign_in')}>{id}<Loading /></Page>;
}
