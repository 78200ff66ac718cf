/** Days as people write them. */

export type Edge = 'first' | 'last';

const DIGITS = /[٠-٩۰-۹]/g;

function western(text: string): string {
  return text.replace(DIGITS, (digit) => String((digit.codePointAt(0)! - 0x660) % 16));
}

/** The first and the last day of what is written: a year, a month or a day, by number; undefined where it is none of them. */
export function parseSpan(text: string): Record<Edge, string> | undefined {
  const parts = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(western(text.trim()));
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), parts[2] ? Number(parts[2]) : undefined, parts[3] ? Number(parts[3]) : undefined];
  if (year < 1000) return undefined;
  if (month === undefined) return { first: iso(year, 1, 1), last: iso(year, 12, 31) };
  if (month < 1 || month > 12) return undefined;
  const longest = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day === undefined) return { first: iso(year, month, 1), last: iso(year, month, longest) };
  if (day < 1 || day > longest) return undefined;
  return { first: iso(year, month, day), last: iso(year, month, day) };
}

function iso(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The day so many days later (earlier, where negative). */
export function shift(day: string, by: number): string {
  return new Date(Date.parse(day) + by * 86_400_000).toISOString().slice(0, 10);
}

/** How many days from one to the other. */
export function between(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}
