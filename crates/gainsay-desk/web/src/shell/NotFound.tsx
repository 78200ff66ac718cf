import { t } from '../i18n';
import { Link } from '../router';
import { Page } from './Page';

/** For addresses that no page has. */
export default function NotFound() {
  return (
    <Page title={t('not_found.title')}>
      <p>{t('not_found.text')}</p>
      <p><Link to="/">{t('nav.map')}</Link> · <Link to="/search">{t('nav.search')}</Link></p>
    </Page>
  );
}
