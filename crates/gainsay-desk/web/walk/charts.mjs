/**
 * Charts as a person uses them: each kind, as a drawing and as a table with the same figures, taken away as SVG, PNG and CSV. On the
 * ledger of the example reports of Deir ez-Zor.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { words } from './words.mjs';

const ASKED = {
  tolls: 'place=deir-ez-zor-governorate&from=2016-01-16&to=2016-01-20',
  control: 'place=deir-ez-zor-city&place=siyasiyeh-bridge&place=mosul',
  displacement: '',
  sources: '',
  months: '',
};

export async function walk(page, { base, lang, shot = async () => {} }) {
  const t = words(lang);
  const taken = async (press) => {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  };
  await page.goto(`${base}/charts`);
  await page.getByRole('heading', { level: 1, name: t('charts.title') }).waitFor();
  for (const [tab, query] of Object.entries(ASKED)) {
    // By its tab, as one does; the question by its address.
    await page.getByRole('tab', { name: t(`charts.tab.${tab}`) }).click();
    await page.goto(`${base}/charts?tab=${tab}&${query}`);
    const chart = page.locator('figure.chart').first();
    const drawing = chart.getByRole('img');
    await drawing.waitFor();
    assert.ok((await drawing.locator('path, rect, circle').count()) > 2, `${tab} is drawn`);
    assert.ok((await drawing.getAttribute('aria-label'))?.length > 10, `${tab} says what one sees`);
    await page.waitForTimeout(200);
    await shot(`charts-${tab}`);

    const svg = await taken(() => chart.getByRole('button', { name: 'SVG', exact: true }).click());
    const text = svg.bytes.toString('utf8');
    assert.match(svg.name, /^gainsay-.*\.svg$/);
    assert.match(text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.doesNotMatch(text, /var\(--|class="|<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/, `the SVG of ${tab} stands by itself`);
    const wellFormed = await page.evaluate((xml) => new DOMParser().parseFromString(xml, 'image/svg+xml').querySelector('parsererror') === null, text);
    assert.ok(wellFormed, `the SVG of ${tab} is well formed`);

    const png = await taken(() => chart.getByRole('button', { name: 'PNG', exact: true }).click());
    assert.deepEqual([...png.bytes.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
    const wide = Number(/<svg [^>]*width="(\d+)"/.exec(text)[1]);
    assert.equal(png.bytes.readUInt32BE(16), wide * 2, `the PNG of ${tab} is twice as large`);

    await chart.getByRole('button', { name: t('charts.table') }).click();
    const rows = await chart.locator('tbody tr').count();
    assert.ok(rows > 0, `the table of ${tab} has rows`);
    const csv = await page.request.get(new URL(await chart.getByRole('link', { name: 'CSV' }).getAttribute('href'), base).href);
    assert.equal(csv.status(), 200);
    assert.match(csv.headers()['content-type'], /^text\/csv/);
    assert.ok((await csv.text()).trim().split('\n').length > 1, `the CSV of ${tab} has rows`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${tab} is not wider than the screen`);
  }
  // In Arabic time runs from right to left.
  await page.goto(`${base}/charts?tab=months`);
  await page.locator('figure.chart .axis text').first().waitFor();
  const years = await page.locator('figure.chart .axis text').evaluateAll((all) => all.filter((one) => /^\d{4}$/.test(one.textContent)).map((one) => [Number(one.textContent), one.getBoundingClientRect().x]));
  if (years.length > 1) {
    const [from, to] = [years[0], years[years.length - 1]];
    assert.equal(Math.sign((to[0] - from[0]) * (to[1] - from[1])), lang === 'ar' ? -1 : 1);
  }
}
