/** The five points as a page, for whoever wants to read them again. */
import { t } from '../i18n';
import { Link } from '../router';
import { Points } from './FirstVisit';
import { Page } from './Page';

export default function Welcome() {
  return (
    <Page title={t('intro.title')}>
      <Points />
      <p>{t('intro.keys')}</p>
      <p><Link to="/">{t('intro.to_map')}</Link></p>
    </Page>
  );
}
