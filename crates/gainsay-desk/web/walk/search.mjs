/** Search as somebody looks a place up: by a spelling that stands in no report, in both scripts, with filters, by keys. */
import assert from 'node:assert/strict';

const found = async (page) => (await page.waitForResponse((one) => one.url().includes('/api/search?') && one.status() === 200)).json();

export async function walk(page, { base, shot, latin = 'deir azzour', arabic = 'دير الزور', id = 'deir-ez-zor' }) {
  await page.goto(`${base}/search`);
  await page.waitForSelector('.search-words input');

  // Names as one types, in the bar at the top.
  if (await page.locator('#search').isVisible()) {
    await page.keyboard.press('/');
    const suggested = page.waitForResponse((one) => one.url().includes('/api/suggest?') && one.status() === 200);
    await page.keyboard.type(latin.slice(0, 6), { delay: 40 });
    await suggested;
    await page.waitForSelector('.suggestions li');
    await shot?.('search-suggest');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
  }

  for (const words of [latin, arabic]) {
    const [answer] = await Promise.all([found(page), page.fill('.search-words input', words)]);
    let last = answer;
    while (!new URL(page.url()).searchParams.get('q')?.includes(words)) last = await found(page);
    await page.waitForSelector('.report-hit');
    assert.ok(last.reports.items.length > 0, `${words} finds reports`);
    assert.ok(last.names.some((name) => name.id.startsWith(id)), `${words} finds the place`);
    assert.ok((await page.locator('.snippet mark').count()) > 0, 'the words are shown where they stand');
  }
  await shot?.('search');

  const before = await page.locator('.report-hit').count();
  await page.goto(`${base}/search?q=${encodeURIComponent(latin)}&in=reports&from=1990-01-01&to=1990-12-31`);
  await page.waitForSelector('.empty');
  assert.ok(before > 0 && (await page.locator('.report-hit').count()) === 0, 'filters narrow');

  await page.goto(`${base}/search?q=${encodeURIComponent(latin)}&in=reports`);
  await page.waitForSelector('.report-hit');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/report\//);

  // Whatever is searched for stays text.
  await page.goto(`${base}/search?q=${encodeURIComponent('<img src=x onerror=alert(1)> "unclosed \u202e NEAR( *')}`);
  await page.waitForSelector('.empty, .report-hit, .name-hits, .error-box');
  assert.equal(await page.locator('main img').count(), 0);
}
