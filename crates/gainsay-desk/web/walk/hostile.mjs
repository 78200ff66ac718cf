/**
 * A report that means harm: scripts, handlers, characters that turn lines round, a title with markup, a megabyte of text. It is added
 * through the desk and looked at wherever its words are shown; they are shown as the text they are.
 */
import assert from 'node:assert/strict';
import { MARKS, SCRIPTS, unharmed } from './suite/hostile.mjs';
import { words } from './words.mjs';

const TITLE = '</title><b>Shelling</b><script>window.__ran = 1</script>';
const CLAIM = 'Deir ez-Zor, 12 March 2015 - Regime forces shelled the market of al-Shola on Thursday, killing 12 civilians, the Syrian Observatory for Human Rights said.';
const done = (page) => page.locator('.job').first().locator('.chip.job-state-done').waitFor({ timeout: 120_000 });

export async function walk(page, { base, lang, shot = async () => {} }) {
  const t = words(lang);
  const taken = (path) => page.waitForResponse((one) => one.url().includes(`/api/add/${path}`) && one.request().method() === 'POST');

  await page.goto(`${base}/add?by=text`);
  await page.getByLabel(t('add.text'), { exact: true }).fill(`${CLAIM}\n\n${SCRIPTS}\n\n${MARKS}\n\n${CLAIM.replace('12 civilians', '<img src=x onerror="window.__ran=1"> 14 civilians')} qwertyscript`);
  await page.getByLabel(t('add.text.title'), { exact: true }).fill(TITLE);
  await page.getByLabel(t('add.text.outlet'), { exact: true }).fill(`<i onmouseover="window.__ran=1">${MARKS}</i>`);
  const [text] = await Promise.all([taken('text'), page.locator('.add-form button[type=submit]').click()]);
  assert.equal(text.status(), 200);
  await done(page);
  await unharmed(page, 'what was read');
  await shot('read');
  const read = page.locator('.read a[href^="/report/"]').first();
  assert.equal((await read.innerText()).trim(), TITLE, 'the title is the title');
  const report = await read.getAttribute('href');

  // The same as files: a page full of scripts, and a megabyte of text.
  await page.goto(`${base}/add`);
  const long = `${CLAIM}\n\n${'<script>window.__ran = 1</script> Nothing was said of it here. '.repeat(16_500)}\n\n${MARKS}`;
  assert.ok(long.length > 1_000_000);
  await page.setInputFiles('.drop input', [
    { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from(`<html><head><title>${MARKS}&lt;script&gt;</title><script>window.__ran = 1</script></head><body onload="window.__ran=1"><p>${CLAIM}</p><img src=x onerror="window.__ran=1"><iframe srcdoc="<script>parent.__ran=1</script>"></iframe><a href="javascript:window.__ran=1">more</a></body></html>`) },
    { name: 'long.txt', mimeType: 'text/plain', buffer: Buffer.from(long) },
  ]);
  const [files] = await Promise.all([taken('files'), page.locator('.add-form button.main').click()]);
  assert.equal(files.status(), 200);
  await done(page);
  await unharmed(page, 'what was read of files');
  const links = await page.locator('.job').first().locator('.read a[href^="/report/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
  assert.equal(links.length, 2, 'both are shown as they were read');
  const longer = links.find((one) => /long/.test(one));
  assert.ok(longer, `the long report bears its file's name: ${links}`);

  // The report: its text as it was typed, claims marked in it.
  await page.goto(base + report);
  await page.locator('.report-text').waitFor();
  const shown = await page.locator('.report-text').evaluate((one) => one.textContent);
  for (const part of ['<script>window.__ran = 1</script>', '<img src=x onerror="window.__ran=1"> 14 civilians', '{{7*7}}']) assert.ok(shown.includes(part), `the report shows ${part}`);
  assert.ok((await page.locator('.report-text .claim-mark').count()) > 0, 'its claims are marked');
  assert.ok((await page.title()).includes('<script>'), 'the window bears the title as text');
  await unharmed(page, 'the report');
  await shot('report');

  // The long one is read to its end, and can be left.
  await page.goto(base + longer);
  await page.locator('.report-text').waitFor();
  assert.ok((await page.locator('.report-text').evaluate((one) => one.textContent.length)) > 900_000, 'all of the text is there');
  await page.keyboard.press('n');
  await page.waitForURL(/claim=/);
  await unharmed(page, 'the long report');

  // Search: by words that stand beside the markup.
  for (const q of ['qwertyscript', 'onerror', '<script>window']) {
    await page.goto(`${base}/search?q=${encodeURIComponent(q)}`);
    await page.locator('.report-hit, .empty').first().waitFor();
    await unharmed(page, `search for ${q}`);
  }
  await page.goto(`${base}/search?q=qwertyscript`);
  await page.locator('.report-hit').first().waitFor();
  assert.equal((await page.locator('.report-hit a').first().innerText()).trim(), TITLE);
  await shot('search');

  // Lists, queue, map: once the answers are made anew from it.
  await page.waitForFunction(async () => {
    const { answers } = await (await fetch('/api/me')).json();
    return answers.fresh && !answers.making;
  }, undefined, { timeout: 120_000, polling: 500 });
  for (const path of ['/reports', '/claims?place=al-shola', '/sources', '/queue']) {
    await page.goto(base + path);
    await page.locator('main tbody tr, main article, .queue-bar, .empty').first().waitFor();
    await unharmed(page, path);
  }
  await page.goto(`${base}/?at=2015-03-12`);
  await page.locator('.map-day').waitFor();
  await page.getByRole('tab', { name: t('map.panel.list') }).click();
  await page.locator('.map-name').first().waitFor();
  await unharmed(page, 'the map');
  await shot('map');
  // The desk is as usable as before.
  await page.goto(`${base}/queue`);
  await page.locator('.queue-bar, .empty').first().waitFor();
  await page.keyboard.press('j');
  await unharmed(page, 'the queue');
  await shot('queue');
}
