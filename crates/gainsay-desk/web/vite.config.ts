import { defineConfig } from 'vite';
import { basemap } from './basemap/plugin.ts';
import { weight } from './build/weight.ts';
import { mock } from './mock/plugin.ts';

// With GAINSAY_API set, `npm run dev` speaks to a running desk; without it, to the small fixtures in mock/.
const api = process.env.GAINSAY_API;

// The desk answers only to its own name and to its own pages.
const at = (target: string) => ({ target, changeOrigin: true, headers: { origin: target } });

export default defineConfig({
  plugins: [basemap(), weight(), ...(api ? [] : [mock()])],
  build: {
    target: 'es2022',
    // No inline script and no data: address but images, so that the page needs no looser policy.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  worker: { format: 'es' },
  server: {
    proxy: api
      ? { '/api': at(api), '/enter': at(api), '/tiles': at(api) }
      : undefined,
  },
});
