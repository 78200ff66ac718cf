import { defineConfig } from 'vite';
import { basemap } from './basemap/plugin.ts';
import { weight } from './build/weight.ts';
import { mock } from './mock/plugin.ts';

// With GAINSAY_API set, `npm run dev` speaks to a running desk; without it, to the small fixtures in mock/.
const api = process.env.GAINSAY_API;

/** The desk takes requests from its own pages only: here it is told that these are. */
function proxied(target: string) {
  return { target, changeOrigin: true, headers: { origin: target, 'sec-fetch-site': 'same-origin' } };
}

export default defineConfig({
  plugins: [basemap(), weight(), ...(api ? [] : [mock()])],
  build: {
    target: 'es2022',
    // No inline script and no data: address but images, so that the page needs no looser policy.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    // The licences of what is built in ask to travel with it.
    license: { fileName: 'licences.md' },
  },
  worker: { format: 'es' },
  server: {
    proxy: api
      ? { '/api': proxied(api), '/enter': proxied(api), '/tiles': proxied(api) }
      : undefined,
  },
});
