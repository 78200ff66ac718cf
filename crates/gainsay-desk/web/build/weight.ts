/** Weighs what a build has made as it will be sent, compressed, and refuses one that is too heavy. */
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes that all files of the pages together may have once compressed. */
const MOST = 600_000;

export function weight(): Plugin {
  return {
    name: 'weight',
    apply: 'build',
    writeBundle(_, bundle) {
      const sizes = Object.values(bundle).map((file): [string, number] => [
        file.fileName,
        brotliCompressSync(file.type === 'chunk' ? file.code : file.source, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length,
      ]);
      const all = sizes.reduce((sum, [, size]) => sum + size, 0);
      const largest = sizes.sort((a, b) => b[1] - a[1]).slice(0, 4).map(([name, size]) => `${name} ${Math.round(size / 1000)} kB`);
      const said = `${Math.round(all / 1000)} kB compressed, of ${MOST / 1000} kB at most (${largest.join(', ')})`;
      if (all > MOST) this.error(`The pages are too heavy: ${said}.`);
      console.log(`weight: ${said}`);
    },
  };
}
