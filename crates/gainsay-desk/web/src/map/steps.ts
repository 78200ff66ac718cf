/** Days as numbers along a slider, and steps of a day, a week or a month over them. */
import type { Day } from '../api/types';

export type Step = 'day' | 'week' | 'month';
export const STEPS: readonly Step[] = ['day', 'week', 'month'];

const LENGTH = 86_400_000;

/** Days since 1970. */
export function ordinal(day: Day): number {
  return Math.round(Date.parse(day) / LENGTH);
}

export function dayAt(ordinal: number): Day {
  return new Date(ordinal * LENGTH).toISOString().slice(0, 10);
}

/** The same day some months on; where that month is shorter, its last day. */
function months(day: Day, by: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + by, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + by, Math.min(date, last))).toISOString().slice(0, 10);
}

export function stepped(day: Day, step: Step, by: number): Day {
  return step === 'month' ? months(day, by) : dayAt(ordinal(day) + by * (step === 'week' ? 7 : 1));
}

export function within(day: Day, first: Day, last: Day): Day {
  return day < first ? first : day > last ? last : day;
}

/** Where a key moves a slider that stands at `day`; null where the key is none of its keys. */
export function moved(key: string, day: Day, first: Day, last: Day, step: Step, rtl: boolean): Day | null {
  const by = (kind: Step, n: number) => within(stepped(day, kind, n), first, last);
  switch (key) {
    case 'ArrowRight':
      return by(step, rtl ? -1 : 1);
    case 'ArrowLeft':
      return by(step, rtl ? 1 : -1);
    case 'ArrowUp':
      return by(step, 1);
    case 'ArrowDown':
      return by(step, -1);
    case 'PageUp':
      return by('month', step === 'month' ? 12 : 1);
    case 'PageDown':
      return by('month', step === 'month' ? -12 : -1);
    case 'Home':
      return first;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** How far along the days from first to last a day lies, 0 to 1. */
export function share(day: Day, first: Day, last: Day): number {
  const length = ordinal(last) - ordinal(first);
  return length <= 0 ? 1 : Math.max(0, Math.min(1, (ordinal(day) - ordinal(first)) / length));
}

/** The day at such a share of the way. */
export function dayOfShare(part: number, first: Day, last: Day): Day {
  const [from, to] = [ordinal(first), ordinal(last)];
  return dayAt(Math.round(from + Math.max(0, Math.min(1, part)) * (to - from)));
}

/** The nearest day of change after (or before) a day; null where there is none. `changes` are in order. */
export function nextChange(changes: readonly Day[], day: Day, forward: boolean): Day | null {
  if (forward) return changes.find((one) => one > day) ?? null;
  for (let i = changes.length - 1; i >= 0; i--) if (changes[i]! < day) return changes[i]!;
  return null;
}

/** The days that playing shows next, first the nearest; ends where the slider ends. */
export function ahead(day: Day, step: Step, last: Day, count: number): Day[] {
  const days: Day[] = [];
  for (let at = day; days.length < count && at < last; ) {
    at = within(stepped(at, step, 1), at, last);
    days.push(at);
  }
  return days;
}
