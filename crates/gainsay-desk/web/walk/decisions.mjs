/** The log of decisions: what was decided stands there with who and why, and is undone by a further entry that says why. */
import assert from 'node:assert/strict';
import { words } from './words.mjs';

const WHY = 'seen twice <img src=x onerror="document.title=1"> \u202e';

export async function walk(page, { base, lang, shot = async () => {} }) {
  const t = words(lang);
  await page.goto(`${base}/decisions`);
  await page.getByRole('heading', { level: 1, name: t('nav.decisions') }).waitFor();

  // Something to undo: the first that the queue offers, decided as anybody with a token may.
  const { entries, proposed } = await page.evaluate(async (why) => {
    const me = await (await fetch('/api/me')).json();
    const { items } = await (await fetch('/api/queue?limit=1')).json();
    const [item] = items;
    const body = JSON.stringify({ decisions: item.settle[0].decisions.slice(0, 1), why, seen: item.seen });
    const answer = await fetch('/api/decisions', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf': me.csrf }, body });
    return answer.json();
  }, WHY);
  assert.equal(proposed, false, 'walked without a second pair of eyes');
  const [entry] = entries;

  await page.reload();
  const line = page.locator(`#entry-${entry}`);
  await line.waitFor();
  assert.equal(await line.locator('.entry-why').textContent(), WHY, 'why stands there as it was typed');
  assert.equal(await page.locator('img').count(), 0, 'and as nothing else');
  await shot('decisions');

  await line.getByRole('button', { name: t('decisions.undo') }).click();
  const dialog = page.getByRole('dialog', { name: t('decisions.undo_title', { entry: String(entry) }) });
  await dialog.getByLabel(t('decisions.why')).fill('it was another bridge');
  await dialog.getByRole('button', { name: t('decisions.undo') }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.locator(`#entry-${entry}.undone`).waitFor();
  assert.equal(await line.getByRole('button', { name: t('decisions.undo') }).count(), 0, 'what is undone is not undone again');
  assert.equal(await page.locator('.entry').first().locator('.entry-why').textContent(), 'it was another bridge');
  await shot('undone');

  // By whom: nobody of that name decided anything.
  await page.getByLabel(t('decisions.by')).fill('nobody-at-all');
  await page.getByRole('button', { name: t('filter.apply') }).click();
  await page.getByText(t('decisions.none')).waitFor();
}
