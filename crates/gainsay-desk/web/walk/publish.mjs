/** Publishing as a reviewer does: what will happen is told, then a brief and a site are made and saved. */
import assert from 'node:assert/strict';

export async function walk(page, { base, shot, from = '2014-01-01', to = '2014-12-31' }) {
  await page.goto(`${base}/publish`);
  await page.waitForSelector('.publish');
  const [first, second] = [page.locator('.publish .date').nth(0), page.locator('.publish .date').nth(1)];
  await first.fill(to);
  await second.fill(from);
  await second.blur();
  await page.waitForSelector('.publish .field-error');
  assert.ok(await page.locator('.publish button[type=submit]').isDisabled(), 'days that run backwards make nothing');
  await first.fill(from);
  await second.fill(to);
  await second.blur();
  await page.waitForSelector('.publish .field-error', { state: 'detached' });
  await shot?.('publish');
  for (const [at, ending] of [[0, '.html'], [1, '.md'], [2, '.zip']]) {
    await page.locator('.publish input[name=what]').nth(at).check();
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), page.locator('.publish button[type=submit]').click()]);
    assert.ok(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
    await page.waitForSelector('.good-ink');
  }
  await page.locator('.publish input[name=what]').nth(3).check();
  for (const format of ['geojson', 'ged', 'csv']) {
    await page.locator('.publish select').first().selectOption(format);
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), page.locator('.publish button[type=submit]').click()]);
    assert.equal(download.suggestedFilename(), `gainsay-${format}.zip`);
    await page.waitForSelector('.good-ink');
  }
  await shot?.('publish-export');
  await page.locator('.publish .check input').check().catch(() => undefined);
  if (await page.locator('.publish-warn').count()) await shot?.('publish-names');
}
