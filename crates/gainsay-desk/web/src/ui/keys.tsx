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

/** The key as the list of keys names it: the same one under an Arabic or other layout, and with caps lock on. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>): string {
  const { key, code, shiftKey } = event;
  if (key === '؟') return '?';
  if (key.length !== 1) return key;
  if (/[^\x00-\x7f]/.test(key)) return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase() ?? (code === 'Slash' ? (shiftKey ? '?' : '/') : key);
  return shiftKey ? key : key.toLowerCase();
}

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
  if (document.querySelector('dialog[open]')) return;
  // Enter and the space bar belong to the button or link that has the focus.
  if ((event.key === 'Enter' || event.key === ' ') && (event.target as HTMLElement).closest?.('a, button, summary, [role=option]')) return;
  const name = keyName(event);
  if (name === '?') {
    shown.value = true;
    event.preventDefault();
    return;
  }
  const pair = before && event.timeStamp - before.at < 1200 ? `${before.key} ${name}` : null;
  const inside = [...layers.peek()].reverse().flatMap((layer) => layer.keys());
  // A sequence is meant as a whole: `g m` goes to the map even where the page has an `m` of its own.
  for (const wanted of pair ? [pair, name] : [name]) {
    const hit = inside.find((one) => one.key === wanted);
    if (hit) {
      before = null;
      event.preventDefault();
      hit.do(event);
      return;
    }
  }
  before = { key: name, at: event.timeStamp };
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
