import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { address, ApiError, file, fileName, get, me, post } from '../src/api/client';
import { forgetNames, learnt, nameOf } from '../src/api/names';
import type { Me } from '../src/api/types';

const asked = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

beforeEach(() => {
  vi.stubGlobal('fetch', asked);
  me.value = { name: 'Rana', csrf: 'token-1' } as Me;
});
afterEach(() => {
  asked.mockReset();
  vi.unstubAllGlobals();
  forgetNames();
});

describe('addresses', () => {
  it('leave out what is empty, repeat lists, and code what is special', () => {
    expect(address('claims', { place: ['a', 'b&c'], from: '', to: null, at: undefined, n: 0, revision: false })).toBe('/api/claims?place=a&place=b%26c&n=0&revision=false');
    expect(address('claims')).toBe('/api/claims');
  });
});

describe('requests', () => {
  it('carry the token when they change something', async () => {
    asked.mockResolvedValue(json(200, { entries: [1], proposed: false }));
    await post('decisions', { why: '<b>' });
    const [url, init] = asked.mock.calls[0]!;
    expect(url).toBe('/api/decisions');
    expect((init.headers as Record<string, string>)['x-csrf']).toBe('token-1');
    expect(init.body).toBe('{"why":"<b>"}');
  });
  it('leave the type of a form to the browser', async () => {
    asked.mockResolvedValue(json(200, { job: 'j' }));
    await post('add/files', new FormData());
    expect(Object.keys(asked.mock.calls[0]![1].headers as object)).toEqual(['x-csrf']);
  });
  it('learn the names that an answer holds', async () => {
    const before = learnt.value;
    asked.mockResolvedValue(json(200, { items: [], names: { homs: { name: 'Homs', type: 'place', kind: 'city', side: '' } } }));
    await get('events');
    expect(nameOf('homs')?.name).toBe('Homs');
    expect(learnt.value).not.toBe(before);
  });
  it('do not take the hits of a search for names of ids', async () => {
    asked.mockResolvedValue(json(200, { names: [{ id: 'x', name: 'X' }], names_of: { y: { name: 'Y', type: 'actor', kind: '', side: '' } } }));
    await get('search');
    expect(nameOf('0')).toBeUndefined();
    expect(nameOf('y')?.name).toBe('Y');
  });
});

describe('refusals', () => {
  it('tell code, message and whatever else was said', async () => {
    asked.mockResolvedValue(json(409, { error: { code: 'stale', message: 'decided since', changed: [{ entry: 7 }] } }));
    const error = await post('decisions').catch((reason: unknown) => reason as ApiError);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 409, code: 'stale', message: 'decided since', more: { changed: [{ entry: 7 }] } });
    expect(me.value).not.toBeNull();
  });
  it('without JSON are errors all the same', async () => {
    asked.mockResolvedValue(new Response('<html>bad gateway</html>', { status: 502, statusText: 'Bad Gateway' }));
    await expect(get('events')).rejects.toMatchObject({ status: 502, code: '502', message: 'Bad Gateway' });
  });
  it('for want of signing in sign the page out', async () => {
    asked.mockResolvedValue(json(401, { error: { code: 'sign-in', message: '' } }));
    await expect(get('events')).rejects.toMatchObject({ status: 401 });
    expect(me.value).toBeNull();
  });
  it('by nobody at all are told from those of the desk', async () => {
    asked.mockRejectedValue(new TypeError('Failed to fetch'));
    await expect(get('events')).rejects.toMatchObject({ status: 0, code: 'offline' });
  });
  it('of a file are not saved as one', async () => {
    asked.mockResolvedValue(json(403, { error: { code: 'forbidden', message: 'no' } }));
    await expect(file('publish/brief', {})).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('names of files', () => {
  it('are the ones given', () => {
    expect(fileName('attachment; filename="brief 2014-06.html"')).toBe('brief 2014-06.html');
    expect(fileName("attachment; filename=x.html; filename*=UTF-8''%D9%85%D9%88%D8%AC%D8%B2.html")).toBe('موجز.html');
  });
  it('lead nowhere', () => {
    expect(fileName('attachment; filename="../../etc/passwd"')).not.toContain('/');
    expect(fileName('attachment; filename="..\\x.zip"')).toBe('_x.zip');
    expect(fileName("attachment; filename*=UTF-8''%E0%A4%A; filename=plain.zip")).toBe('plain.zip');
    expect(fileName('')).toBe('gainsay');
  });
});
