import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { me } from '../src/api/client';
import { answers, connected, hush, listen, listenInSight, on } from '../src/api/live';
import { forgetNames, nameOf } from '../src/api/names';
import type { Me } from '../src/api/types';

class Stream {
  static made: Stream[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  private heard = new Map<string, (event: { data: string }) => void>();
  constructor(readonly url: string) {
    Stream.made.push(this);
  }
  addEventListener(kind: string, then: (event: { data: string }) => void) {
    this.heard.set(kind, then);
  }
  close() {
    this.closed = true;
  }
  send(kind: string, data: string) {
    this.heard.get(kind)?.({ data });
  }
}
const last = () => Stream.made.at(-1)!;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Stream);
  me.value = { name: 'Rana', answers: { entry: 1, fresh: true, making: false, share: null } } as Me;
  Stream.made = [];
  listen();
});
afterEach(() => {
  hush();
  answers.value = null;
  forgetNames();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('listens once', () => {
  listen();
  expect(Stream.made.map((one) => one.url)).toEqual(['/api/live']);
});

it('tells each event to those who asked for its kind, until they ask no more', () => {
  const decisions: number[] = [];
  const off = on('decision', (event) => decisions.push(event.entry));
  last().send('decision', '{"entry":7}');
  last().send('watch', '{"item":"q","names":[]}');
  off();
  last().send('decision', '{"entry":8}');
  expect(decisions).toEqual([7]);
});

it('keeps how fresh the answers are', () => {
  last().send('answers', '{"entry":9,"fresh":false,"making":true,"share":0.25}');
  expect(answers.value).toEqual({ entry: 9, fresh: false, making: true, share: 0.25 });
  expect(me.value?.answers.entry).toBe(9);
});

it('learns the names in what was read', () => {
  last().send('read', '{"job":"j","report":{"id":"r","title":null},"claims":[],"names":{"homs":{"name":"Homs","type":"place","kind":"city","side":""}}}');
  expect(nameOf('homs')?.name).toBe('Homs');
});

it('outlives what is no JSON', () => {
  const jobs: unknown[] = [];
  const off = on('job', (event) => jobs.push(event));
  last().send('job', '<html>');
  last().send('job', '{"id":"j"}');
  off();
  expect(jobs).toEqual([{ id: 'j' }]);
});

it('tries again after a break, more and more patiently, and at once after it came through', () => {
  last().onopen?.();
  expect(connected.value).toBe(true);
  last().onerror?.();
  expect(connected.value).toBe(false);
  expect(last().closed).toBe(true);
  vi.advanceTimersByTime(1000);
  expect(Stream.made.length).toBe(2);
  last().onerror?.();
  vi.advanceTimersByTime(1999);
  expect(Stream.made.length).toBe(2);
  vi.advanceTimersByTime(1);
  expect(Stream.made.length).toBe(3);
  last().onopen?.();
  last().onerror?.();
  vi.advanceTimersByTime(1000);
  expect(Stream.made.length).toBe(4);
});

it('is silent once hushed', () => {
  last().onerror?.();
  hush();
  vi.advanceTimersByTime(60_000);
  expect(Stream.made.length).toBe(1);
});

it('lets go where nobody looks, and comes back to whoever looks again', () => {
  hush();
  Stream.made = [];
  const page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  const look = (hidden: boolean) => {
    page.hidden = hidden;
    page.dispatchEvent(new Event('visibilitychange'));
  };
  const stop = listenInSight();
  expect(Stream.made.length).toBe(1);
  look(true);
  vi.advanceTimersByTime(4000);
  look(false);
  vi.advanceTimersByTime(4000);
  expect(last().closed, 'a glance away').toBe(false);
  look(true);
  vi.advanceTimersByTime(5000);
  expect(last().closed).toBe(true);
  look(false);
  expect(Stream.made.length).toBe(2);
  stop();
  look(true);
  look(false);
  expect(Stream.made.length).toBe(2);
});
