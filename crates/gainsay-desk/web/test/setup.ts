/** As much of a browser as modules ask for when they are loaded. */
Object.assign(globalThis, {
  location: { pathname: '/', search: '' },
  document: { documentElement: { dataset: {} }, querySelector: () => null },
  addEventListener: () => {},
});
