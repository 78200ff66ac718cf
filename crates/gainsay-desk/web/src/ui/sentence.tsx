/** A claim as one readable sentence: who says that who did what, to whom, where, when, how many. */
import type { ComponentChildren } from 'preact';
import type { Card, Count, Filler, Id, Kind } from '../api/types';
import { days, rich, spokenOf, t, word } from '../i18n';
import { range } from './figures';
import { EntityLink } from './marks';

/** "12–15 killed, civilians"; with the group and whether it is a running total. */
export function countText(count: Count): string {
  const figure = range(count.low, count.high);
  const what = t(`count.${count.what}`, { figure });
  const group = count.group ? t('count.of', { what, group: t(`group.${count.group}`) }) : what;
  return count.scope === 'cumulative' ? t('count.so_far', { what: group }) : group;
}

function fillers(all: Filler[], ids: (Id | null)[]): ComponentChildren {
  if (all.length === 0) return null;
  return all.map(([mention, name], at) => (
    <span key={at}>
      {at > 0 && t('list.comma')}
      <EntityLink id={ids[at] ?? null} mention={mention} name={name ?? null} />
    </span>
  ));
}

export type Said = Pick<Card, 'kind' | 'status' | 'actor' | 'actor_id' | 'target' | 'target_id' | 'place' | 'place_id' | 'source' | 'source_id'
  | 'time' | 'count' | 'degree' | 'means' | 'cut' | 'outlet'>;

/** What happened, without who says so. */
export function Happening({ claim }: { claim: Omit<Said, 'source' | 'source_id' | 'outlet'> }) {
  const template = `sentence.${claim.kind satisfies Kind}`;
  const values = {
    actor: fillers(claim.actor, claim.actor_id),
    target: fillers(claim.target, claim.target_id),
    place: fillers(claim.place, claim.place_id),
    means: claim.means ? <bdi>{claim.means}</bdi> : null,
    cut: claim.cut?.length ? claim.cut.map((cut) => word('cut', cut)).join(t('list.comma')) : null,
    part: claim.degree === 'partial' ? t('degree.partial') : null,
  };
  // Whatever the sentence of this kind has no place for follows it: nothing that was read is left out.
  const spoken = spokenOf(template, values);
  const left = Object.fromEntries(Object.entries(values).filter(([name]) => !spoken.has(name)));
  const when = claim.time ? days(claim.time.start, claim.time.end) : '';
  return (
    <>
      {rich(template, values)}
      {rich('sentence.left', left)}
      {rich('sentence.tail', { when: when || null, count: claim.count ? countText(claim.count) : null })}
    </>
  );
}

/** The whole sentence. Where nobody is named as saying it, its outlet does. */
export function Sentence({ claim }: { claim: Said }) {
  const source = fillers(claim.source, claim.source_id) ?? (claim.outlet ? <bdi>{claim.outlet}</bdi> : null);
  return <>{rich(`sentence.${claim.status}`, { source, what: <Happening claim={claim} /> })}</>;
}
