/** The words on screen in a language, as the message files have them: walks find things by what a person reads. */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../src/i18n/messages/', import.meta.url);

/** `words('ar')('nav.events')`; values stand in for `{name}`, alternatives of which a value is missing fall away. */
export function words(lang) {
  const all = Object.assign({}, ...readdirSync(folder).filter((name) => name.endsWith(`.${lang}.json`)).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));
  const plural = new Intl.PluralRules(lang);
  return (key, values = {}) => {
    const message = all[key];
    if (message === undefined) throw new Error(`no message ${key} in ${lang}`);
    const text = typeof message === 'string' ? message : (message[plural.select(values.n ?? 0)] ?? message.other);
    const fill = (part) => part.replace(/\{([a-z_]+)\}/g, (_, name) => String(values[name]));
    const fits = (part) => [...part.matchAll(/\{([a-z_]+)\}/g)].every(([, name]) => values[name] !== undefined);
    return fill(text.replace(/\[([^\]]*)\]/g, (_, options) => options.split('|').find(fits) ?? ''));
  };
}
