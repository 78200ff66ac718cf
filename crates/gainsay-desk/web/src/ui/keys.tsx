/** Keys of a page: told once, so that they work and that `?` shows them. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { Dialog } from './dialog';
import './keys.css';

export interface Key {
  /** As in KeyboardEvent.key; a sequence is written with a space: "g m". */
  key: string;
  /** What it does, for the list of keys. */
  label: string;
  do: (event: KeyboardEvent) => void;
}

const layers = signal<{ title: string; keys: () => Key[] }[]>([]);
const shown = signal(false);
let before: { key: string; at: number } | null = null;

/** Whether what one types goes into a field. */
function typing(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement | null;
  return !!at?.closest?.('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select, [contenteditable]');
}

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
  if (document.querySelector('dialog[open]')) return;
  // Enter and the space bar belong to the button or link that has the focus.
  if ((event.key === 'Enter' || event.key === ' ') && (event.target as HTMLElement).closest?.('a, button, summary, [role=option]')) return;
  if (event.key === '?') {
    shown.value = true;
    event.preventDefault();
    return;
  }
  const pair = before && event.timeStamp - before.at < 1200 ? `${before.key} ${event.key}` : null;
  for (const layer of [...layers.peek()].reverse()) {
    const keys = layer.keys();
    const hit = (pair && keys.find((one) => one.key === pair)) || keys.find((one) => one.key === event.key);
    if (hit) {
      before = null;
      event.preventDefault();
      hit.do(event);
      return;
    }
  }
  before = { key: event.key, at: event.timeStamp };
});

/** Keys that work while the component is there; the innermost ones win. */
export function useKeys(title: string, keys: Key[]): void {
  const now = useRef(keys);
  now.current = keys;
  useEffect(() => {
    const layer = { title, keys: () => now.current };
    layers.value = [...layers.peek(), layer];
    return () => {
      layers.value = layers.peek().filter((one) => one !== layer);
    };
  }, [title]);
}

export function showKeys(): void {
  shown.value = true;
}

/** The keys of the page, at `?`. Stands once, in the shell. */
export function KeyHelp() {
  if (!shown.value) return null;
  return (
    <Dialog title={t('keys.title')} onClose={() => (shown.value = false)}>
      {[...layers.value].reverse().filter((layer) => layer.keys().length > 0).map((layer) => (
        <section key={layer.title} class="stack tight">
          <h3>{layer.title}</h3>
          <dl class="keys">
            {layer.keys().map((one) => (
              <div key={one.key}>
                <dt>{one.key.split(' ').map((key) => <kbd key={key}>{NAMES[key] ?? key}</kbd>)}</dt>
                <dd>{one.label}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}

const NAMES: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Enter: '⏎', Escape: 'Esc', ' ': '␣' };
