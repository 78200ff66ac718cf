/** A decision as a sentence: "Claim … is rejected", "… and … are one event". */
import type { ComponentChildren } from 'preact';
import type { Decision, Id } from '../api/types';
import { pageOf } from '../addresses';
import { and, day, rich, t, word } from '../i18n';
import { Link } from '../router';
import { EntityLink } from '../ui/marks';

function ClaimLink({ id }: { id: Id }) {
  return (
    <Link class="mono" to={pageOf('claim', id)}>
      <bdi>{id}</bdi>
    </Link>
  );
}

export function Said({ decision }: { decision: Decision }): ComponentChildren {
  switch (decision.decision) {
    case 'confirm':
      return rich('queue.said.confirm', { claim: <ClaimLink id={decision.claim} /> });
    case 'reject':
      return rich('queue.said.reject', { claim: <ClaimLink id={decision.claim} /> });
    case 'correct': {
      const slots = Object.keys(decision.values).filter((field) => !field.endsWith('_id'));
      return rich('queue.said.correct', { claim: <ClaimLink id={decision.claim} />, slots: and(slots.map((slot) => word('queue.slot', slot))) });
    }
    case 'merge':
    case 'split':
      return rich(`queue.said.${decision.decision}`, { a: <EntityLink id={decision.a} />, b: <EntityLink id={decision.b} /> });
    case 'one-event':
    case 'two-events':
      return rich(`queue.said.${decision.decision}`, { a: <ClaimLink id={decision.a} />, b: <ClaimLink id={decision.b} /> });
    case 'link':
      return rich('queue.said.link', {
        mention: <bdi>{t('queue.quoted', { words: decision.mention })}</bdi>,
        entity: <EntityLink id={decision.id} />,
        slot: word('queue.slot', decision.slot),
        of: <span class="mono"><bdi>{decision.of}</bdi></span>,
      });
    case 'rate':
      return rich('queue.said.rate', {
        source: <EntityLink id={decision.source} />,
        letter: decision.letter,
        since: decision.since ? day(decision.since) : null,
      });
    case 'undo':
      return t('queue.said.undo', { entry: String(decision.undoes) });
  }
}

/** Several decisions: one a line, the rest counted. */
export function SaidAll({ decisions, most = 5 }: { decisions: readonly Decision[]; most?: number }) {
  return (
    <ul class="said">
      {decisions.slice(0, most).map((decision, at) => (
        <li key={at}>
          <Said decision={decision} />
        </li>
      ))}
      {decisions.length > most && <li class="muted">{t('queue.said.more', { n: decisions.length - most })}</li>}
    </ul>
  );
}
