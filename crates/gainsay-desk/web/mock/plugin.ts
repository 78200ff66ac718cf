/** Answers `/api` in development from small invented data, so that pages can be built without a desk running. Never shipped. */
import type { Plugin } from 'vite';
import { reply } from './answers.ts';

export function mock(): Plugin {
  return {
    name: 'mock-desk',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://desk');
        if (!url.pathname.startsWith('/api/')) return next();
        if (url.pathname === '/api/live') {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write('event: ping\ndata: {}\n\n');
          return;
        }
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          const [status, answer] = reply(request.method ?? 'GET', url.pathname.slice(5), url.searchParams, body);
          response.writeHead(status, { 'content-type': 'application/json' });
          response.end(JSON.stringify(answer));
        });
      });
    },
  };
}
