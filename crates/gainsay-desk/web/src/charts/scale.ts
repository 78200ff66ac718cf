/** Scales: from figures and days to places on a line, with round ticks. */

export interface Scale {
  at: (value: number) => number;
  ticks: number[];
}

/** Round numbers, about `count` of them, from the least to the greatest of the domain. */
export function roundTicks(least: number, greatest: number, count = 5): number[] {
  if (!(greatest > least)) return [least];
  const raw = (greatest - least) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= raw) ?? 10 * power;
  const ticks: number[] = [];
  for (let n = Math.ceil(least / step); n * step <= greatest + step * 1e-9; n++) ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}

/** The next round number above, so that the longest mark ends before the edge. */
export function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find((n) => n * power >= value) ?? 10) * power;
}

export function linear([least, greatest]: [number, number], [from, to]: [number, number], ticks = 5): Scale {
  const span = greatest - least || 1;
  return {
    at: (value) => from + ((value - least) / span) * (to - from),
    ticks: roundTicks(least, greatest, ticks),
  };
}

/** For figures that differ by orders of magnitude; what is below 1 stands at 1. */
export function logarithmic([least, greatest]: [number, number], [from, to]: [number, number]): Scale {
  const low = Math.floor(Math.log10(Math.max(1, least)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, greatest))));
  const ticks: number[] = [];
  for (let power = low; power <= high; power++) ticks.push(10 ** power);
  return {
    at: (value) => from + ((Math.log10(Math.max(1, value)) - low) / (high - low)) * (to - from),
    ticks,
  };
}

/** For ratios: as far from 1 to 2 as from 1 to a half; beyond the outermost, at the edge. */
export function ratios(most: number, [from, to]: [number, number]): Scale {
  const ends = Math.max(1, Math.min(6, Math.ceil(Math.log2(Math.max(2, most)))));
  const ticks: number[] = [];
  for (let power = -ends; power <= ends; power++) ticks.push(2 ** power);
  return {
    at: (ratio) => {
      const power = ratio <= 0 ? -ends : Math.max(-ends, Math.min(ends, Math.log2(ratio)));
      return from + ((power + ends) / (2 * ends)) * (to - from);
    },
    ticks,
  };
}

const DAY_MS = 86_400_000;

/** Days since 1970; NaN for what is no day. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(day.length === 7 ? `${day}-01` : day) / DAY_MS);
}

export function dayOf(number: number): string {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

export interface TimeTick { day: string; at: number; /** How much of the day its label need say. */ unit: 'day' | 'month' | 'year' }

const STEPS: { unit: TimeTick['unit']; months?: number; days?: number }[] = [
  { unit: 'day', days: 1 }, { unit: 'day', days: 2 }, { unit: 'day', days: 7 }, { unit: 'day', days: 14 },
  { unit: 'month', months: 1 }, { unit: 'month', months: 3 }, { unit: 'month', months: 6 },
  { unit: 'year', months: 12 }, { unit: 'year', months: 24 }, { unit: 'year', months: 60 }, { unit: 'year', months: 120 },
];

export interface TimeScale {
  at: (day: string) => number;
  ticks: TimeTick[];
  first: string;
  last: string;
}

/** Days along a line; `most` ticks at most. From may lie right of to: then time runs leftwards. */
export function time([first, last]: [string, string], [from, to]: [number, number], most = 8): TimeScale {
  const start = dayNumber(first);
  const end = Math.max(start + 1, dayNumber(last));
  const place = (number: number) => from + ((number - start) / (end - start)) * (to - from);
  const at = (day: string) => place(Math.max(start, Math.min(end, dayNumber(day))));
  const span = end - start;
  const step = STEPS.find((one) => span / (one.days ?? one.months! * 30.4) <= Math.max(1, most)) ?? STEPS[STEPS.length - 1]!;
  const ticks: TimeTick[] = [];
  if (step.days) {
    for (let n = start; n <= end; n += step.days) ticks.push({ day: dayOf(n), at: place(n), unit: 'day' });
  } else {
    const begin = new Date(start * DAY_MS);
    let month = begin.getUTCFullYear() * 12 + begin.getUTCMonth();
    month = Math.ceil((month + (begin.getUTCDate() > 1 ? 1 : 0)) / step.months!) * step.months!;
    for (;; month += step.months!) {
      const day = Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS);
      if (day > end) break;
      ticks.push({ day: dayOf(day), at: place(day), unit: step.unit });
    }
  }
  return { at, ticks, first, last };
}

/** The first and last of some days, with a little air; null where there is none. */
export function span(days: (string | null | undefined)[]): [string, string] | null {
  const all = days.filter((day): day is string => !!day).map(dayNumber).filter((n) => !Number.isNaN(n));
  if (all.length === 0) return null;
  let [least, most] = [all[0]!, all[0]!];
  for (const n of all) {
    least = Math.min(least, n);
    most = Math.max(most, n);
  }
  // A single day gets a week on each side: one mark alone on a line says nothing.
  const air = most - least < 3 ? 5 : Math.round((most - least) * 0.02) || 1;
  return [dayOf(least - air), dayOf(most + air)];
}
