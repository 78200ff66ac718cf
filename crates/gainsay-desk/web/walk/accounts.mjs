/**
 * Accounts as a person meets them: an admin makes an account, its owner signs in and finds what the role may do, and is shut out when the
 * admin says so; settings are kept; what was done stands in the audit.
 */
import assert from 'node:assert/strict';
import { words } from './words.mjs';

const PASSWORD = 'four unrelated green words';

/** Signs in, and waits as it is told to after too many tries. Gives the status of the answer. */
async function signIn(page, t, name, password) {
  const button = page.getByRole('button', { name: t('account.sign_in') });
  for (;;) {
    await page.getByLabel(t('signin.name')).fill(name);
    await page.getByLabel(t('signin.password')).fill(password);
    const answer = page.waitForResponse((response) => response.url().endsWith('/api/signin'), { timeout: 120_000 });
    await button.click({ timeout: 120_000 });
    const status = (await answer).status();
    if (status !== 429) return status;
  }
}

export async function walk(page, { base, lang, shot = async () => {} }) {
  const t = words(lang);
  // A name of its own each time: the walk may be walked again on the same ledger.
  const name = `reader-${lang}-${Date.now().toString(36)}`;

  await page.goto(`${base}/accounts`);
  await page.getByRole('heading', { level: 1, name: t('nav.accounts') }).waitFor();
  const form = page.locator('.account-form');

  // What is wrong is said before it is sent, in the reader's language.
  await form.getByLabel(t('account.name')).fill('two words <script>');
  await form.getByLabel(t('signin.password')).fill('short');
  await form.getByRole('button', { name: t('accounts.make') }).click();
  await form.getByText(t('accounts.bad_name')).waitFor();
  await form.getByText(t('accounts.short_password', { n: 10 })).waitFor();

  await form.getByLabel(t('account.name')).fill(name);
  await form.getByLabel(t('signin.password')).fill(PASSWORD);
  await form.getByRole('button', { name: t('accounts.make') }).click();
  const row = page.locator('tbody tr', { hasText: name });
  await row.waitFor();
  await shot('accounts');

  // Its owner, in a browser of their own.
  const context = await page.context().browser().newContext({ viewport: page.viewportSize() });
  await context.addInitScript(([of]) => location.protocol === 'http:' && localStorage.setItem('gainsay.lang', of), [lang]);
  const theirs = await context.newPage();
  try {
    await theirs.goto(`${base}/events?sort=killed`);
    await theirs.waitForURL(/\/signin\?next=/);
    assert.equal(await signIn(theirs, t, name, 'not this one'), 401);
    await theirs.getByText(t('signin.wrong')).waitFor();
    assert.equal(await signIn(theirs, t, name, PASSWORD), 200);
    await theirs.waitForURL(`${base}/events?sort=killed`);
    await theirs.getByRole('complementary', { name: t('intro.title') }).getByRole('button', { name: t('intro.done') }).click();
    assert.equal(await theirs.getByRole('complementary', { name: t('intro.title') }).count(), 0, 'the five points are put away');

    // A reader is offered nothing that is not a reader's, and gets nothing of it by its address either.
    const places = await theirs.locator('nav a').evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
    for (const to of ['/add', '/publish', '/accounts']) assert.ok(!places.includes(to), `a reader is offered ${to}`);
    await theirs.goto(`${base}/accounts`);
    await theirs.getByText(t('error.forbidden')).waitFor();
    const status = await theirs.evaluate(async () => {
      const me = await (await fetch('/api/me')).json();
      return (await fetch('/api/settings', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': me.csrf }, body: '{"second_eyes":true}' })).status;
    });
    assert.equal(status, 403, 'a reader changes no settings');

    // A new password: the old one no longer opens.
    await theirs.goto(`${base}/account`);
    await theirs.getByLabel(t('account.old_password')).fill(PASSWORD);
    await theirs.getByLabel(t('account.new_password'), { exact: true }).fill(`${PASSWORD} anew`);
    await theirs.getByLabel(t('account.password_again')).fill(`${PASSWORD} anew`);
    await theirs.getByRole('button', { name: t('account.change') }).click();
    await theirs.waitForURL(/\/signin/);
    assert.equal(await signIn(theirs, t, name, PASSWORD), 401, 'the old password no longer opens');
    assert.equal(await signIn(theirs, t, name, `${PASSWORD} anew`), 200);
    await theirs.waitForURL(`${base}/account`);

    // Disabled, one is out at the next click.
    await row.getByRole('button', { name: t('accounts.disable') }).click();
    await row.getByText(t('accounts.disabled'), { exact: true }).waitFor();
    await theirs.goto(`${base}/events`);
    await theirs.waitForURL(/\/signin/);
    await shot('signin', theirs);
  } catch (error) {
    await shot('accounts-failed', theirs);
    throw error;
  } finally {
    await context.close();
  }

  // Settings are kept, and put back.
  const asked = page.getByLabel(t('settings.second_eyes'));
  const save = async (on) => {
    await page.getByRole('tab', { name: t('accounts.tab.settings') }).click();
    await asked.setChecked(on);
    const done = page.waitForResponse((response) => response.url().endsWith('/api/settings'));
    await page.getByRole('button', { name: t('settings.save') }).click();
    assert.equal((await done).status(), 200);
    await page.goto(`${base}/accounts?tab=settings`);
    await asked.waitFor();
    assert.equal(await asked.isChecked(), on, 'settings are kept');
  };
  const before = await (async () => {
    await page.getByRole('tab', { name: t('accounts.tab.settings') }).click();
    return asked.isChecked();
  })();
  await save(!before);
  await save(before);

  await page.getByRole('tab', { name: t('accounts.tab.audit') }).click();
  await page.getByRole('cell', { name: t('accounts.audit.signin-failed') }).first().waitFor();
  await page.getByRole('cell', { name: t('accounts.audit.account') }).first().waitFor();
  await shot('audit');
}
