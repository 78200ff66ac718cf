/** Language: messages with plurals, days and numbers as the reader writes them, the direction of the page. */
import { computed, signal } from '@preact/signals';
import { Fragment, h, type ComponentChildren } from 'preact';
import { recall, remember } from '../memory';
import { resolve, type Message, type Messages } from './template';

export type Lang = 'en' | 'ar';
export const LANGS: readonly { lang: Lang; name: string }[] = [
  { lang: 'en', name: 'English' },
  { lang: 'ar', name: 'العربية' },
];

const loaders: Record<Lang, () => Promise<{ messages: Messages }>> = { en: () => import('./en'), ar: () => import('./ar') };

const current = signal<{ lang: Lang; messages: Messages }>({ lang: 'en', messages: {} });
export const lang = computed(() => current.value.lang);
export const dir = computed<'ltr' | 'rtl'>(() => (lang.value === 'ar' ? 'rtl' : 'ltr'));

// Western digits and the Gregorian months in use in the Levant: what monitors write in both languages.
const LOCALE: Record<Lang, string> = { en: 'en-GB', ar: 'ar-SY-u-nu-latn-ca-gregory' };
export const locale = computed(() => LOCALE[lang.value]);

/** The language of the last visit, or the browser's. */
export function preferred(): Lang {
  const kept = recall('lang');
  if (kept === 'en' || kept === 'ar') return kept;
  return navigator.languages.some((one) => one.startsWith('ar')) && !navigator.languages[0]?.startsWith('en') ? 'ar' : 'en';
}

/** Changes the language of everything on screen, and remembers it. */
export async function speak(next: Lang): Promise<void> {
  const { messages } = await loaders[next]();
  current.value = { lang: next, messages };
  document.documentElement.lang = next;
  document.documentElement.dir = dir.value;
  remember('lang', next);
}

export type Value = string | number | null | undefined;

function template(key: string, n: unknown): string {
  const message: Message | undefined = current.value.messages[key];
  if (message === undefined) return key;
  if (typeof message === 'string') return message;
  const form = typeof n === 'number' ? plural.value.select(n) : 'other';
  return message[form] ?? message.other;
}

const plural = computed(() => new Intl.PluralRules(lang.value));

function there(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && value !== false;
}

/** A message as text. Numbers are written as `number` does; where a plural form is chosen, `n` chooses it. */
export function t(key: string, values: Record<string, Value> = {}): string {
  return resolve(template(key, values.n), (name) => there(values[name]))
    .map((piece) => {
      if ('text' in piece) return piece.text;
      const value = values[piece.name];
      return typeof value === 'number' ? number(value) : (value ?? '');
    })
    .join('');
}

/** Whether there is such a message: for words that come from data. */
export function knows(key: string): boolean {
  return key in current.value.messages;
}

/** The message for a word of the data, or the word itself where it has none. */
export function word(area: string, of: string | null | undefined): string {
  if (!of) return '';
  const key = `${area}.${of}`;
  return knows(key) ? t(key) : of.replaceAll(/[-_]/g, ' ');
}

/** Which of the values a message speaks of as it will be shown. */
export function spokenOf(key: string, values: Record<string, unknown>): Set<string> {
  const pieces = resolve(template(key, values.n), (name) => there(values[name]));
  return new Set(pieces.flatMap((piece) => ('name' in piece ? [piece.name] : [])));
}

/** A message with components in the places of its values. */
export function rich(key: string, values: Record<string, ComponentChildren>): ComponentChildren {
  const nodes = resolve(template(key, values.n), (name) => there(values[name])).map((piece) => {
    if ('text' in piece) return piece.text;
    const value = values[piece.name];
    return typeof value === 'number' ? number(value) : value;
  });
  return h(Fragment, null, ...nodes);
}

const formats = computed(() => {
  const at = locale.value;
  return {
    number: new Intl.NumberFormat(at),
    short: new Intl.NumberFormat(at, { notation: 'compact', maximumFractionDigits: 1 }),
    percent: new Intl.NumberFormat(at, { style: 'percent', maximumFractionDigits: 0 }),
    day: new Intl.DateTimeFormat(at, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
    month: new Intl.DateTimeFormat(at, { month: 'long', year: 'numeric', timeZone: 'UTC' }),
    moment: new Intl.DateTimeFormat(at, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    list: new Intl.ListFormat(at, { type: 'conjunction' }),
  };
});

export function number(n: number | null | undefined): string {
  return n === null || n === undefined ? '' : formats.value.number.format(n);
}

/** 12 400 as "12.4K": for axes and small marks only, never for a figure that is quoted. */
export function short(n: number): string {
  return formats.value.short.format(n);
}

export function percent(share: number): string {
  return formats.value.percent.format(share);
}

function date(iso: string): Date | null {
  const time = Date.parse(/^\d{4}-\d{2}$/.test(iso) ? `${iso}-01` : iso);
  return Number.isNaN(time) ? null : new Date(time);
}

/** A day of the data, `YYYY-MM-DD`; what is no day is given back as it is. */
export function day(iso: string | null | undefined): string {
  if (!iso) return '';
  const at = date(iso);
  return at ? formats.value.day.format(at) : iso;
}

/** A month, `YYYY-MM`. */
export function month(iso: string): string {
  const at = date(iso);
  return at ? formats.value.month.format(at) : iso;
}

/** From one day to another; one day alone where they are the same; open where one is unknown. */
export function days(start: string | null | undefined, end: string | null | undefined): string {
  if (!start && !end) return '';
  if (!start) return t('time.until', { day: day(end) });
  if (!end) return t('time.since', { day: day(start) });
  if (start === end) return day(start);
  const [a, b] = [date(start), date(end)];
  if (!a || !b) return `${start} – ${end}`;
  if (wholeMonth(start, end)) return month(start.slice(0, 7));
  return formats.value.day.formatRange(a, b);
}

function wholeMonth(start: string, end: string): boolean {
  if (start.slice(0, 7) !== end.slice(0, 7) || !start.endsWith('-01')) return false;
  const [year, of] = start.split('-').map(Number);
  return Number(end.slice(8)) === new Date(Date.UTC(year!, of!, 0)).getUTCDate();
}

/** A moment in the reader's own time. */
export function moment(iso: string | null | undefined): string {
  if (!iso) return '';
  const at = date(iso);
  return at ? formats.value.moment.format(at) : iso;
}

/** "a, b and c". */
export function and(words: string[]): string {
  return formats.value.list.format(words);
}
