/** Reading jobs, and the reports as they are read: kept while the desk is open in this tab, so that one may look elsewhere meanwhile. */
import { signal } from '@preact/signals';
import { get } from '../api/client';
import { connected, on } from '../api/live';
import type { Card, Id, Job } from '../api/types';

export interface Read { report: { id: Id; title: string | null }; claims: Card[]; total: number }
/** So many reports of a job are shown as they are read; the others are counted. */
export const SHOWN = 60;

export const jobs = signal<Job[]>([]);
export const read = signal<ReadonlyMap<Id, Read[]>>(new Map());

export function active(job: Job): boolean {
  return job.state === 'waiting' || job.state === 'reading' || job.state === 'weighing';
}

const ORDER: readonly Job['state'][] = ['waiting', 'reading', 'weighing', 'done', 'failed'];

/** What is told by two ways may come in the wrong order: a job never goes back. */
function later(known: Job | undefined, told: Job): Job {
  if (!known) return told;
  const ahead = ORDER.indexOf(told.state) - ORDER.indexOf(known.state) || told.reports - known.reports;
  return ahead >= 0 ? told : known;
}

/** The jobs with one told anew, the newest first. */
export function withJob(all: readonly Job[], one: Job): Job[] {
  const others = all.filter((job) => job.id !== one.id);
  return [later(all.find((job) => job.id === one.id), one), ...others].sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id));
}

/** The reports of each job with one more, the last read first; read twice, it stands once. */
export function withRead(all: ReadonlyMap<Id, Read[]>, job: Id, one: Read): ReadonlyMap<Id, Read[]> {
  const before = (all.get(job) ?? []).filter((other) => other.report.id !== one.report.id);
  return new Map([...all, [job, [one, ...before].slice(0, SHOWN)]]);
}

export async function ask(): Promise<void> {
  const { items } = await get<{ items: Job[] }>('jobs');
  // A desk that was started anew counts its jobs anew: those that it does not know are gone.
  const known = jobs.peek().filter((job) => items.some((one) => one.id === job.id && one.at === job.at));
  jobs.value = items.reduce<Job[]>(withJob, known);
}

let following = false;
/** Follows the jobs from now on: by live events, and by asking where these do not arrive. */
export function follow(): void {
  if (following) return;
  following = true;
  on('job', (job) => (jobs.value = withJob(jobs.peek(), job)));
  on('read', ({ job, report, claims, total }) => (read.value = withRead(read.peek(), job, { report, claims, total: total ?? claims.length })));
  // What was told while nobody listened is asked for.
  connected.subscribe((now) => {
    if (now && jobs.peek().some(active)) ask().catch(() => undefined);
  });
  setInterval(() => {
    if (!connected.peek() && jobs.peek().some(active)) ask().catch(() => undefined);
  }, 3000);
}

/** What was just sent: its job stands in the list before the desk tells of it. */
export function begun(answer: { job: Job | Id }): void {
  if (typeof answer.job === 'object') jobs.value = withJob(jobs.peek(), answer.job);
  else void ask().catch(() => undefined);
}
