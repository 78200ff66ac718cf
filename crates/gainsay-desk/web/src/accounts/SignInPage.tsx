/** Signing in. Whoever opened a link that no longer holds finds here what to do. */
import { useEffect, useState } from 'preact/hooks';
import { ApiError, me, signIn } from '../api/client';
import { asApiError } from '../api/use';
import { t } from '../i18n';
import { navigate, search } from '../router';
import { Page } from '../shell/Page';
import { LanguageAndLight } from '../shell/top';
import { Button, errorText, TextField } from '../ui';
import { inside } from './next';
import './accounts.css';

export default function SignInPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<ApiError>();
  const [wait, setWait] = useState(0);
  const next = inside(new URLSearchParams(search.value).get('next'));

  useEffect(() => {
    if (me.value) navigate(next, { replace: true });
  }, [me.value]);
  useEffect(() => {
    if (wait <= 0) return;
    const timer = setTimeout(() => setWait(wait - 1), 1000);
    return () => clearTimeout(timer);
  }, [wait]);

  const go = async (event: Event) => {
    event.preventDefault();
    if (busy || wait > 0) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await signIn(name.trim(), password);
    } catch (reason) {
      const error = asApiError(reason);
      setWrong(error);
      if (error.code === 'too-many') setWait(Math.min(Number(error.more.retry_after) || 5, 3600));
      setPassword('');
    } finally {
      setBusy(false);
    }
  };
  const said = wrong && (wrong.status === 401 ? t('signin.wrong') : wrong.code === 'too-many' ? t('error.too-many', { seconds: wait > 0 ? wait : null }) : errorText(wrong));

  return (
    <Page title={t('account.sign_in')} bare>
      <div class="signin stack">
        <div class="row spread">
          <p class="signin-brand">gainsay</p>
          <div class="row"><LanguageAndLight /></div>
        </div>
        <p class="muted">{t('signin.what')}</p>
        <form class="stack" onSubmit={(event) => void go(event)}>
          <TextField label={t('signin.name')} name="name" autocomplete="username" required maxLength={200} value={name} onValue={setName} />
          <TextField label={t('signin.password')} name="password" type="password" autocomplete="current-password" required maxLength={1000} value={password} onValue={setPassword} error={said} />
          <Button type="submit" look="main" busy={busy} disabled={wait > 0}>{t('account.sign_in')}</Button>
        </form>
        <p class="muted small">{t('signin.link')}</p>
      </div>
    </Page>
  );
}
