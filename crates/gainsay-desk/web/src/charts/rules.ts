/** Why a policy's best figure is best, in the reader's language. The rule is put together of parts that semicolons hold. */
import { knows, t, word } from '../i18n';

const COUNTED: readonly [RegExp, string][] = [
  [/^sum of (\d+) events$/, 'charts.rule.counted.sum'],
  [/^(\d+) that repeat a figure not added$/, 'charts.rule.counted.repeat'],
  [/^(\d+) told within larger ones not added$/, 'charts.rule.counted.within'],
];

function part(rule: string): string {
  for (const [form, key] of COUNTED) {
    const found = form.exec(rule);
    if (found) return t(key, { n: Number(found[1]) });
  }
  const grade = /^graded (\w+)$/.exec(rule);
  if (grade) return t('charts.rule.counted.graded', { grade: word('pages.grade', grade[1]) });
  const key = `charts.rule.${rule}`;
  return knows(key) ? t(key) : rule;
}

export function ruleText(rule: string): string {
  return rule.split(/;\s*/).filter(Boolean).map(part).join(t('charts.rule.counted.join'));
}
