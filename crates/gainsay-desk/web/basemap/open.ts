/** Unpacks the ground in the browser. */
import type { Base, Packed } from './make.ts';
import { unpack } from './pack.ts';

export function open(base: Packed): Base {
  return {
    land: base.land.map((rings) => rings.map(unpack)),
    borders: base.borders.map(unpack),
    rivers: base.rivers.map((river) => ({ ...river, line: unpack(river.line) })),
    lakes: base.lakes.map((lake) => ({ ...lake, ring: unpack(lake.ring) })),
  };
}
