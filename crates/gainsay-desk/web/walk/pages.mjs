/**
 * The pages as a person reads them, from a dispute to the words behind it: versions side by side, the event, the report with its claims
 * marked and the reading behind each, why a claim says what it says, the source, the actor, the place. On the ledger of the example
 * reports of Deir ez-Zor.
 */
import assert from 'node:assert/strict';
import { words } from './words.mjs';

export async function walk(page, { base, lang, shot = async () => {} }) {
  const t = words(lang);
  const section = (key) => page.getByRole('region', { name: t(key) });
  const ready = async () => {
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('.loading').waitFor({ state: 'detached' });
  };
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  // A dispute: every version in a column of its own, with its voices, words and chains; none called right.
  await page.goto(`${base}/disputes`);
  await page.locator('main a[href*="/dispute/count-2016-01-18-attack"][href$="government-side"]').first().click();
  await page.locator('.version').first().waitFor();
  assert.ok((await page.locator('.version').count()) >= 2, 'a dispute has at least two versions');
  const lead = await page.locator('.lead').first().innerText();
  for (const figure of ['50', '65', '167']) assert.ok(lead.includes(figure), `the sentence says ${figure}: ${lead}`);
  const tops = await page.locator('.version').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)));
  if (page.viewportSize().width >= 1000) assert.equal(new Set(tops).size, 1, 'side by side where there is room');
  else assert.equal(new Set(tops).size, tops.length, 'one under another where there is none');
  for (const one of await page.locator('.version').all()) {
    assert.ok(await one.locator('.quote mark').count(), 'a version shows the words it hangs on');
    assert.ok(await one.locator('.chain .root').count(), 'and who stands behind it');
  }
  assert.ok((await sideways()) <= 0, 'no page is wider than the screen');
  await shot('dispute');

  // The event, with the tolls by source under a policy one chooses.
  await page.locator('main a[href*="/event/"]').first().click();
  await page.waitForURL(/\/event\//);
  await page.locator('.voices .claim').first().waitFor();
  const tolls = section('charts.tolls.title').first();
  await tolls.getByRole('img').waitFor();
  await tolls.getByLabel(t('charts.policy')).selectOption({ label: t('charts.policy.by-source') });
  await page.getByText('by-source/1').waitFor();
  assert.ok((await sideways()) <= 0);
  await shot('event');

  // The report at the place of a claim: it is marked, and its reading is beside it.
  await page.locator('.voices .claim').filter({ hasText: '135' }).getByRole('link', { name: t('claim.report'), exact: true }).first().click();
  await page.waitForURL(/\/report\/.*claim=/);
  await page.locator('.claim-mark.shown').first().waitFor();
  const reading = page.locator('.reading');
  await reading.locator('.values').waitFor();
  assert.ok((await reading.locator('.values .read-words').count()) >= 2, 'values are shown with the words they were read from');
  assert.ok((await page.locator('.slot-words').count()) >= 2, 'and these words are marked in the text');
  await shot('report');
  const at = () => new URL(page.url()).searchParams.get('claim');
  const first = at();
  await page.keyboard.press('n');
  await page.waitForFunction((before) => new URL(location.href).searchParams.get('claim') !== before, first);
  await page.keyboard.press('p');
  await page.waitForFunction((before) => new URL(location.href).searchParams.get('claim') === before, first);
  await page.keyboard.press('Escape');
  await reading.waitFor({ state: 'detached' });
  const mark = page.locator('.report-text [data-begins]:not(:focus)').first();
  await mark.focus();
  await reading.waitFor();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => new URL(location.href).searchParams.get('claim'));
  assert.ok((await sideways()) <= 0);

  // Why: values, links, chain, decisions, custody.
  await reading.getByRole('link', { name: t('claim.why') }).click();
  await page.waitForURL(/\/claim\//);
  for (const key of ['pages.claim.words', 'pages.reading.values', 'chain.label', 'nav.decisions', 'pages.claim.custody']) await section(key).first().waitFor();
  assert.match(await section('pages.claim.custody').first().innerText(), /[0-9a-f]{64}/);
  assert.ok((await sideways()) <= 0);
  await shot('claim');

  // A source: whom it cites, who cites it, its letter, its figures beside others'.
  await page.goto(`${base}/source/syrian-observatory-for-human-rights`);
  await section('pages.source.cites_and_cited').waitFor();
  await page.getByText(t('pages.source.cited_by')).first().waitFor();
  await section('pages.source.figures').waitFor();
  assert.ok((await sideways()) <= 0);
  await shot('source');

  // An actor: what it did, how it stood to others, what it holds.
  await page.goto(`${base}/actor/islamic-state`);
  await section('pages.actor.ties').getByRole('img').waitFor();
  await section('pages.actor.holds').getByRole('table').waitFor();
  await section('nav.events').first().getByRole('table').waitFor();
  assert.ok((await sideways()) <= 0);
  await shot('actor');

  // A place: who holds it on a day that one asks for, and what was known by another.
  await page.goto(`${base}/place/siyasiyeh-bridge`);
  await page.getByLabel(t('pages.at.day')).fill('2014-06-04');
  await page.getByLabel(t('pages.at.day')).press('Enter');
  await page.waitForURL(/at=2014-06-04/);
  await page.locator('.holder a[href="/actor/islamic-state"]').waitFor();
  await section('charts.control.title').getByRole('img').first().waitFor();
  await ready();
  assert.ok((await sideways()) <= 0);
  await shot('place');
}
