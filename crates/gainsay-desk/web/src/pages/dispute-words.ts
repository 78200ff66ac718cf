/** A dispute in one sentence: what is disputed, and who says what. Never who is right. */
import type { Dispute, DisputeKind, Event, Id } from '../api/types';
import { and, day, days, t, word } from '../i18n';
import { ltr } from '../charts/axis';
import { range } from '../ui/figures';
import { called, subject } from './titles';

/** A count's version as it is written: "50", "500–600", "at least 280", "at most 5". */
export function figureOf(value: string): { low: number | null; high: number | null } | null {
  const found = /^(?:(at least|at most) )?(\d+)(?:–(\d+))?$/.exec(value.trim());
  if (!found) return null;
  const [one, two] = [Number(found[2]), found[3] === undefined ? null : Number(found[3])];
  if (found[1] === 'at least') return { low: one, high: null };
  if (found[1] === 'at most') return { low: null, high: one };
  return { low: one, high: two ?? one };
}

/** The ids that a version names, where it names some. */
export function idsOf(kind: DisputeKind, value: string): Id[] {
  return kind === 'actor' || kind === 'holder' || kind === 'place' ? value.split(' + ').filter(Boolean) : [];
}

/** A version as people read it. */
export function versionText(kind: DisputeKind, value: string): string {
  const ids = idsOf(kind, value);
  if (ids.length > 0) return and(ids.map(called));
  if (kind === 'count') {
    const figure = figureOf(value);
    return figure ? ltr(range(figure.low, figure.high)) : value;
  }
  if (kind === 'occurrence') return word('pages.dispute.occurrence', value);
  if (kind === 'tie') return word('charts.tie', value);
  if (kind === 'time') {
    const [from = value, to] = value.split('..');
    return to ? days(from, to) : day(from);
  }
  return value;
}

/** What is disputed, as a question: "How many were killed (government side): attack in Deir ez-Zor, 18 Jan 2016?" */
export function question(dispute: Dispute, event?: Event | null): string {
  return t(`pages.dispute.question.${dispute.kind}`, about(dispute, event));
}

function about(dispute: Dispute, event?: Event | null) {
  const { measure, group } = dispute.about;
  return {
    about: subject(dispute, event),
    measure: measure ? word('measure', measure).toLocaleLowerCase() : null,
    group: group && group !== 'all' ? word('charts.group', group) : null,
  };
}

const VOICES = 3;
/** A sentence names so many versions; the columns have all. */
const VERSIONS = 6;

/** Names of the voices, the first few. */
export function voices(roots: readonly Id[]): string {
  const shown = roots.slice(0, VOICES).map(called);
  const rest = roots.length - shown.length;
  return and(rest > 0 ? [...shown, t('pages.dispute.others', { n: rest })] : shown);
}

/** The whole sentence. */
export function sentence(dispute: Dispute, event?: Event | null): string {
  const versions = dispute.sides.slice(0, VERSIONS).map((side) =>
    t('pages.dispute.version', { n: side.roots.length, who: voices(side.roots), value: versionText(dispute.kind, side.value) }));
  if (dispute.sides.length > VERSIONS) versions.push(t('pages.dispute.more_versions', { n: dispute.sides.length - VERSIONS }));
  const joined = versions.join(t('pages.dispute.between'));
  if (dispute.revision) return t('pages.dispute.revised', { question: question(dispute, event), versions: joined });
  return t(`pages.dispute.sentence.${dispute.kind}`, { ...about(dispute, event), versions: joined });
}
