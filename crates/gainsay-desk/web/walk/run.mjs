/**
 * Walks through the desk as persons do, in Chromium: every walk of this folder in English on a screen and in Arabic on a telephone, some on
 * a large screen too, each at a desk of its own on the ledger of the example reports.
 *
 *   node run.mjs [--gainsay FILE] [--pages FOLDER] [--shots FOLDER] [--only map,queue] [--lang en|ar] [--width N] [--jobs N]
 *
 * `--pages` are walked in place of those that the program carries. Ends with a line "N passed, N failed", and with status 1 where any failed.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { desks } from './suite/desk.mjs';
import { looker } from './suite/look.mjs';
import { before } from './suite/pages.mjs';
import { another, ask } from './suite/people.mjs';
import { watch } from './suite/watch.mjs';

const WALKS = ['map', 'pages', 'charts', 'queue', 'search', 'publish', 'add', 'accounts', 'decisions', 'lists', 'hostile', 'fields'];
const LARGE = ['map', 'pages', 'queue'];
/** Long, for machines with much else to do; a walk that hangs ends here all the same. */
const WALK_MS = 480_000;
const STEP_MS = 90_000;
const HEIGHT = { 360: 780, 1280: 900, 1920: 1080 };

const { values: given } = parseArgs({
  options: { gainsay: { type: 'string' }, pages: { type: 'string' }, shots: { type: 'string' }, only: { type: 'string' }, lang: { type: 'string' }, width: { type: 'string' }, jobs: { type: 'string', default: '2' } },
});
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const gainsay = resolve(given.gainsay ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug', 'gainsay'));
const shots = given.shots && resolve(given.shots);
const only = given.only?.split(',') ?? WALKS;
for (const name of only) if (!WALKS.includes(name)) throw new Error(`no walk ${name}: there are ${WALKS.join(', ')}`);
if (!existsSync(gainsay)) throw new Error(`no program at ${gainsay}: build it, or give --gainsay FILE`);
if (shots) mkdirSync(shots, { recursive: true });

const matrix = WALKS.filter((name) => only.includes(name))
  .flatMap((walk) => [
    { walk, lang: 'en', width: 1280 },
    { walk, lang: 'ar', width: 360 },
    ...(LARGE.includes(walk) ? [{ walk, lang: 'en', width: 1920 }] : []),
  ])
  .filter(({ lang, width }) => (!given.lang || lang === given.lang) && (!given.width || width === Number(given.width)));

const began = performance.now();
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;
const count = { looks: 0, passed: 0, failed: 0 };
const all = await desks(gainsay, join(root, 'examples/deir-ez-zor/reports'));
// Broken off, nothing goes on: at the exit the desks are ended, and the browser with them.
for (const [signal, status] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.once(signal, () => process.exit(status));
const browser = await chromium.launch({
  handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    // What would ask another host finds none; that it asked is seen all the same.
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  ],
});

// A walk may open windows of its own; they are watched as its first one is.
const walking = new AsyncLocalStorage();
const newContext = browser.newContext.bind(browser);
browser.newContext = async (options) => {
  const context = await newContext({ colorScheme: 'light', ...options });
  const at = walking.getStore();
  watch(context, at.base, at.faults);
  context.setDefaultTimeout(STEP_MS);
  return context;
};

async function one({ walk, lang, width }) {
  const from = performance.now();
  const name = `${walk}-${lang}-${width}`;
  const faults = [];
  const desk = await all.open(name);
  const front = given.pages && (await before(desk.base, resolve(given.pages)));
  const base = front?.base ?? desk.base;
  await walking.run({ base, faults }, async () => {
    const contexts = [];
    const fresh = async () => {
      const context = await browser.newContext({ viewport: { width, height: HEIGHT[width] ?? 900 }, reducedMotion: walk === 'map' ? 'no-preference' : 'reduce' });
      contexts.push(context);
      // The card of the first visit stands over other things; whoever walks the map meets it.
      await context.addInitScript(([of, seen]) => {
        if (location.protocol !== 'http:') return;
        localStorage.setItem('gainsay.lang', of);
        if (seen) localStorage.setItem('gainsay.welcome', 'seen');
      }, [lang, walk !== 'map']);
      return context.newPage();
    };
    let late;
    let page;
    try {
      page = await fresh();
      const shot = looker({ name, page, folder: shots, faults, count });
      await page.goto(base + desk.link.slice(desk.base.length));
      const steps = await import(`./${walk}.mjs`);
      const way = {
        base, lang, shot, say: () => {},
        another: (who, role) => another(page, fresh, { base, name: who, role }),
        ask: (path, body) => ask(page, path, body),
      };
      await Promise.race([
        steps.walk(page, way),
        new Promise((_, fail) => { late = setTimeout(() => fail(new Error(`not through after ${WALK_MS / 1000} s`)), WALK_MS); }),
      ]);
    } catch (error) {
      faults.unshift(String(error.stack ?? error).replaceAll(/\u001b\[\d+m/g, ''));
      if (shots) await page?.screenshot({ path: join(shots, `${name}-FAILED.png`), timeout: 10_000 }).catch(() => {});
    } finally {
      clearTimeout(late);
      // What is under way when a window closes fails, and means nothing.
      const before = faults.length;
      for (const context of contexts) await context.close().catch(() => {});
      faults.length = before;
      faults.push(...desk.faults());
      await front?.close();
      await desk.close();
    }
  });
  count[faults.length ? 'failed' : 'passed'] += 1;
  console.log(`${faults.length ? 'FAILED' : 'passed'}  ${name}  ${seconds(from)}`);
  for (const fault of new Set(faults)) console.log(`    ${fault.slice(0, 1800).replaceAll('\n', '\n    ')}`);
}

try {
  const waiting = [...matrix];
  await Promise.all(Array.from({ length: Math.max(1, Number(given.jobs)) }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await one(next);
  }));
} finally {
  await browser.close();
  all.done();
}
console.log(`${count.looks} looks in light and dark, ${seconds(began)}`);
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed || !count.passed ? 1 : 0;
