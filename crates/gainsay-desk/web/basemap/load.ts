/** Reads what the ground is made from. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { make, type Base } from './make.ts';

const read = (path: string | URL) => JSON.parse(readFileSync(path, 'utf8'));

export function base(): Base {
  const world = createRequire(import.meta.url).resolve('world-atlas/countries-10m.json');
  const outlines = new URL('../../../gainsay-lexicon/data/gazetteer/outlines.geojson', import.meta.url);
  return make(read(world), read(outlines), read(new URL('./rivers.json', import.meta.url)));
}
