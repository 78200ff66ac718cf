/** Why an item is in the queue, in the reader's language. The desk gives its reasons in English words of a closed set. */
import { nameOf } from '../api/names';
import { knows, t } from '../i18n';
import { apart } from './headline';

export function slug(reason: string): string {
  return reason.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '');
}

/** One reason; in the desk's own words where this page has none. */
function one(reason: string): string {
  const key = `queue.reason.${slug(reason)}`;
  if (knows(key)) return t(`queue.reason.${slug(reason)}`);
  const of = /^(.*), one of (\d+)$/.exec(reason);
  if (of) return t('queue.because.one_of', { reason: one(of[1]!), of: of[2] });
  const open = /^one of (\d+) and nothing decides, an entity of its own$/.exec(reason);
  if (open) return t('queue.because.open', { of: open[1] });
  const spelling = /^spelling of (.+)$/.exec(reason);
  if (spelling) return t('queue.because.spelling', { name: apart(spelling[1]!) });
  const part = /^a part of (.+)$/.exec(reason);
  if (part) return t('queue.because.part', { name: apart(part[1]!) });
  const both = /^([^:]+): (.+)$/.exec(reason);
  if (both) return t('queue.because.both', { first: one(both[1]!), reason: one(both[2]!) });
  return apart(reason);
}

/** A reason with what it is told of: points, words of the report, two names. */
export function reasonText(reason: string): string {
  const points = /^(.*) \(([+-]\d+)\)$/.exec(reason);
  if (points) return t('queue.because.points', { reason: one(points[1]!), points: `\u2066${points[2]}\u2069` });
  const words = /^“(.+?)”: (.+)$/.exec(reason);
  if (words) return t('queue.because.words', { words: apart(words[1]!), reason: one(words[2]!) });
  const pair = /^([^\s,:]+), ([^\s,:]+): (.+)$/.exec(reason);
  if (pair) return t('queue.because.pair', { a: called(pair[1]!), b: called(pair[2]!), reason: one(pair[3]!) });
  return one(reason);
}

function called(id: string): string {
  return apart(nameOf(id)?.name ?? id);
}
