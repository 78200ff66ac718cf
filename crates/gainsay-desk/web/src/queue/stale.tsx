/** Somebody has decided on the same thing meanwhile: what, and the way on. What was typed stays. */
import { useEffect, useRef } from 'preact/hooks';
import { moment, rich, t } from '../i18n';
import { Button } from '../ui/controls';
import { DecisionText } from '../decisions/entry';
import type { Stale } from './take';

export interface StaleBoxProps { stale: Stale; busy: boolean; onLook: () => void; onAnyway: () => void; onLeave: () => void }

export function StaleBox({ stale, busy, onLook, onAnyway, onLeave }: StaleBoxProps) {
  const box = useRef<HTMLDivElement>(null);
  // The safe way on has the focus: Enter looks anew, and never decides.
  useEffect(() => box.current?.querySelector('button')?.focus(), []);
  return (
    <div ref={box} class="stale-box" role="alert">
      <p>
        <strong>{t('queue.stale.title')}</strong> {t('queue.stale.kept')}
      </p>
      {stale.changed.length > 0 ? (
        <ul class="said">
          {stale.changed.map((entry) => (
            <li key={entry.entry}>
              {rich('queue.stale.entry', { by: <bdi>{entry.by}</bdi>, at: moment(entry.at), what: <DecisionText decision={entry} /> })}
              {entry.why && (
                <span class="muted"> <bdi>{t('queue.quoted', { words: entry.why })}</bdi></span>
              )}
            </li>
          ))}
        </ul>
      ) : (
        stale.message && <p class="small"><bdi>{stale.message}</bdi></p>
      )}
      <div class="row">
        <Button look="main" onClick={onLook}>{t('queue.stale.look')}</Button>
        <Button busy={busy} onClick={onAnyway}>{t('queue.stale.anyway')}</Button>
        <Button look="quiet" onClick={onLeave}>{t('queue.stale.leave')}</Button>
      </div>
    </div>
  );
}
