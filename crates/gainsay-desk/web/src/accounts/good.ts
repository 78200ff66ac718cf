/** What the desk asks of names and passwords, said in the reader's language before it refuses. The desk itself has the last word. */
import { t } from '../i18n';

const SHORTEST = 10;

/** What is wrong with the name of an account, if anything. */
export function nameFault(name: string): string | undefined {
  return /^[\p{L}\p{N}._@-]{1,64}$/u.test(name) ? undefined : t('accounts.bad_name');
}

/** What is wrong with a password, if anything that can be told here. */
export function passwordFault(password: string, name: string): string | undefined {
  const plain = password.toLowerCase();
  if ([...password].length < SHORTEST) return t('accounts.short_password', { n: SHORTEST });
  if (new Set(plain).size < 4) return t('accounts.easy_password');
  if (name.length >= 4 && plain.replaceAll(name.toLowerCase(), '').length < 5) return t('accounts.name_password');
  return undefined;
}
