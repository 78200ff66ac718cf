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

const USUAL = ['ar', 'en', 'tr', 'ku', 'fa', 'he', 'fr', 'de', 'es', 'it', 'ru', 'uk'];

/** The languages to choose from: those that reports of conflicts in the region are written in, and the one asked for. */
export function languages(asked: string): string[] {
  return asked && !USUAL.includes(asked) ? [...USUAL, asked] : USUAL;
}
