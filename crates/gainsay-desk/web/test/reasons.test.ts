/** Whatever reasons weighing gives for looking at something are said in both languages. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import en from '../src/i18n/messages/queue.en.json';
import ar from '../src/i18n/messages/queue.ar.json';
import { speak } from '../src/i18n';
import { reasonText, slug } from '../src/queue/reason';

const DATA = new URL('../../../gainsay-weigh/data/', import.meta.url);

/** Reasons of a table, but those of its own bounds, which are told nowhere. */
function reasons(name: string, told: (points: number) => boolean): string[] {
  const rows = readFileSync(new URL(name, DATA), 'utf8').split('\n').filter((line) => line && !line.startsWith('#')).slice(1).map((line) => line.split('\t'));
  return rows.filter(([feature, , points]) => feature !== 'bound' && told(Number(points))).map((row) => row[3] ?? '').filter(Boolean);
}

describe('reasons of weighing', () => {
  const all = [...reasons('likeness.tsv', (points) => points !== 0), ...reasons('linking.tsv', () => true)];
  it('stand in both message files', () => {
    expect(all.length).toBeGreaterThan(50);
    for (const messages of [en, ar] as Record<string, unknown>[]) {
      expect([...new Set(all)].filter((reason) => !(`queue.reason.${slug(reason)}` in messages))).toEqual([]);
    }
  });
});

describe('a reason', () => {
  beforeAll(async () => {
    Object.assign(document.documentElement, { lang: 'en', dir: 'ltr' });
    await speak('ar');
  });
  it('is said in Arabic with its points, words and names', () => {
    expect(reasonText('they tell of one day (+6)')).toBe('يرويان عن يوم واحد (\u2066+6\u2069)');
    expect(reasonText('“the town”: listed name, one of 3: within 10 km of another place of the report')).toBe('«\u2068the town\u2069»: اسم مدرج، واحد من 3: ضمن 10 كم من مكان آخر في التقرير');
    expect(reasonText('islamic-state, daesh@x: a likely spelling of the other')).toBe('\u2068islamic-state\u2069، \u2068daesh@x\u2069: كتابة محتملة للآخر');
  });
  it('that nobody has put into words stands as it is', () => {
    expect(reasonText('the moon was full')).toBe('\u2068the moon was full\u2069');
  });
});
