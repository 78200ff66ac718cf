/** Sending files: the one request that shows how far it is. */
import { address, ApiError, me } from '../api/client';
import type { Id, Job } from '../api/types';

/** What the desk says of whatever was sent: the job that reads it. */
export type Begun = { job: Job | Id };
export interface Sending { done: Promise<Begun>; stop: () => void }

export function sendFiles(files: readonly File[], onShare: (share: number) => void): Sending {
  const request = new XMLHttpRequest();
  const done = new Promise<Begun>((resolve, reject) => {
    request.open('POST', address('add/files'));
    request.setRequestHeader('x-csrf', me.peek()?.csrf ?? '');
    request.upload.onprogress = (event) => event.lengthComputable && onShare(event.loaded / event.total);
    request.onload = () => {
      const said = parse(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(said as Begun);
      else reject(refusalOf(request.status, said));
    };
    // The desk closes the line on what is too large before it was all sent.
    request.onerror = () => reject(new ApiError(0, 'offline', ''));
    request.onabort = () => reject(new ApiError(0, 'stopped', ''));
    const form = new FormData();
    for (const file of files) form.append('files', file, file.webkitRelativePath || file.name);
    request.send(form);
  });
  return { done, stop: () => request.abort() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function refusalOf(status: number, said: unknown): ApiError {
  const error = (said as { error?: { code?: string; message?: string } } | null)?.error;
  if (status === 401 && me.peek()) me.value = null;
  return new ApiError(status, error?.code ?? (status === 413 ? 'too-large' : String(status)), error?.message ?? '');
}
