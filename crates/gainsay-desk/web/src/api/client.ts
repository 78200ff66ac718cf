/** Requests to the desk: JSON both ways, the token against forged requests on whatever changes something, errors as one type. */
import { signal } from '@preact/signals';
import { parsed } from './calm';
import { learn } from './names';
import type { Me, Names } from './types';

/** Who is signed in: undefined while nobody has asked yet, null where nobody is. */
export const me = signal<Me | null | undefined>(undefined);

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** What else the answer said: `changed` of a stale decision, `retry_after`. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

export type Param = string | number | boolean | null | undefined;
export type Params = Record<string, Param | readonly Param[]>;

/** The address of an end point; empty parameters are left out, lists are repeated. */
export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as readonly Param[]) : [value as Param]) {
      if (one !== null && one !== undefined && one !== '') query.append(key, String(one));
    }
  }
  const text = query.toString();
  return `/api/${path}${text ? (path.includes('?') ? '&' : '?') + text : ''}`;
}

export async function get<T>(path: string, params?: Params, abort?: AbortSignal): Promise<T> {
  return answer<T>(await send(address(path, params), { signal: abort ?? null }));
}

export async function post<T>(path: string, body: unknown = {}, abort?: AbortSignal): Promise<T> {
  return answer<T>(await send(address(path), posted(body, abort)));
}

/** A file made on request: its bytes and the name that the server gives it. */
export async function file(path: string, body: unknown, abort?: AbortSignal): Promise<{ blob: Blob; name: string }> {
  const response = await send(address(path), posted(body, abort));
  if (!response.ok) throw await refusal(response);
  return { blob: await response.blob(), name: fileName(response.headers.get('content-disposition') ?? '') };
}

/** The name in a content-disposition, without what no file name should hold. */
export function fileName(disposition: string): string {
  const coded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  let name = /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? '';
  try {
    if (coded) name = decodeURIComponent(coded);
  } catch {
    // Then the plain one stands.
  }
  return name.replaceAll(/[/\\\u0000-\u001f]/g, '_').replace(/^\.+/, '') || 'gainsay';
}

/** Lets the browser save these bytes. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Asks who is signed in, and remembers it. */
export async function whoAmI(): Promise<Me | null> {
  try {
    me.value = await get<Me>('me');
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    me.value = null;
  }
  return me.value ?? null;
}

export async function signIn(name: string, password: string): Promise<void> {
  me.value = await post<Me>('signin', { name, password });
}

export async function signOut(): Promise<void> {
  await post('signout');
  me.value = null;
}

function posted(body: unknown, abort?: AbortSignal): RequestInit {
  const headers: Record<string, string> = { 'x-csrf': me.peek()?.csrf ?? '' };
  const form = body instanceof FormData;
  if (!form) headers['content-type'] = 'application/json';
  return { method: 'POST', headers, body: form ? body : JSON.stringify(body), signal: abort ?? null };
}

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, 'offline', '');
  }
}

async function answer<T>(response: Response): Promise<T> {
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return undefined as T;
  const body = parsed(await response.text()) as T & { names?: unknown; names_of?: Names };
  if (body && typeof body === 'object') {
    // Search calls the names it found `names`; there the names of ids stand in `names_of`.
    if (body.names_of) learn(body.names_of);
    else if (body.names && !Array.isArray(body.names)) learn(body.names as Names);
  }
  return body;
}

async function refusal(response: Response): Promise<ApiError> {
  if (response.status === 401 && me.peek()) me.value = null;
  try {
    const { error } = (await response.json()) as { error: { code: string; message: string } & Record<string, unknown> };
    const { code, message, ...more } = error;
    return new ApiError(response.status, code, message, more);
  } catch {
    return new ApiError(response.status, String(response.status), response.statusText);
  }
}
