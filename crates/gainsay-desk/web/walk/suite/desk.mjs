/** A desk of one's own for each walk: the ledger of the example reports is made once and copied, with the answers made from it. */
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const COMES_UP_MS = 90_000;
const GOES_DOWN_MS = 15_000;

/** Makes the ledger. `open(name)` serves a copy of it; `done()` removes all. */
export async function desks(gainsay, reports) {
  const folder = mkdtempSync(join(tmpdir(), 'gainsay-walk-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const first = join(folder, 'first.gpkg');
  const on = (...words) => run(gainsay, [...words, '--quiet', '--ledger', first], { maxBuffer: 1 << 26 });
  try {
    await on('init');
    await on('add', reports);
    await on('weigh');
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const open = async (name) => {
    const own = join(folder, name);
    mkdirSync(own);
    const ledger = join(own, 'deir-ez-zor.gpkg');
    for (const ending of ['', '.answers']) copyFileSync(first + ending, ledger + ending);
    return serve(gainsay, ledger, () => rmSync(own, { recursive: true, force: true }));
  };
  return { open, done: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Serves a ledger: `base` and `link` (good once), `faults()` what the program said that it should not, `close()`. */
function serve(gainsay, ledger, remove) {
  const child = spawn(gainsay, ['serve', '--listen', '127.0.0.1:0', '--by', 'walker', '--ledger', ledger], { stdio: ['ignore', 'pipe', 'pipe'] });
  // Nobody else ends it where the suite is broken off.
  const orphan = () => child.kill('SIGKILL');
  process.once('exit', orphan);
  let said = '';
  let ended;
  const gone = new Promise((settle) => child.once('exit', (code, signal) => {
    ended = `ended with ${code ?? signal}`;
    settle();
  }));
  const stop = async () => {
    if (!ended) child.kill('SIGTERM');
    const slow = setTimeout(() => child.kill('SIGKILL'), GOES_DOWN_MS);
    await gone;
    clearTimeout(slow);
    process.off('exit', orphan);
    remove();
  };
  return new Promise((settle, fail) => {
    const late = setTimeout(() => give(`was not up after ${COMES_UP_MS / 1000} s`), COMES_UP_MS);
    const give = (why) => {
      clearTimeout(late);
      stop().finally(() => fail(new Error(`the desk ${why}:\n${said}`)));
    };
    child.once('error', (error) => {
      clearTimeout(late);
      remove();
      fail(error);
    });
    gone.then(() => give(ended));
    const hear = (bytes) => {
      said += bytes;
      const link = /(http:\/\/127\.0\.0\.1:\d+)\/enter\?key=\S+/.exec(said);
      if (!link) return;
      clearTimeout(late);
      settle({
        base: link[1],
        link: link[0],
        faults: () => [...(ended ? [`the desk ${ended}`] : []), ...said.split('\n').filter((line) => /panicked/.test(line))],
        close: stop,
      });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
  });
}
