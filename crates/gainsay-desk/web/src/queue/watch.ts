/** Who else looks at the same item: told every twenty seconds while the page is in view, and heard of at once. */
import { useEffect, useState } from 'preact/hooks';
import { me, post } from '../api/client';
import { on } from '../api/live';
import type { Id } from '../api/types';

const BEAT_MS = 20_000;

/** The names of the others, without one's own. */
export function others(names: readonly string[], own: string | undefined): string[] {
  return [...new Set(names)].filter((name) => name !== own).sort();
}

export function useWatch(item: Id | undefined, known: readonly string[] = []): string[] {
  const own = me.value?.name;
  const [seen, setSeen] = useState<{ item: Id | undefined; names: string[] }>({ item, names: [] });
  useEffect(() => {
    if (item === undefined) return;
    const abort = new AbortController();
    const beat = () => {
      if (document.hidden) return;
      post<{ watching: string[] }>(`queue/${encodeURIComponent(item)}/watch`, {}, abort.signal).then(
        (answer) => setSeen({ item, names: answer.watching }),
        () => undefined, // Missing a beat costs a notice, and nothing that was typed.
      );
    };
    beat();
    const timer = setInterval(beat, BEAT_MS);
    document.addEventListener('visibilitychange', beat);
    const off = on('watch', (event) => {
      if (event.item === item) setSeen({ item, names: event.names });
    });
    return () => {
      abort.abort();
      // Whoever goes on to the next one no longer stands in anybody's way.
      post(`queue/${encodeURIComponent(item)}/watch`, { looks: false }).catch(() => undefined);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', beat);
      off();
    };
  }, [item]);
  return others(seen.item === item && seen.names.length > 0 ? seen.names : known, own);
}
