/** Gives the ground of the map to the pages as the module `virtual:basemap`, made anew at each build. */
import type { Plugin } from 'vite';
import { base } from './load.ts';
import { packedBase } from './make.ts';

const NAME = 'virtual:basemap';

export function basemap(): Plugin {
  return {
    name: 'basemap',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    // A string is parsed faster than a literal of the same size.
    load: (id) => (id === `\0${NAME}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(packedBase(base())))});` : undefined),
  };
}
