/** Adding as a coder does: a text, files, an address; and what a desk does not take. */
import assert from 'node:assert/strict';

const REPORT = `Shelling hits Al-Shola market

Deir ez-Zor, 12 March 2015 - Regime forces shelled the market of al-Shola on Thursday, killing 12 civilians, the Syrian Observatory for Human Rights said. <script>window.ran = true</script>`;
const taken = (page, path) => page.waitForResponse((one) => one.url().includes(`/api/add/${path}`) && one.request().method() === 'POST');
const done = (page) => page.locator('.job').first().locator('.chip.job-state-done').waitFor({ timeout: 60_000 });

export async function walk(page, { base, shot, stamp = Date.now() }) {
  // A text, kept while it is written.
  await page.goto(`${base}/add?by=text`);
  await page.fill('.add-form textarea', `${REPORT}\n${stamp}`);
  await page.locator('.add-form .date').fill('2015-03-12');
  await page.waitForTimeout(400);
  await page.reload();
  assert.ok((await page.inputValue('.add-form textarea')).includes(String(stamp)), 'what was typed outlives a reload');
  const [text] = await Promise.all([taken(page, 'text'), page.locator('.add-form button[type=submit]').click()]);
  assert.equal(text.status(), 200);
  await done(page);
  await shot?.('add-text');
  assert.equal(await page.evaluate(() => window.ran), undefined, 'no script of a report runs');
  assert.ok((await page.locator('.job').first().locator('.read .claim').count()) > 0, 'its claims are shown as they are read');

  // Files: one that can be read, an archive, an empty one.
  await page.goto(`${base}/add`);
  await page.waitForSelector('.drop');
  const file = (name, mimeType, body) => ({ name, mimeType, buffer: Buffer.from(body) });
  await page.setInputFiles('.drop input', [
    file(`report-${stamp}.html`, 'text/html', `<html><head><title>Clashes</title></head><body onload="window.ran=true"><p>ISIS fighters clashed with the Free Syrian Army in Mayadin on 3 June 2014, killing 7 fighters, SANA said. ${stamp}</p></body></html>`),
    file('photos.zip', 'application/zip', 'PK\u0003\u0004'),
    file('empty.txt', 'text/plain', ''),
  ]);
  assert.equal(await page.locator('.files li').count(), 1);
  assert.equal(await page.locator('.add-form .add-refused li').count(), 2);
  await shot?.('add-files');
  const [files] = await Promise.all([taken(page, 'files'), page.locator('.add-form button.main').click()]);
  assert.equal(files.status(), 200);
  await done(page);
  assert.equal(await page.evaluate(() => window.ran), undefined);

  // An address that is none is told before anything is sent.
  await page.goto(`${base}/add?by=address`);
  await page.fill('.add-form input', 'javascript:alert(1)');
  await page.waitForSelector('.field-error');
  assert.ok(await page.locator('.add-form button.main').isDisabled());
  // One inside the desk's own network is refused by the desk.
  await page.fill('.add-form input', 'http://127.0.0.1:1/');
  await Promise.all([taken(page, 'address'), page.locator('.add-form button.main').click()]);
  await page.locator('.job-state-failed, .error-box').first().waitFor();
  await shot?.('add-address');
}
