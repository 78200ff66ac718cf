/** What happens while one looks: answers made anew, decisions of others, who looks at which item, reading jobs. */
import { signal } from '@preact/signals';
import { parsed } from './calm';
import { me } from './client';
import { learn } from './names';
import type { Answers, Job, LiveDecision, LiveRead, LiveWatch } from './types';
import { forgetAnswers } from './use';

/** Of the answers: whether they are up to the log. Null until told. */
export const answers = signal<Answers | null>(null);
/** Whether events arrive. */
export const connected = signal(false);

export interface LiveEvents { answers: Answers; decision: LiveDecision; watch: LiveWatch; job: Job; read: LiveRead }
type Kind = keyof LiveEvents;

const heard: { [K in Kind]: Set<(event: LiveEvents[K]) => void> } = {
  answers: new Set(), decision: new Set(), watch: new Set(), job: new Set(), read: new Set(),
};

/** Calls `then` at each such event, until the returned function is called. */
export function on<K extends Kind>(kind: K, then: (event: LiveEvents[K]) => void): () => void {
  heard[kind].add(then);
  return () => heard[kind].delete(then);
}

let stream: EventSource | null = null;
let wait = 1000;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Begins to listen; after a break tries again, at longer and longer intervals. */
export function listen(): void {
  if (stream || typeof EventSource === 'undefined') return;
  const source = new EventSource('/api/live');
  stream = source;
  source.onopen = () => {
    connected.value = true;
    wait = 1000;
  };
  source.onerror = () => {
    connected.value = false;
    source.close();
    if (stream !== source) return;
    stream = null;
    timer = setTimeout(listen, wait);
    wait = Math.min(wait * 2, 30_000);
  };
  for (const kind of Object.keys(heard) as Kind[]) {
    source.addEventListener(kind, (message) => tell(kind, (message as MessageEvent<string>).data));
  }
}

/**
 * A tab that nobody sees does not listen: browsers open six connections to one host, and a desk is read in many tabs. Whoever comes back
 * to it is told at once how things stand.
 */
export function listenInSight(): () => void {
  let leave: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(leave);
    if (document.hidden) leave = setTimeout(hush, 5000);
    else listen();
  };
  document.addEventListener('visibilitychange', look);
  look();
  return () => {
    document.removeEventListener('visibilitychange', look);
    clearTimeout(leave);
    hush();
  };
}

/** Stops listening, for who signs out. */
export function hush(): void {
  clearTimeout(timer);
  stream?.close();
  stream = null;
  connected.value = false;
}

function tell<K extends Kind>(kind: K, data: string): void {
  let event: LiveEvents[K];
  try {
    event = parsed(data) as LiveEvents[K];
  } catch {
    return;
  }
  if (kind === 'read') learn((event as LiveRead).names);
  if (kind === 'answers') {
    const now = event as Answers;
    if (now.fresh && now.entry !== answers.peek()?.entry) forgetAnswers();
    answers.value = now;
    const who = me.peek();
    if (who) who.answers = now;
  }
  for (const then of heard[kind]) then(event);
}
