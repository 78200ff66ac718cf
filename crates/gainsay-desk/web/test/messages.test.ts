/** Every string on screen stands in both languages, none is missing, none is left over. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesIn, type Message, type Messages } from '../src/i18n/template';

const SRC = new URL('../src', import.meta.url).pathname;
const MESSAGES = join(SRC, 'i18n/messages');
const files = readdirSync(MESSAGES).filter((name) => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(join(MESSAGES, name), 'utf8')) as Messages;
const all = (lang: string): Messages => Object.assign({}, ...files.filter((name) => name.endsWith(`.${lang}.json`)).map(read));
const en = all('en');
const ar = all('ar');

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), 'utf8') }));
const source = sources.map((file) => file.text).join('\n');

const forms = (message: Message) => (typeof message === 'string' ? ['text'] : Object.keys(message).sort());

describe('message files', () => {
  it('have the same keys in both languages', () => {
    expect(Object.keys(ar).filter((key) => !(key in en))).toEqual([]);
    expect(Object.keys(en).filter((key) => !(key in ar))).toEqual([]);
  });
  it.each(files)('%s is sorted', (name) => {
    const keys = Object.keys(read(name));
    expect(keys).toEqual([...keys].sort());
  });
  it('say each thing in one place', () => {
    const keys = files.filter((name) => name.endsWith('.en.json')).flatMap((name) => Object.keys(read(name)));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
  it('speak of the same values in both languages', () => {
    // A plural form may leave its number out: "واحد غيرها".
    const differ = Object.keys(en).filter((key) => key in ar && [...namesIn(en[key]!)].sort().join() !== [...namesIn(ar[key]!)].sort().join());
    expect(differ).toEqual([]);
  });
  it('have all plural forms of their language', () => {
    const plural = Object.keys(en).filter((key) => typeof en[key] !== 'string');
    expect(plural.length).toBeGreaterThan(0);
    for (const key of plural) {
      expect(forms(en[key]!), key).toEqual(['one', 'other']);
      expect(forms(ar[key]!), key).toEqual(['few', 'many', 'one', 'other', 'two', 'zero']);
    }
    expect(Object.keys(ar).filter((key) => typeof ar[key] !== 'string' && typeof en[key] === 'string')).toEqual([]);
  });
  it('have balanced alternatives', () => {
    const texts = [...Object.entries(en), ...Object.entries(ar)].flatMap(([key, message]) =>
      (typeof message === 'string' ? [message] : Object.values(message)).map((text) => [key, text] as const));
    const wrong = texts.filter(([, text]) => !/^[^[\]|]*(\[[^[\]]*\][^[\]|]*)*$/.test(text)).map(([key]) => key);
    expect(wrong).toEqual([]);
  });
  it('are Arabic in Arabic', () => {
    const same = Object.keys(ar).filter((key) => typeof ar[key] === 'string' && /[a-z]{4}/i.test((ar[key] as string).replaceAll(/\{[a-z_]+\}/g, '')) && ar[key] === en[key]);
    expect(same.filter((key) => key !== 'date.placeholder')).toEqual([]);
  });
});

describe('messages in use', () => {
  it('are all there', () => {
    const asked = [...source.matchAll(/\b(?:t|rich|knows)\(\s*'([^']+)'/g)].map((found) => found[1]!);
    expect(asked.length).toBeGreaterThan(50);
    expect([...new Set(asked)].filter((key) => !(key in en))).toEqual([]);
  });
  it('that are put together begin like some message', () => {
    const begun = [...source.matchAll(/\b(?:t|rich|knows)\(\s*`([^`$]+)\$\{/g)].map((found) => found[1]!);
    expect([...new Set(begun)].filter((start) => !Object.keys(en).some((key) => key.startsWith(start)))).toEqual([]);
  });
  it('are all the messages there are', () => {
    const literal = new Set([...source.matchAll(/'([a-z][\w.-]*\.[\w.-]+)'|\bt\('(\w+)'/g)].map((found) => found[1] ?? found[2]!));
    const starts = [
      ...[...source.matchAll(/`([a-z][\w.-]*\.)\$\{/g)].map((found) => found[1]!),
      ...[...source.matchAll(/\bword\(\s*'([\w.-]+)'/g)].map((found) => `${found[1]!}.`),
    ];
    expect(Object.keys(en).filter((key) => !literal.has(key) && !starts.some((start) => key.startsWith(start)))).toEqual([]);
  });
  it('stand nowhere but in message files', () => {
    // Words between tags in the code are words that no message file holds.
    const bare = sources
      .filter((file) => file.name.endsWith('.tsx'))
      .flatMap((file) => [...file.text.matchAll(/<\/?[a-zA-Z][\w.]*(?:\s[^<>]*)?>\s*([A-Z]?[a-z]{3,}[\w ,.]*)\s*<\//g)].map((found) => `${file.name}: ${found[1]}`));
    expect(bare.filter((one) => !one.endsWith(': gainsay'))).toEqual([]);
  });
});
