/** The items beside the one in view: what each is, what it would change, and what became of it. */
import { useEffect, useRef } from 'preact/hooks';
import type { QueueItem } from '../api/types';
import { t } from '../i18n';
import { effectLines } from './effect';
import { apart, Chip, headline } from './headline';
import { takenOf } from './take';

export interface ListProps { items: QueueItem[]; at: string | undefined; onChoose: (id: string) => void; elsewhere: ReadonlyMap<string, string> }

export function List({ items, at, onChoose, elsewhere }: ListProps) {
  const box = useRef<HTMLOListElement>(null);
  useEffect(() => {
    // Only the list scrolls: the page stays where one reads.
    const list = box.current;
    const line = list?.querySelector<HTMLElement>('[aria-current]');
    if (!list || !line) return;
    const [top, bottom] = [line.offsetTop - list.offsetTop, line.offsetTop - list.offsetTop + line.offsetHeight];
    if (top < list.scrollTop) list.scrollTop = top;
    else if (bottom > list.scrollTop + list.clientHeight) list.scrollTop = bottom - list.clientHeight;
  }, [at]);
  return (
    <ol class="plain queue-list" ref={box} aria-label={t('queue.list')}>
      {items.map((item) => {
        const done = takenOf(item.id);
        const other = elsewhere.get(item.id);
        return (
          <li key={item.id}>
            <button type="button" class={`queue-line ${done ? 'done' : ''}`} aria-current={item.id === at ? 'true' : undefined} onClick={() => onChoose(item.id)}>
              <span class="row spread">
                <Chip what={item.what} />
                <span class="small muted">{t('queue.effect', { n: item.effect.answers })}</span>
              </span>
              <span class="queue-head">{headline(item)}</span>
              {done ? (
                <span class="small queue-done">{done.proposed ? t('queue.done.proposed', { said: done.said }) : t('queue.done', { said: done.said })}</span>
              ) : other ? (
                <span class="small queue-other">{t('queue.other.decided', { name: apart(other) })}</span>
              ) : (
                <span class="small muted">{effectLines(item)[0]}</span>
              )}
              {item.watching.length > 0 && !done && <span class="visually-hidden">{t('queue.watched')}</span>}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
