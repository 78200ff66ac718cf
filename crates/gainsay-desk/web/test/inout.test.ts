import { describe, expect, it } from 'vitest';
import { addressOf, bytesOf, load, MOST_BYTES, pick, refusal, size } from '../src/add/files';
import { active, SHOWN, withJob, withRead } from '../src/add/jobs';
import type { Job } from '../src/api/types';
import { EMPTY, faults, request } from '../src/publish/form';

const file = (name: string, bytes = 10, lastModified = 1) => ({ name, size: bytes, lastModified });

describe('files before they are sent', () => {
  it('are told at once when they cannot be read', () => {
    expect(refusal(file('a.zip'))).toBe('archive');
    expect(refusal(file('A.TAR.GZ'))).toBe('archive');
    expect(refusal(file('photo.JPG'))).toBe('picture');
    expect(refusal(file('a.txt', 0))).toBe('empty');
    expect(refusal(file('a.txt', MOST_BYTES + 1))).toBe('large');
    expect(refusal(file('zip.txt'))).toBeNull();
    expect(refusal(file('تقرير.html'))).toBeNull();
  });
  it('are measured together, without those that stay', () => {
    const half = MOST_BYTES / 2 + 1;
    expect(load([file('a.txt', half), file('b.zip', half)])).toMatchObject({ bytes: half, over: false });
    expect(load([file('a.txt', half), file('b.txt', half)]).over).toBe(true);
  });
  it('stand once, however often they are picked', () => {
    expect(pick([file('a.txt')], [file('a.txt'), file('b.txt'), file('b.txt')])).toHaveLength(2);
    expect(pick([file('a.txt')], [file('a.txt', 10, 2)])).toHaveLength(2);
  });
  it('have a size that one can read', () => {
    expect(size(8)).toEqual({ n: 8, unit: 'byte' });
    expect(size(2048)).toEqual({ n: 2, unit: 'kilobyte' });
    expect(size(MOST_BYTES)).toEqual({ n: 256, unit: 'megabyte' });
    expect(size(2 * 1024 ** 3)).toEqual({ n: 2, unit: 'gigabyte' });
  });
  it('and texts count as they are sent', () => {
    expect(bytesOf('القصير')).toBe(12);
  });
});

describe('an address', () => {
  it('is one of the web', () => {
    expect(addressOf(' https://example.org/a?b=1 ')).toBe('https://example.org/a?b=1');
    for (const wrong of ['', 'example.org', 'file:///etc/passwd', 'javascript:alert(1)', 'ftp://example.org/', 'https://name:secret@example.org/', 'http://']) {
      expect(addressOf(wrong), wrong).toBeNull();
    }
  });
});

describe('jobs', () => {
  const job = (id: string, at: string, state: Job['state'] = 'reading'): Job => ({ id, by: 'Rana', at, what: '', state, reports: 0, added: 0, unchanged: 0, claims: 0, refused: [], faulty: [], error: null });
  it('stand once, the newest first', () => {
    const all = [job('b', '2026-01-02T00:00:00Z'), job('a', '2026-01-01T00:00:00Z')].reduce<Job[]>(withJob, []);
    expect(all.map(({ id }) => id)).toEqual(['b', 'a']);
    const told = withJob(all, job('a', '2026-01-01T00:00:00Z', 'done'));
    expect(told.map(({ id, state }) => [id, state])).toEqual([['b', 'reading'], ['a', 'done']]);
    expect(told.filter(active).map(({ id }) => id)).toEqual(['b']);
  });
  it('never go back, in whatever order they are told of', () => {
    const failed = withJob([], job('a', '2026-01-01T00:00:00Z', 'failed'));
    expect(withJob(failed, job('a', '2026-01-01T00:00:00Z', 'waiting'))[0]!.state).toBe('failed');
    const half = withJob([], { ...job('a', '2026-01-01T00:00:00Z'), reports: 20 });
    expect(withJob(half, { ...job('a', '2026-01-01T00:00:00Z'), reports: 10 })[0]!.reports).toBe(20);
  });
  it('show a bounded number of reports, the last read first', () => {
    let all = withRead(new Map(), 'j', { report: { id: 'r0', title: null }, claims: [], total: 0 });
    for (let n = 1; n < SHOWN + 20; n++) all = withRead(all, 'j', { report: { id: `r${n}`, title: null }, claims: [], total: 0 });
    all = withRead(all, 'j', { report: { id: 'r70', title: 'again' }, claims: [], total: 0 });
    expect(all.get('j')).toHaveLength(SHOWN);
    expect(all.get('j')![0]!.report).toEqual({ id: 'r70', title: 'again' });
    expect(all.get('j')!.filter(({ report }) => report.id === 'r70')).toHaveLength(1);
  });
});

describe('what is published', () => {
  it('is asked for as the form says', () => {
    expect(request({ ...EMPTY, what: 'markdown', place: ['homs'], from: '2014-01-01', title: '  May ' }, { names: true })).toEqual({
      path: 'publish/brief', body: { place: ['homs'], from: '2014-01-01', title: 'May', names: false, coarsen_km: 0, form: 'markdown' },
    });
    expect(request({ ...EMPTY, what: 'site', coarsen_km: 5 }, { names: true })).toEqual({ path: 'publish/site', body: { names: false, coarsen_km: 5 } });
  });
  it('holds names only for who may have them, whatever a kept form says', () => {
    expect(request({ ...EMPTY, names: true }, { names: false }).body.names).toBe(false);
    expect(request({ ...EMPTY, names: true }, { names: true }).body.names).toBe(true);
  });
  it('is not asked for while the form is wrong', () => {
    expect(faults({ ...EMPTY, from: '2014-02-01', to: '2014-01-01' })).toEqual(['order']);
    expect(faults({ ...EMPTY, from: '2014-01-01', to: '2014-01-01' })).toEqual([]);
    expect(faults({ ...EMPTY, title: 'x'.repeat(201) })).toEqual(['title']);
  });
});
