/** Files before they are sent: what cannot be read anyway is told at once, and costs no upload. */

/** All files of one sending together; the desk takes no more. */
export const MOST_BYTES = 256 * 1024 * 1024;
export const MOST_FILES = 5000;

export type Refusal = 'empty' | 'archive' | 'picture' | 'large';
export interface Picked { file: Pick<File, 'name' | 'size'>; refused: Refusal | null }

const ARCHIVES = /\.(zip|gz|tgz|bz2|xz|zst|7z|rar|tar|jar)$/i;
const PICTURES = /\.(jpe?g|png|gif|webp|heic|bmp|tiff?|svg|mp[34]|m4a|mov|avi|mkv|webm|ogg|wav)$/i;

export function refusal({ name, size }: Pick<File, 'name' | 'size'>): Refusal | null {
  if (ARCHIVES.test(name)) return 'archive';
  if (PICTURES.test(name)) return 'picture';
  if (size === 0) return 'empty';
  return size > MOST_BYTES ? 'large' : null;
}

/** Files picked or dropped, the same file once. */
export function pick<F extends Pick<File, 'name' | 'size' | 'lastModified'>>(before: readonly F[], more: readonly F[]): F[] {
  const key = (file: F) => `${file.name}\0${file.size}\0${file.lastModified}`;
  const known = new Set(before.map(key));
  const fresh = more.filter((file) => {
    const one = key(file);
    return known.has(one) ? false : (known.add(one), true);
  });
  return [...before, ...fresh].slice(0, MOST_FILES);
}

export interface Load<F> { send: F[]; refused: { file: F; why: Refusal }[]; bytes: number; over: boolean }

export function load<F extends Pick<File, 'name' | 'size'>>(files: readonly F[]): Load<F> {
  const send: F[] = [];
  const refused: Load<F>['refused'] = [];
  for (const file of files) {
    const why = refusal(file);
    if (why) refused.push({ file, why });
    else send.push(file);
  }
  const bytes = send.reduce((sum, file) => sum + file.size, 0);
  return { send, refused, bytes, over: bytes > MOST_BYTES };
}

/** Bytes in the unit that people know them by; a megabyte is 1024 × 1024 of them, as file managers count. */
export function size(bytes: number): { n: number; unit: 'byte' | 'kilobyte' | 'megabyte' | 'gigabyte' } {
  const of = (each: number) => Math.round((bytes / each) * 10) / 10;
  if (bytes < 1024) return { n: bytes, unit: 'byte' };
  if (bytes < 1024 ** 2) return { n: Math.round(bytes / 1024), unit: 'kilobyte' };
  return bytes < 1024 ** 3 ? { n: of(1024 ** 2), unit: 'megabyte' } : { n: of(1024 ** 3), unit: 'gigabyte' };
}

/** The bytes that a text takes on its way. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** An address that the desk may be asked to fetch; null where it is none. */
export function addressOf(typed: string): string | null {
  try {
    const url = new URL(typed.trim());
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' && !url.username && !url.password ? url.href : null;
  } catch {
    return null;
  }
}
