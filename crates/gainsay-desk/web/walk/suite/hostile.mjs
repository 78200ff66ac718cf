/** What somebody who means harm, or a careless page, puts into a text; and how one sees that it stayed text. */
import assert from 'node:assert/strict';

export const SCRIPTS = '"><script>window.__ran = 1</script><img src=x onerror="window.__ran = 1"><svg onload="window.__ran = 1"></svg>{{7*7}}${window.__ran = 1}';
/** An override that turns what follows round, isolates left open, marks of both directions, characters of no width. */
export const MARKS = '\u202eexe.\u202dtxt \u2066دير\u200b ال\u200fزور\u2067 \u200e\u200d\ufeff\u00ad\u061c';
/** A megabyte, in words. */
export const LONG = 'قتل 12 مدنيا shelling of the market. '.repeat(24_000);
const PROMPT_MS = 10_000;

/** No script ran, nothing was made of a text but text, and the page still answers. */
export async function unharmed(page, where) {
  const from = Date.now();
  const seen = await page.evaluate(() => new Promise((settle) => requestAnimationFrame(() => settle({
    ran: window.__ran,
    made: document.querySelectorAll('main script, main iframe, main object, main embed, main [onload], main [onerror], main img[src="x"]').length,
    heads: document.querySelectorAll('h1').length,
  }))));
  assert.equal(seen.ran, undefined, `${where}: a script ran`);
  assert.equal(seen.made, 0, `${where}: text became elements`);
  assert.ok(seen.heads > 0, `${where}: the page stands`);
  assert.ok(Date.now() - from < PROMPT_MS, `${where}: the page answers within ${PROMPT_MS / 1000} s`);
}
