/**
 * The map as a person uses it: sees who holds what on a day, moves through both times, plays, presses a thing and goes to its page, sets
 * two tellings beside each other, reads the same as a list, and finds all of it again by its address. Nothing is asked of another host.
 */
import assert from 'node:assert/strict';
import { words } from './words.mjs';

export async function walk(page, { base, lang, shot = async () => {} }) {
  const t = words(lang);
  const query = () => new URL(page.url()).searchParams;
  const asks = async (key, differs) => {
    await page.waitForFunction(([of, was]) => (new URL(location.href).searchParams.get(of) ?? '') !== was, [key, differs ?? '']);
    return query().get(key) ?? '';
  };
  const still = () => page.waitForFunction(() => !document.querySelector('.map-one[aria-busy="true"]'));
  const foreign = [];
  const watch = (request) => {
    if (!request.url().startsWith(base) && !/^(blob|data):/.test(request.url())) foreign.push(request.url());
  };
  page.on('request', watch);

  await page.goto(`${base}/`);
  await page.locator('.map-day').waitFor();
  const intro = page.getByRole('complementary', { name: t('intro.title') });
  if (await intro.count()) await intro.getByRole('button', { name: t('intro.done') }).click();
  await asks('view');
  const drawn = await ink(page);
  assert.ok(drawn > 8, `the map is drawn, in ${drawn} colours`);
  await shot('map');

  // When it happened: by keys, by typing, by its buttons.
  const happened = page.getByRole('slider', { name: t('map.happened') });
  await happened.focus();
  await page.keyboard.press('Home');
  const first = await asks('at');
  await page.keyboard.press('ArrowUp');
  const second = await asks('at', first);
  assert.equal(days(first, second), 7, 'a step is a week');
  await page.getByLabel(t('map.step'), { exact: true }).selectOption('day');
  await happened.focus();
  await page.keyboard.press(lang === 'ar' ? 'ArrowLeft' : 'ArrowRight');
  assert.equal(days(second, await asks('at', second)), 1, 'time runs as the language does');
  const change = page.getByRole('button', { name: t('map.change_after') });
  if (await change.isEnabled()) {
    const before = query().get('at');
    await change.click();
    assert.ok((await asks('at', before)) > before, 'the next change of hands is later');
  }
  await still();

  // It plays, and pauses.
  await page.getByLabel(t('map.step'), { exact: true }).selectOption('month');
  await page.getByRole('button', { name: t('map.play', { what: t('map.happened') }) }).click();
  const playing = query().get('at');
  const later = await asks('at', playing);
  await asks('at', later);
  const pause = page.getByRole('button', { name: t('map.pause') });
  if (await pause.count()) await pause.click();
  const paused = query().get('at');
  await page.waitForTimeout(1500);
  assert.equal(query().get('at'), paused, 'it stays where it was paused');

  // What was known by when.
  await page.getByRole('slider', { name: t('map.known') }).focus();
  await page.keyboard.press('PageDown');
  await asks('known_by');
  await still();
  await shot('map-known-by');
  await page.getByRole('button', { name: t('map.known_reset') }).click();
  await page.waitForFunction(() => !new URL(location.href).searchParams.has('known_by'));
  await happened.focus();
  await page.keyboard.press('End');
  await still();

  // The same as a list; from it to a thing, and from the thing to its page and back.
  await page.getByRole('tab', { name: t('map.panel.list') }).click();
  await page.locator('.map-name').first().focus();
  await page.keyboard.press('Enter');
  const picked = await asks('pick');
  const card = page.getByRole('article', { name: t('map.card') });
  await card.waitFor();
  const title = await card.getByRole('heading', { level: 2 }).innerText();
  await shot('map-card');
  const held = await page.locator('.map-name').count();
  await page.getByLabel(t('map.find')).fill('no place is called so');
  assert.equal(await page.locator('.map-name').count(), 0);
  await page.getByLabel(t('map.find')).fill('');
  assert.equal(await page.locator('.map-name').count(), held);
  await card.getByRole('link', { name: t('map.open_place') }).click();
  await page.waitForURL(/\/place\//);
  await page.goBack();
  await card.getByRole('heading', { name: title }).waitFor();
  assert.equal(query().get('pick'), picked, 'back is where one was');

  // Keys alone go from thing to thing.
  await page.locator('.map-day').first().click();
  await page.keyboard.press('n');
  await asks('pick', picked);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !new URL(location.href).searchParams.has('pick'));

  // Two tellings beside each other, moving together.
  await page.getByRole('button', { name: t('map.compare') }).click();
  await page.locator('.map-one').nth(1).locator('.map-day').waitFor();
  const tellers = page.getByLabel(t('map.told_by'));
  const offered = await tellers.first().locator('option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean));
  if (offered.length > 1) {
    await tellers.first().selectOption(offered[0]);
    await tellers.nth(1).selectOption(offered[1]);
    await asks('beside');
    await still();
    const told = await page.locator('.map-panel').getByRole('table').count();
    const none = await page.getByText(t('map.no_difference')).count();
    assert.equal(told + none, 1, 'says where the two differ, or that they do not');
  }
  await shot('map-two');
  const view = query().get('view');
  const box = await page.locator('.map-canvas').nth(1).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 - 60, box.y + box.height / 2 - 40, { steps: 4 });
  await page.mouse.up();
  await asks('view', view);
  const [one, two] = await page.locator('.map-names').evaluateAll((all) => all.map((names) => {
    // Two places may bear one name: those say nothing here.
    const once = [...names.children].filter((name, _, each) => each.filter((other) => other.textContent === name.textContent).length === 1);
    return Object.fromEntries(once.map((name) => [name.textContent, name.style.transform]));
  }));
  const both = Object.keys(one).filter((name) => name in two);
  assert.ok(both.length > 0, 'both maps bear names');
  assert.deepEqual(both.filter((name) => !near(one[name], two[name])).map((name) => [name, one[name], two[name]]), [], 'the two maps show the same ground');

  // The address is all of it.
  await page.getByRole('tab', { name: t('map.panel.legend') }).click();
  await page.getByLabel(t('map.part.events'), { exact: true }).uncheck();
  await asks('hide');
  await page.reload();
  await page.locator('.map-one').nth(1).locator('.map-day').waitFor();
  assert.equal(await page.getByLabel(t('map.part.events'), { exact: true }).isChecked(), false, 'what was hidden stays hidden');
  assert.equal(await page.locator('.map-one').count(), 2);

  // An address that was spoilt shows the map all the same.
  await page.goto(`${base}/?at=yesterday&view=x&days=-1&pick=%3Cscript%3E&according_to=${encodeURIComponent('"><img src=x onerror=alert(1)>')}`);
  await page.locator('.map-times').waitFor();
  page.off('request', watch);
  assert.deepEqual(foreign, [], 'nothing is asked of another host');
}

const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

/** How many colours the map has, coarsely: a blank canvas has one. */
async function ink(page) {
  const shot = await page.locator('.map-canvas').first().screenshot();
  return page.evaluate(async (bytes) => {
    const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const brush = canvas.getContext('2d');
    brush.drawImage(image, 0, 0);
    const { data } = brush.getImageData(0, 0, image.width, image.height);
    const seen = new Set();
    for (let i = 0; i < data.length; i += 4 * 7) seen.add(`${data[i] >> 5},${data[i + 1] >> 5},${data[i + 2] >> 5}`);
    return seen.size;
  }, [...shot]);
}

/** "translate(10.2px, 5px) …" twice: within two pixels. */
function near(a, b) {
  const at = (text) => /translate\(([-\d.]+)px, ([-\d.]+)px/.exec(text).slice(1).map(Number);
  const [[ax, ay], [bx, by]] = [at(a), at(b)];
  return Math.abs(ax - bx) < 2 && Math.abs(ay - by) < 2;
}
