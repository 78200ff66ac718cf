/** The address of the page of each thing. */
import type { EntityType, Id } from './api/types';

export function pageOf(what: 'place' | 'actor' | 'source' | 'event' | 'dispute' | 'report' | 'claim', id: Id): string {
  return `/${what}/${encodeURIComponent(id)}`;
}

/** Of an entity, where it has one. */
export function pageOfEntity(type: EntityType, id: Id): string | null {
  return type === 'other' ? null : pageOf(type, id);
}
