/** The lists: each shows what the ledger holds, is narrowed and ordered by what stands in its address, and leads to the pages of things. */
import assert from 'node:assert/strict';
import { words } from './words.mjs';

const LISTS = ['events', 'disputes', 'places', 'actors', 'sources', 'reports'];

export async function walk(page, { base, lang, shot = async () => {} }) {
  const t = words(lang);
  const rows = page.locator('main tbody tr');

  for (const list of LISTS) {
    await page.goto(`${base}/${list}`);
    await page.getByRole('heading', { level: 1, name: t(`nav.${list}`) }).waitFor();
    await rows.first().waitFor();
    assert.ok((await page.title()).startsWith(t(`nav.${list}`)), 'the window says which page it is');
    await shot(`list-${list}`);
    const link = rows.first().locator('a').first();
    const to = await link.getAttribute('href');
    await link.click();
    await page.waitForURL(`${base}${to}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goBack();
    await rows.first().waitFor();
  }

  // The next page of a list goes on where the first ended.
  await page.goto(`${base}/events`);
  await rows.first().waitFor();
  const first = await rows.count();
  const more = page.getByRole('button', { name: t('pager.more') });
  if (await more.count()) {
    await more.click();
    await page.waitForFunction((before) => document.querySelectorAll('main tbody tr').length > before, first);
    const days = await rows.locator('td:nth-child(2) a:first-child').evaluateAll((links) => links.map((one) => one.getAttribute('href')));
    assert.ok(days.length > first);
  }

  // Ordered by the dead: no event has more than the one above it.
  await page.goto(`${base}/events?sort=killed`);
  await rows.first().waitFor();
  const best = await rows.locator('.toll strong').evaluateAll((all) => all.map((one) => one.closest('td')).filter((cell) => cell.cellIndex === 2).map((cell) => Number(cell.querySelector('strong').textContent.replaceAll(/\D/g, ''))));
  assert.deepEqual(best, [...best].sort((a, b) => b - a), 'most deadly first');

  // Narrowed by a place, as one types it; the address keeps the question.
  await page.goto(`${base}/events`);
  await rows.first().waitFor();
  const fold = page.locator('.filter .fold');
  // On narrow screens the filters are folded away; a page that was just loaded has to stand first.
  const unfold = async () => {
    await page.locator('.filter').waitFor();
    if ((await fold.isVisible()) && (await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
  };
  await unfold();
  const place = (await page.evaluate(async () => (await (await fetch('/api/places?limit=1')).json()).items[0])) ;
  const picker = page.getByRole('combobox', { name: t('filter.place') });
  await picker.fill(place.name);
  await page.getByRole('option', { name: place.name }).first().click();
  await page.waitForURL(/[?&]place=/);
  await rows.first().waitFor();
  await page.getByLabel(t('filter.from')).fill('2014');
  await page.keyboard.press('Tab');
  await page.waitForURL(/from=2014-01-01/);
  await page.reload();
  await unfold();
  assert.equal(await page.getByLabel(t('filter.from')).inputValue(), '2014-01-01', 'the address keeps the question');
  await page.locator('.picked', { hasText: place.name }).waitFor();

  // What is no day is said to be none, and asks for nothing.
  await page.getByLabel(t('filter.to')).fill('<script>');
  await page.keyboard.press('Tab');
  await page.getByText(t('date.wrong')).waitFor();
  assert.ok(!page.url().includes('to='), 'what is no day is not asked for');

  // Nothing fits: said so, in words.
  await page.goto(`${base}/events?from=1901-01-01&to=1901-12-31`);
  await page.getByText(t('lists.none'), { exact: true }).waitFor();

  // Claims in full, each with its words.
  await page.goto(`${base}/claims`);
  await page.locator('article.claim').first().waitFor();
  assert.ok((await page.locator('article.claim .quote mark').first().textContent()).trim().length > 0);
  await shot('list-claims');

  await page.goto(`${base}/no-such-page`);
  await page.getByRole('heading', { level: 1, name: t('not_found.title') }).waitFor();
}
