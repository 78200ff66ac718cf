/** The accounts: their roles, whether they may sign in, new passwords, new accounts. */
import { useState } from 'preact/hooks';
import { me, post } from '../api/client';
import { ROLES, type Account, type Role } from '../api/types';
import { asApiError, useAnswer } from '../api/use';
import { moment, t } from '../i18n';
import { Await, Button, Dialog, errorText, Select, Table, TextField, toast } from '../ui';
import { nameFault, passwordFault } from './good';

const roles = () => ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }));

export function Accounts() {
  const list = useAnswer<{ items: Account[] }>('accounts');
  const [passwordOf, setPasswordOf] = useState<string | null>(null);
  const change = async (name: string, what: { role?: Role; disabled?: boolean }) => {
    try {
      await post(`accounts/${encodeURIComponent(name)}`, what);
      toast(t('accounts.changed', { name }));
    } catch (error) {
      const failed = asApiError(error);
      toast(failed.code === 'bad-input' && failed.message ? failed.message : errorText(failed), { bad: true });
    }
    list.again();
  };
  return (
    <Await answer={list}>
      {({ items }) => (
        <div class="stack">
          <Table
            caption={t('accounts.tab.accounts')}
            rows={items}
            id={(account) => account.name}
            columns={[
              { key: 'name', label: t('account.name'), cell: (account) => <><bdi>{account.name}</bdi>{account.disabled && <> <span class="chip">{t('accounts.disabled')}</span></>}</> },
              {
                key: 'role', label: t('account.role'),
                cell: (account) => (
                  <Select label={t('accounts.role_of', { name: account.name })} bare value={account.role} options={roles()} onValue={(role) => void change(account.name, { role })} />
                ),
              },
              { key: 'seen', label: t('accounts.last_seen'), spare: true, cell: (account) => (account.last_seen ? moment(account.last_seen) : t('accounts.never')) },
              { key: 'created', label: t('accounts.created'), spare: true, cell: (account) => moment(account.created) },
              {
                key: 'act', label: t('accounts.act'),
                cell: (account) => (
                  <div class="row">
                    <Button onClick={() => setPasswordOf(account.name)}>{t('account.new_password')}</Button>
                    {account.name !== me.value?.name && (
                      <Button look={account.disabled ? 'plain' : 'bad'} onClick={() => void change(account.name, { disabled: !account.disabled })}>
                        {t(account.disabled ? 'accounts.enable' : 'accounts.disable')}
                      </Button>
                    )}
                  </div>
                ),
              },
            ]}
          />
          <NewAccount onDone={list.again} />
          {passwordOf !== null && <SetPassword name={passwordOf} onClose={() => setPasswordOf(null)} />}
        </div>
      )}
    </Await>
  );
}

function NewAccount({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('reader');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ name?: string | undefined; password?: string | undefined }>({});
  const go = async (event: Event) => {
    event.preventDefault();
    const bad = { name: nameFault(name.trim()), password: passwordFault(password, name.trim()) };
    setFault(bad);
    if (bad.name || bad.password) return;
    setBusy(true);
    try {
      await post('accounts', { name: name.trim(), role, password });
      toast(t('accounts.made', { name: name.trim() }));
      setName('');
      setPassword('');
      onDone();
    } catch (reason) {
      const error = asApiError(reason);
      const said = error.message || errorText(error);
      setFault(/password/.test(error.message) ? { password: said } : { name: said });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="stack">
      <h2 class="section-head">{t('accounts.new')}</h2>
      <form class="account-form" onSubmit={(event) => void go(event)}>
        <TextField label={t('account.name')} required maxLength={200} autocomplete="off" value={name} onValue={setName} error={fault.name} />
        <Select label={t('account.role')} value={role} options={roles()} onValue={setRole} hint={t(`accounts.role_hint.${role}`)} />
        <TextField label={t('signin.password')} type="password" autocomplete="new-password" required maxLength={1000} value={password} onValue={setPassword} hint={t('account.password_hint')} error={fault.password} />
        <Button type="submit" look="main" busy={busy}>{t('accounts.make')}</Button>
      </form>
    </section>
  );
}

function SetPassword({ name, onClose }: { name: string; onClose: () => void }) {
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const go = async (event: Event) => {
    event.preventDefault();
    const bad = passwordFault(password, name);
    setWrong(bad);
    if (bad) return;
    setBusy(true);
    try {
      await post(`accounts/${encodeURIComponent(name)}`, { password });
      toast(t('accounts.changed', { name }));
      onClose();
    } catch (reason) {
      const error = asApiError(reason);
      setWrong(error.message || errorText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('accounts.password_of', { name })} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void go(event)}>
        <TextField label={t('account.new_password')} type="password" autocomplete="new-password" required maxLength={1000} value={password} onValue={setPassword} hint={t('account.password_hint')} error={wrong} />
        <div><Button type="submit" look="main" busy={busy}>{t('account.change')}</Button></div>
      </form>
    </Dialog>
  );
}
