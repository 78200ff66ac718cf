/** What the desk says back: loading, nothing there, what went wrong, what was done. */
import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api/client';
import { knows, t } from '../i18n';
import { Button } from './controls';
import './feedback.css';

/** Shown after a moment only, so that quick answers do not flicker. */
export function Loading({ small = false }: { small?: boolean }) {
  return (
    <p class={`loading ${small ? 'small' : ''}`} role="status">
      {t('loading')}
    </p>
  );
}

export function Empty({ children, hint }: { children: ComponentChildren; hint?: ComponentChildren }) {
  return (
    <div class="empty">
      <p>{children}</p>
      {hint && <p class="muted">{hint}</p>}
    </div>
  );
}

/** What an error means, in the reader's words; what the server said, beside it. */
export function errorText(error: ApiError): string {
  const key = `error.${error.code}`;
  return knows(key) ? t(key, { seconds: (error.more.retry_after as number | undefined) ?? null }) : error.message || t('error.unexpected');
}

export function ErrorBox({ error, again }: { error: ApiError; again?: (() => void) | undefined }) {
  const said = errorText(error);
  return (
    <div class="error-box" role="alert">
      <p>{said}</p>
      {error.message && error.message !== said && (
        <p class="small">
          <bdi>{error.message}</bdi>
        </p>
      )}
      {again && <Button onClick={again}>{t('error.again')}</Button>}
    </div>
  );
}

/** Loading, wrong or there: what a page shows for an answer. */
export function Await<T>({ answer, children }: {
  answer: { data: T | undefined; error: ApiError | undefined; loading: boolean; again: () => void };
  children: (data: T) => ComponentChildren;
}) {
  if (answer.error) return <ErrorBox error={answer.error} again={answer.again} />;
  if (answer.data === undefined) return <Loading />;
  return <div class={`await ${answer.loading ? 'stale' : ''}`} aria-busy={answer.loading}>{children(answer.data)}</div>;
}

interface Toast { id: number; text: string; bad: boolean; act?: { label: string; do: () => void } | undefined }
const toasts = signal<Toast[]>([]);
let last = 0;

/** Says in passing what was done; `act` takes it back. What went wrong stays until it is put away. */
export function toast(text: string, how: { bad?: boolean; act?: { label: string; do: () => void } } = {}): void {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-3), { id, text, bad: how.bad ?? false, act: how.act }];
  if (!how.bad) setTimeout(() => drop(id), how.act ? 10_000 : 5_000);
}

function drop(id: number): void {
  toasts.value = toasts.value.filter((one) => one.id !== id);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((one) => (
        <div key={one.id} class={`toast ${one.bad ? 'bad' : ''}`}>
          <span dir="auto">{one.text}</span>
          {one.act && (
            <Button look="quiet" onClick={() => { one.act?.do(); drop(one.id); }}>
              {one.act.label}
            </Button>
          )}
          <Button look="quiet" aria-label={t('close')} onClick={() => drop(one.id)}>×</Button>
        </div>
      ))}
    </div>
  );
}
