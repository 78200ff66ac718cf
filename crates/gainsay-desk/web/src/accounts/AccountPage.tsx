/** One's own account: what the role may do, and a new password. */
import { useState } from 'preact/hooks';
import { me, post } from '../api/client';
import { asApiError } from '../api/use';
import { t } from '../i18n';
import { Page } from '../shell/Page';
import { Button, errorText, TextField, toast } from '../ui';
import { passwordFault } from './good';
import './accounts.css';

const RIGHTS = ['decide', 'add', 'publish', 'names', 'administer'] as const;

export default function AccountPage() {
  const who = me.value;
  if (!who) return null;
  return (
    <Page title={t('account.own')}>
      <dl class="facts">
        <dt>{t('account.name')}</dt>
        <dd><bdi>{who.name}</bdi></dd>
        <dt>{t('account.role')}</dt>
        <dd>{t(`role.${who.role}`)}</dd>
        <dt>{t('account.may')}</dt>
        <dd>
          <ul class="plain">
            <li>{t('account.may_read')}</li>
            {RIGHTS.filter((right) => who.may[right]).map((right) => <li key={right}>{t(`account.may_do.${right}`)}</li>)}
          </ul>
        </dd>
      </dl>
      {who.local ? <p class="muted">{t('account.local')}</p> : <NewPassword />}
    </Page>
  );
}

function NewPassword() {
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [again, setAgain] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const [fault, setFault] = useState<string>();
  const differ = again !== '' && again !== fresh;
  const go = async (event: Event) => {
    event.preventDefault();
    const bad = passwordFault(fresh, me.value?.name ?? '');
    setFault(bad);
    if (bad || fresh !== again) return;
    setBusy(true);
    setWrong(undefined);
    try {
      await post('me/password', { old, new: fresh });
      // The desk ends every session of the account, this one too.
      toast(t('account.password_changed'));
      me.value = null;
    } catch (reason) {
      const error = asApiError(reason);
      setWrong(error.code === 'bad-input' && error.message ? error.message : error.code === 'forbidden' ? t('account.old_wrong') : errorText(error));
      setBusy(false);
    }
  };
  return (
    <section class="stack own">
      <h2 class="section-head">{t('account.new_password')}</h2>
      <form class="stack" onSubmit={(event) => void go(event)}>
        <input hidden type="text" autocomplete="username" readOnly value={me.value?.name ?? ''} />
        <TextField label={t('account.old_password')} type="password" autocomplete="current-password" required maxLength={1000} value={old} onValue={setOld} error={wrong} />
        <TextField label={t('account.new_password')} type="password" autocomplete="new-password" required maxLength={1000} value={fresh} onValue={setFresh} hint={t('account.password_hint')} error={fault} />
        <TextField label={t('account.password_again')} type="password" autocomplete="new-password" required maxLength={1000} value={again} onValue={setAgain} error={differ ? t('account.differ') : undefined} />
        <div><Button type="submit" look="main" busy={busy} disabled={differ}>{t('account.change')}</Button></div>
      </form>
    </section>
  );
}
