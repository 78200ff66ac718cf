/** The bar at the top: which ledger, search, how fresh the answers are, language, light, account. */
import { me, signOut } from '../api/client';
import { answers } from '../api/live';
import { renewAnswers, renewed } from '../api/use';
import { LANGS, lang, percent, speak, t } from '../i18n';
import { Link, navigate } from '../router';
import { SearchBox } from '../search/SearchBox';
import { choose, theme } from '../theme';
import { Button, Menu, showKeys, toast } from '../ui';

/** Whether what is shown is up to the log. */
export function Freshness() {
  const now = answers.value ?? me.value?.answers;
  if (!now) return null;
  if (now.making) return <span class="freshness making" role="status">{t('fresh.making', { share: now.share === null ? null : percent(now.share) })}</span>;
  if (now.fresh && renewed.value !== null && now.entry > renewed.value) {
    return <Button look="quiet" class="freshness-new" onClick={() => renewAnswers(now.entry)}>{t('fresh.new')}</Button>;
  }
  return <span class={`freshness ${now.fresh ? '' : 'stale'}`} role="status" title={t('fresh.entry', { entry: now.entry })}>{now.fresh ? t('fresh.yes') : t('fresh.no')}</span>;
}

export function LanguageAndLight() {
  const dark = theme.value === 'dark';
  return (
    <>
      {LANGS.filter((one) => one.lang !== lang.value).map((one) => (
        <Button key={one.lang} look="quiet" lang={one.lang} onClick={() => void speak(one.lang)}>{one.name}</Button>
      ))}
      <Button look="quiet" aria-label={t(dark ? 'theme.to_light' : 'theme.to_dark')} title={t(dark ? 'theme.to_light' : 'theme.to_dark')} onClick={() => choose(dark ? 'light' : 'dark')}>
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d={dark ? 'M8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM7.3.5h1.4v2H7.3zm0 13h1.4v2H7.3zM.5 7.3h2v1.4h-2zm13 0h2v1.4h-2z' : 'M10.5 1.2A7 7 0 1 0 15 10.6 5.8 5.8 0 0 1 10.5 1.2z'} />
        </svg>
      </Button>
    </>
  );
}

export function TopBar() {
  const who = me.value;
  const leave = async () => {
    try {
      await signOut();
    } catch {
      toast(t('error.offline'), { bad: true });
      return;
    }
    navigate('/signin');
  };
  return (
    <header class="top-bar">
      <Link to="/" class="brand"><strong>gainsay</strong> <bdi class="ledger-name">{who?.ledger.name}</bdi></Link>
      <SearchBox />
      <div class="top-end">
        {who?.ledger.read_only && <span class="chip">{t('ledger.read_only')}</span>}
        <Freshness />
        <span class="wide-only"><LanguageAndLight /></span>
        <Button look="quiet" class="wide-only" onClick={showKeys} aria-label={t('keys.title')} title={t('keys.title')}>?</Button>
        <Menu label={<bdi class="account-name">{who?.name}</bdi>}>
          <span class="muted small">{who && t(`role.${who.role}`)}</span>
          <Link to="/account">{t('account.own')}</Link>
          <Link to="/welcome">{t('intro.again')}</Link>
          <div class="narrow-only row"><LanguageAndLight /></div>
          {!who?.local && <Button onClick={() => void leave()}>{t('account.sign_out')}</Button>}
        </Menu>
      </div>
    </header>
  );
}
