/** Compresses what a build has made, as it is sent, and refuses pages that are too heavy. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import type { Plugin } from 'vite';

const compress = promisify(brotliCompress);

/** Bytes that all files of the pages together may have once compressed. */
const MOST = 600_000;

export function weight(): Plugin {
  return {
    name: 'weight',
    apply: 'build',
    async writeBundle({ dir }, bundle) {
      const sizes = await Promise.all(Object.values(bundle).map(async (file): Promise<[string, number]> => {
        const small = await compress(file.type === 'chunk' ? file.code : file.source);
        await writeFile(join(dir!, `${file.fileName}.br`), small);
        return [file.fileName, small.length];
      }));
      const all = sizes.reduce((sum, [, size]) => sum + size, 0);
      const largest = sizes.sort((a, b) => b[1] - a[1]).slice(0, 4).map(([name, size]) => `${name} ${Math.round(size / 1000)} kB`);
      const said = `${Math.round(all / 1000)} kB compressed, of ${MOST / 1000} kB at most (${largest.join(', ')})`;
      if (all > MOST) this.error(`The pages are too heavy: ${said}.`);
      console.log(`weight: ${said}`);
    },
  };
}
