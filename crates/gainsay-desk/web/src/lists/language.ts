/** Languages by name, in the language of the page. */
import { locale } from '../i18n';

export function languageName(code: string | null | undefined): string {
  if (!code) return '';
  try {
    return new Intl.DisplayNames(locale.value, { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}
