/** The ground of the map, made at each build by basemap/plugin.ts. */
declare module 'virtual:basemap' {
  const base: import('../../basemap/make').Packed;
  export default base;
}
