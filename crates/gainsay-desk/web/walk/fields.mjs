/** Every field takes what it was not made for — a megabyte, scripts, marks that turn text round — and says clearly what is amiss. */
import assert from 'node:assert/strict';
import { LONG, MARKS, SCRIPTS, unharmed } from './suite/hostile.mjs';
import { words } from './words.mjs';

const PASSWORD = 'four unrelated green words';
const EACH = { scripts: SCRIPTS, marks: MARKS, long: LONG };

export async function walk(page, { base, lang, ask, shot = async () => {} }) {
  const t = words(lang);
  // Fields with a greatest length take so much of it, as they do of what is pasted; that the desk itself holds is asked at the end.
  const put = (label, text) => page.getByLabel(label, { exact: true }).first().fill(text);

  for (const [sort, text] of Object.entries(EACH)) {
    // Search: what is too long is cut, and asked for all the same.
    await page.goto(`${base}/search`);
    const asked = page.waitForResponse((one) => one.url().includes('/api/search?'));
    await page.locator('.search-words input').fill(text);
    await page.locator('.search-words input').press('Enter');
    assert.ok((await asked).status() < 500, `search of ${sort}`);
    await page.locator('.empty, .report-hit, .name-hits, .error-box, article.claim').first().waitFor();
    await unharmed(page, `search of ${sort}`);

    // A list narrowed by an entity and by a day.
    await page.goto(`${base}/events`);
    await page.locator('main tbody tr').first().waitFor();
    const fold = page.locator('.filter .fold');
    if (await fold.isVisible()) await fold.click();
    await page.getByRole('combobox', { name: t('filter.place') }).fill(text);
    await page.getByLabel(t('filter.from')).fill(text.slice(0, 100_000));
    await page.keyboard.press('Tab');
    await page.getByText(t('date.wrong')).waitFor();
    await unharmed(page, `filters of ${sort}`);

    // The title of what is published.
    await page.goto(`${base}/publish`);
    await page.locator('.publish').waitFor();
    await put(t('publish.name'), text);
    const make = page.locator('.publish button[type=submit]');
    if (sort === 'long') {
      await page.locator('.publish .field-error').waitFor();
      assert.ok(await make.isDisabled());
      await shot('publish-long');
    } else {
      await page.locator('.publish input[name=what]').first().check();
      const [download] = await Promise.all([page.waitForEvent('download'), make.click()]);
      const { readFile } = await import('node:fs/promises');
      const brief = await readFile(await download.path(), 'utf8');
      assert.ok(!/<script>window|<img src=x|<svg onload/.test(brief), `the brief escapes a title of ${sort}`);
      assert.ok(download.suggestedFilename().length < 256);
    }
    await unharmed(page, `a title of ${sort}`);
    await page.getByLabel(t('publish.name'), { exact: true }).fill('');

    // The text to add, and the fields beside it.
    await page.goto(`${base}/add?by=text`);
    await put(t('add.text'), text);
    if (sort === 'long') {
      await page.getByText(t('add.text.long')).waitFor();
      assert.ok(await page.locator('.add-form button[type=submit]').isDisabled());
      await put(t('add.text'), 'Two were killed in Deir ez-Zor on 12 March 2015.');
    }
    await put(t('add.text.title'), text);
    await put(t('add.text.outlet'), text);
    await put(t('add.text.url'), text);
    await page.getByText(t('add.address.wrong')).waitFor();
    await put(t('add.text.url'), '');
    const taken = page.waitForResponse((one) => one.url().endsWith('/api/add/text'));
    await page.locator('.add-form button[type=submit]').click();
    const status = (await taken).status();
    assert.equal(status, 200);
    await page.locator('.job').first().locator('.chip.job-state-done').waitFor({ timeout: 120_000 });
    await unharmed(page, `added text of ${sort}`);
    await page.goto(`${base}/add?by=address`);
    await page.locator('.add-form input').fill(text);
    await page.locator('.add-form .field-error').waitFor();
    assert.ok(await page.locator('.add-form button.main').isDisabled());
    await page.locator('.add-form input').fill('');

    // An account's name and password, a setting.
    await page.goto(`${base}/accounts`);
    const form = page.locator('.account-form');
    await form.getByLabel(t('account.name')).fill(text);
    await form.getByLabel(t('signin.password')).fill(PASSWORD);
    await form.getByRole('button', { name: t('accounts.make') }).click();
    await form.getByText(t('accounts.bad_name')).waitFor();
    await unharmed(page, `an account's name of ${sort}`);
    await page.goto(`${base}/accounts?tab=settings`);
    await put(t('settings.tiles'), text);
    await page.getByRole('button', { name: t('settings.save') }).click();
    await page.locator('.own .field-error').waitFor();
    await unharmed(page, `tiles of ${sort}`);

    // Why something was decided.
    await page.waitForFunction(async () => (await (await fetch('/api/me')).json()).answers.fresh, undefined, { timeout: 120_000, polling: 500 });
    await page.goto(`${base}/queue?what=claim`);
    await page.locator('.queue-bar textarea').fill(text);
    if (sort === 'long') {
      let sent = 0;
      page.on('request', (one) => { if (one.method() === 'POST' && one.url().endsWith('/api/decisions')) sent += 1; });
      await page.locator('.queue-bar .field-error').waitFor();
      await page.keyboard.press('Escape');
      await page.waitForTimeout(500);
      await page.keyboard.press('y');
      await page.locator('.toast.bad').waitFor();
      assert.equal(sent, 0, 'nothing is decided');
      // Less of it: a megabyte in view is drawn slowly.
      await page.locator('.queue-bar textarea').fill(text.slice(0, 5_000));
      await page.locator('.queue-bar .field-error').waitFor();
      await shot('why-long');
      await page.locator('.queue-bar textarea').fill('');
    } else {
      await page.keyboard.press('Escape');
      await page.waitForTimeout(500);
      const decided = page.waitForResponse((one) => one.url().endsWith('/api/decisions') && one.request().method() === 'POST');
      await page.keyboard.press('y');
      assert.equal((await decided).status(), 200);
      await page.goto(`${base}/decisions`);
      await page.locator('.entry').first().waitFor();
      // Blanks at the ends may be left away, and what was left open in its direction is closed.
      assert.equal((await page.locator('.entry').first().locator('.entry-why').textContent()).replace(/\u2069+$/, '').trim(), text.trim(), 'why stands there as it was typed');
      await shot(`why-${sort}`);
    }
    await unharmed(page, `why of ${sort}`);
  }

  // Past the pages: the desk itself takes none of it.
  const { claim, seen } = await page.evaluate(async () => {
    const [item] = (await (await fetch('/api/queue?what=claim&limit=1')).json()).items;
    return { claim: item.settle[0].decisions, seen: item.seen };
  });
  for (const [path, body] of [
    ['add/text', { text: 'Two were killed.', title: LONG }],
    ['add/text', { text: 'Two were killed.', outlet: LONG.slice(0, 500_000), url: LONG.slice(0, 400_000) }],
    ['add/address', { url: `https://example.org/${LONG}` }],
    ['accounts', { name: LONG.slice(0, 500_000), role: 'reader', password: PASSWORD }],
    ['accounts', { name: 'amal', role: 'reader', password: LONG.slice(0, 500_000) }],
    ['accounts', { name: '<script>', role: 'reader', password: PASSWORD }],
    ['settings', { tiles: LONG.slice(0, 500_000) }],
    ['decisions', { decisions: claim, why: LONG.slice(0, 500_000), seen }],
    ['publish/brief', { title: LONG.slice(0, 500_000), form: 'html', names: false, coarsen_km: 0 }],
    ['signin', { name: LONG.slice(0, 500_000), password: LONG.slice(0, 100_000) }],
  ]) {
    const { status, body: answer } = await ask(path, body);
    assert.ok(status >= 400 && status < 500, `${path} with a megabyte in ${Object.keys(body)}: ${status}`);
    assert.ok(answer?.error?.message, `${path} says why: ${JSON.stringify(answer)}`);
    assert.ok(answer.error.message.length < 1000, `${path} does not repeat it all`);
  }
  const asked = await page.evaluate(async (q) => {
    try {
      return (await fetch(`/api/search?q=${encodeURIComponent(q)}`)).status;
    } catch (error) {
      return String(error);
    }
  }, LONG.slice(0, 200_000));
  assert.ok(asked >= 400 && asked < 500, `a question of a megabyte: ${asked}`);
  await page.goto(`${base}/events`);
  await page.locator('main tbody tr').first().waitFor();
  await unharmed(page, 'the desk afterwards');
}
