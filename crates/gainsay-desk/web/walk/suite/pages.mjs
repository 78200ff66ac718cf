/** The pages of a folder before a desk, in place of those that its program carries: to walk through pages that were only just built. */
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.png': 'image/png', '.woff2': 'font/woff2', '.geojson': 'application/json' };

/** Listens before `base`; gives the address to go to and `close()`. Headers, the content security policy with them, are the desk's own. */
export async function before(base, folder) {
  const { headers } = await fetch(`${base}/signin`);
  const kept = ['content-security-policy', 'x-content-type-options', 'referrer-policy'].filter((name) => headers.has(name)).map((name) => [name, headers.get(name)]);
  const server = createServer((asked, answer) => {
    const { pathname } = new URL(asked.url, base);
    if (/^\/(api|enter)(\/|$)/.test(pathname)) return pass(base, asked, answer);
    const file = join(folder, normalize(pathname));
    const found = file.startsWith(folder) && existsSync(file) && statSync(file).isFile() ? file : join(folder, 'index.html');
    answer.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream', ...Object.fromEntries(kept) });
    createReadStream(found).pipe(answer);
  });
  await new Promise((settle) => server.listen(0, '127.0.0.1', settle));
  return {
    base: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((settle) => {
      server.close(settle);
      server.closeAllConnections();
    }),
  };
}

function pass(base, asked, answer) {
  const headers = { ...asked.headers, host: new URL(base).host };
  if (headers.origin) headers.origin = base;
  if (headers.referer) delete headers.referer;
  const on = request(new URL(asked.url, base), { method: asked.method, headers }, (got) => {
    answer.writeHead(got.statusCode, got.headers);
    got.pipe(answer);
  });
  on.on('error', () => answer.destroy());
  answer.on('close', () => on.destroy());
  asked.pipe(on);
}
