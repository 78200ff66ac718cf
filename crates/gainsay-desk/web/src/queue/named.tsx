/** What is known of a name: enough to tell two apart, or to say which of several some words mean. */
import { nameOf } from '../api/names';
import type { ActorAnswer, Id, PlaceAnswer, SourceAnswer } from '../api/types';
import { useAnswer } from '../api/use';
import { t, word } from '../i18n';
import { EntityLink, EntityList, SideName } from '../ui';

/** So many ways in which reports write it. */
const WRITTEN = 8;

interface Facts { claims: number; written: string[]; near: Id[] }

/** A place's surroundings, an actor's whole, a source's owner: what one would ask next. */
function facts(data: Partial<PlaceAnswer & ActorAnswer & SourceAnswer> | undefined): Facts | null {
  if (!data || data.claims === undefined) return null;
  const { place, actor, source, around, claims } = data;
  if (place) return { claims, written: place.mentions, near: (around ?? []).slice(0, 3) };
  if (actor) return { claims, written: actor.mentions, near: actor.part_of ? [actor.part_of] : [] };
  return { claims, written: [], near: source?.belongs_to ? [source.belongs_to] : [] };
}

export function Named({ id, hotkey }: { id: Id; hotkey?: string | undefined }) {
  const name = nameOf(id);
  const type = name && name.type !== 'other' ? name.type : null;
  const answer = useAnswer<Partial<PlaceAnswer & ActorAnswer & SourceAnswer>>(type ? `${type}s/${encodeURIComponent(id)}` : null);
  const known = facts(answer.data);
  return (
    <div class="panel stack tight">
      <p class="row spread">
        <strong><EntityLink id={id} /></strong>
        {hotkey && <kbd aria-hidden="true">{hotkey}</kbd>}
      </p>
      <p class="small muted">
        {name?.kind ? word(type === 'place' ? 'place_kind' : 'entity_kind', name.kind) : type && t(`entity.${type}`)}
        {name?.side && <> · <SideName side={name.side} /></>}
        {known && <> · {t('queue.named.claims', { n: known.claims })}</>}
      </p>
      {known && known.near.length > 0 && <p class="small">{t('queue.named.near')} <EntityList ids={known.near} /></p>}
      {known && known.written.length > 0 && (
        <p class="small">
          {t('queue.named.written')}{' '}
          {known.written.slice(0, WRITTEN).map((one, at) => <span key={one}>{at > 0 && t('list.comma')}<bdi>{one}</bdi></span>)}
          {known.written.length > WRITTEN && <span class="muted"> {t('list.more', { n: known.written.length - WRITTEN })}</span>}
        </p>
      )}
      <p class="mono muted small"><bdi>{id}</bdi></p>
    </div>
  );
}
