/** Light or dark: as the system has it, until the reader says otherwise. */
import { computed, effect, signal } from '@preact/signals';
import { recall, remember } from './memory';

export type Choice = 'system' | 'light' | 'dark';
const kept = recall('theme');
export const choice = signal<Choice>(kept === 'light' || kept === 'dark' ? kept : 'system');

const asked = matchMedia('(prefers-color-scheme: dark)');
const system = signal(asked.matches);
asked.addEventListener('change', () => (system.value = asked.matches));

/** What is on screen now: for canvases and maps, which do not hear of style sheets. */
export const theme = computed<'light' | 'dark'>(() => (choice.value === 'system' ? (system.value ? 'dark' : 'light') : choice.value));

effect(() => {
  document.documentElement.dataset.theme = theme.value;
});

// Paper is light.
addEventListener('beforeprint', () => (document.documentElement.dataset.theme = 'light'));
addEventListener('afterprint', () => (document.documentElement.dataset.theme = theme.peek()));

export function choose(next: Choice): void {
  choice.value = next;
  remember('theme', next);
}
