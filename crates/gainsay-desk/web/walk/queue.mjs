/** The queue as two reviewers work it: `page` and `other` are signed in under different names and may decide. */
import assert from 'node:assert/strict';

const answered = (page, path, status = 200) =>
  page.waitForResponse((one) => one.url().includes(`/api/${path}`) && one.request().method() === 'POST' && one.status() === status);
const at = (page) => new URL(page.url()).searchParams.get('item');
const why = '.queue-bar textarea';

/** Waits until the answers are up to the log: what earlier walks decided no longer moves the queue. */
const settled = (page) => page.waitForFunction(async () => {
  const { answers } = await (await fetch('/api/me')).json();
  return answers.fresh && !answers.making;
}, undefined, { timeout: 120_000, polling: 500 });

async function open(page, base, query = '') {
  await settled(page);
  await page.goto(`${base}/queue${query}`);
  await page.waitForSelector('.queue-bar, .empty');
  await looked(page);
}

/** A key decides on nothing that was in view for less than a moment. */
const looked = (page) => page.waitForTimeout(400);

/** The line of an item, counted from the end of the list; on narrow screens the list is folded away. */
async function lineFromEnd(page, n) {
  const fold = page.locator('details:not([open]):has(.queue-list) > summary');
  if (await fold.count()) await fold.click();
  const lines = page.locator('.queue-line');
  return lines.nth((await lines.count()) - n);
}

/** A key pressed twice decides once. */
export async function twice(page, { base }) {
  await open(page, base, '?what=claim');
  let sent = 0;
  const count = (one) => { if (one.method() === 'POST' && one.url().endsWith('/api/decisions')) sent += 1; };
  page.on('request', count);
  await (await lineFromEnd(page, 2)).click();
  await looked(page);
  await Promise.all([answered(page, 'decisions'), page.keyboard.press('y').then(() => page.keyboard.press('y'))]);
  await page.waitForTimeout(200);
  page.off('request', count);
  assert.equal(sent, 1);
  await page.keyboard.press('u');
  await page.waitForTimeout(500);
}

/** Keys alone: forth and back, a why that outlives a reload, confirm, undo. */
export async function keys(page, { base, shot }) {
  await open(page, base, '?what=claim');
  assert.ok((await page.locator('.queue-line').count()) > 1, 'the queue has items');
  await shot?.('queue');
  await page.keyboard.press('j');
  await page.waitForURL(/item=/);
  const second = at(page);
  await page.keyboard.press('k');
  await page.waitForFunction((id) => new URL(location.href).searchParams.get('item') !== id, second);
  await page.keyboard.press('j');
  await page.waitForFunction((id) => new URL(location.href).searchParams.get('item') === id, second);
  await page.waitForSelector(why);
  await looked(page);
  await page.keyboard.press('w');
  await page.keyboard.type('heard on the recording');
  await page.keyboard.press('Escape');
  await page.waitForTimeout(400);
  await page.reload();
  // The page stands before it is known who reads it, and with it whose drafts these are.
  const kept = ([field, typed]) => document.querySelector(field)?.value === typed;
  await page.waitForFunction(kept, [why, 'heard on the recording'], { timeout: 5_000 }).catch(() => {});
  assert.equal(await page.inputValue(why), 'heard on the recording', 'what was typed outlives a reload');
  await looked(page);
  const [decided] = await Promise.all([answered(page, 'decisions'), page.keyboard.press('y')]);
  const sent = decided.request().postDataJSON();
  assert.equal(sent.decisions[0].decision, 'confirm');
  assert.equal(sent.why, 'heard on the recording');
  await page.waitForFunction((id) => new URL(location.href).searchParams.get('item') !== id, second);
  const undone = page.waitForResponse((one) => /decisions|proposals/.test(one.url()) && one.request().method() === 'POST');
  await page.keyboard.press('u');
  assert.equal((await undone).status(), 200, 'a decision can be taken back');
  await page.waitForFunction((id) => new URL(location.href).searchParams.get('item') === id, second);
}

/** A slot corrected by keys; then the correction is taken back. */
export async function correct(page, { base, shot }) {
  await open(page, base, '?what=claim');
  await page.keyboard.press('e');
  await page.waitForSelector('.slot-form');
  await shot?.('queue-correct');
  const status = page.locator('.slot-form select').nth(1);
  await status.selectOption((await status.inputValue()) === 'denied' ? 'asserted' : 'denied');
  const [decided] = await Promise.all([answered(page, 'decisions'), page.keyboard.press('Control+Enter')]);
  assert.deepEqual(Object.keys(decided.request().postDataJSON().decisions[0].values), ['status']);
  await page.waitForSelector('.slot-form', { state: 'detached' });
  const undone = page.waitForResponse((one) => /decisions|proposals/.test(one.url()) && one.request().method() === 'POST');
  await page.keyboard.press('u');
  assert.equal((await undone).status(), 200);
}

/** Two on one item are told; the second to decide is shown what changed, keeps what was typed, and may go on. */
export async function together(page, other, { base, shot }) {
  await open(page, base, '?what=claim');
  // One that nobody has decided on since the answers were made.
  await (await lineFromEnd(page, 1)).click();
  await page.waitForURL(/item=/);
  const item = at(page);
  await open(other, base, `?what=claim&item=${encodeURIComponent(item)}`);
  await page.waitForSelector('.queue-notice');
  await other.waitForSelector('.queue-notice');
  await shot?.('queue-watching');
  await page.keyboard.press('w');
  await page.keyboard.type('from the second reviewer');
  await page.keyboard.press('Escape');
  await Promise.all([answered(other, 'decisions'), other.keyboard.press('x')]);
  await Promise.all([answered(page, 'decisions', 409), page.keyboard.press('y')]);
  await page.waitForSelector('.stale-box');
  assert.equal(await page.inputValue(why), 'from the second reviewer', 'what was typed is kept');
  assert.ok((await page.locator('.stale-box li').count()) > 0, 'what changed is shown');
  await shot?.('queue-stale');
  await Promise.all([answered(page, 'decisions'), page.locator('.stale-box button').nth(1).click()]);
  await page.waitForSelector('.stale-box', { state: 'detached' });
}

/** One decision on many claims, looked at first, and taken back. */
export async function bulk(page, { base, shot, kind = 'aid' }) {
  await page.goto(`${base}/queue?tab=bulk`);
  // On narrow screens the filters are folded away.
  await page.locator('.filter').waitFor();
  const fold = page.locator('.filter .fold');
  if ((await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
  await page.locator('.filter select').first().selectOption(kind);
  const look = page.locator('.bulk-what + .row button').first();
  const [previewed] = await Promise.all([answered(page, 'decisions/preview'), look.click()]);
  const { claims } = await previewed.json();
  assert.ok(claims > 0, 'some claims fit');
  await page.waitForSelector('#bulk-preview');
  await shot?.('queue-bulk');
  const decide = page.locator('section[aria-labelledby=bulk-preview] button.main');
  assert.ok(await decide.isDisabled(), 'nothing is decided on many without a why');
  await page.locator('section[aria-labelledby=bulk-preview] textarea').fill('checked against the originals');
  const [decided] = await Promise.all([answered(page, 'decisions'), decide.click()]);
  assert.equal(decided.request().postDataJSON().decisions.length, claims);
  await Promise.all([answered(page, ''), page.locator('.queue-notice button').click()]);
  await page.waitForSelector('.queue-notice', { state: 'detached' });
}

/** Where a second pair of eyes is required: proposed by one, agreed to by the other, never by oneself. */
export async function proposals(page, other, { base, shot }) {
  await open(page, base, '?what=claim');
  const [proposed] = await Promise.all([answered(page, 'decisions'), page.keyboard.press('y')]);
  const { proposed: waits, entries } = await proposed.json();
  assert.equal(waits, true);
  await page.goto(`${base}/queue?tab=proposals`);
  await page.waitForSelector('.proposal');
  assert.equal(await page.locator('.proposal').first().locator('button.main').count(), 0, 'nobody agrees to their own');
  await other.goto(`${base}/queue?tab=proposals`);
  await other.waitForSelector('.proposal .claim');
  await shot?.('queue-proposals', other);
  const [agreed] = await Promise.all([answered(other, `proposals/${entries[0]}`), other.keyboard.press('y')]);
  assert.equal((await agreed.json()).agreed, true);
}

/** All of it, one after another; `another(name, role)` gives a page of somebody else's, `ask(path, body)` changes a setting. */
export async function walk(page, { base, shot, another, ask }) {
  const other = await another('second', 'reviewer');
  await twice(page, { base });
  await keys(page, { base, shot });
  await correct(page, { base, shot });
  await together(page, other, { base, shot });
  await bulk(page, { base, shot });
  assert.equal((await ask('settings', { second_eyes: true })).status, 200);
  await page.reload();
  await proposals(page, other, { base, shot });
}
