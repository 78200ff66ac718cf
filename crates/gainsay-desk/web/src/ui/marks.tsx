/** Small marks: of a side, of an entity, of a state, of a claim's kind and status. */
import { nameOf } from '../api/names';
import type { Card, DisputeKind, EntityType, HoldingState, Id, Kind, Status } from '../api/types';
import { pageOfEntity } from '../addresses';
import { t, word } from '../i18n';
import { Link } from '../router';
import { sideOf } from './sides';
import './marks.css';

/** The shape of a side in its colour; named for those who do not see it, unless the name stands beside it. */
export function SideMark({ side, silent = false }: { side: string | null | undefined; silent?: boolean }) {
  const one = sideOf(side);
  const name = word('side', one.key);
  return (
    <svg class={`side-mark side-${one.token.slice(7)}`} viewBox="0 0 12 12" role={silent ? undefined : 'img'} aria-hidden={silent}>
      {!silent && <title>{name}</title>}
      <path d={one.shape} />
    </svg>
  );
}

/** A side by mark and name. */
export function SideName({ side }: { side: string }) {
  return (
    <span class="side-name">
      <SideMark side={side} silent /> {word('side', sideOf(side).key)}
    </span>
  );
}

export interface EntityLinkProps {
  id: Id | null | undefined;
  /** The words of the report, where there is no id or they should be shown beside the name. */
  mention?: string | null;
  /** Where the answer names it. */
  name?: string | null;
  type?: EntityType;
  side?: string;
}

/** An actor, place or source: its mark, its name, a link to its page. What is known of it comes from the answers' `names`. */
export function EntityLink({ id, mention, name, type, side }: EntityLinkProps) {
  const known = id ? nameOf(id) : undefined;
  const shown = name || known?.name || mention || id || '';
  const of = type ?? known?.type;
  const to = id && of ? pageOfEntity(of, id) : null;
  const party = side ?? known?.side;
  const marked = of !== 'place' && (party ?? '') !== '';
  const title = mention && mention !== shown ? t('entity.written', { mention }) : undefined;
  return (
    <span class={marked ? 'entity marked' : 'entity'}>
      {marked && <SideMark side={party} />}
      {to ? (
        <Link to={to} title={title}>
          <bdi>{shown}</bdi>
        </Link>
      ) : (
        <bdi title={title}>{shown}</bdi>
      )}
    </span>
  );
}

/** Several of them, between commas. */
export function EntityList({ ids, most = 8 }: { ids: (Id | null)[]; most?: number }) {
  const shown = ids.filter((id): id is Id => id !== null);
  return (
    <span class="entity-list">
      {shown.slice(0, most).map((id, at) => (
        <span key={id}>
          {at > 0 && t('list.comma')}
          <EntityLink id={id} />
        </span>
      ))}
      {shown.length > most && <span class="muted"> {t('list.more', { n: shown.length - most })}</span>}
    </span>
  );
}

/** How sure it is who holds a place: filled, outlined, striped, empty. */
export function StateChip({ state, disputed = false }: { state: HoldingState; disputed?: boolean }) {
  return (
    <span class={`chip state state-${state}`}>
      {t(`state.${state}`)}
      {disputed && <> · {t('state.disputed')}</>}
    </span>
  );
}

export function KindChip({ kind }: { kind: Kind | string }) {
  return <span class="chip kind">{word('kind', kind)}</span>;
}

/** Asserted is the rule and says nothing. */
export function StatusChip({ status, always = false }: { status: Status; always?: boolean }) {
  if (status === 'asserted' && !always) return null;
  return <span class={`chip status-${status}`}>{t(`status.${status}`)}</span>;
}

export function DisputeChip({ kind, revision = false }: { kind: DisputeKind; revision?: boolean }) {
  return <span class={`chip ${revision ? 'revision' : 'dispute'}`}>{revision ? t('dispute.revision') : t(`dispute.${kind}`)}</span>;
}

export function DecidedChip({ decided, proposed }: Pick<Card, 'decided' | 'proposed'>) {
  if (!decided && proposed === null) return null;
  return decided ? <span class={`chip decided-${decided}`}>{t(`decided.${decided}`)}</span> : <span class="chip">{t('decided.proposed')}</span>;
}
