/** A look at a page at one moment: its picture, whether it is wider than the screen, and what axe finds, in light and in dark. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SERIOUS = new Set(['serious', 'critical']);
/** A picture ends here, however long the page. */
const HIGHEST = 2400;

/** Gives `shot(name, page)` for a walk; what it finds is put into `faults`. Pictures go to `folder` where there is one. */
export function looker({ name, page: own, folder, faults, count }) {
  return async (state, page = own) => {
    count.looks += 1;
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) faults.push(`${state}: ${wide} px wider than the screen`);
    await still(page);
    await picture(page, folder, `${name}-${state}`);
    await check(page, `${state} (light)`, faults);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    await still(page);
    await picture(page, folder, `${name}-${state}-dark`);
    // In the dark only colours differ.
    await check(page, `${state} (dark)`, faults, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
  };
}

/** Waits until what fades in or out has done so: colours on the way are nobody's colours. */
async function still(page) {
  await page.evaluate(() => Promise.race([
    Promise.allSettled(document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity).map((one) => one.finished)),
    new Promise((settle) => setTimeout(settle, 1500)),
  ]));
}

async function picture(page, folder, name) {
  if (!folder) return;
  const { width } = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, HIGHEST) } });
}

async function check(page, state, faults, options = {}) {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const found = await page.evaluate(async (how) => {
    // What is out of sight and not laid out keeps the colours of the other light until somebody scrolls to it.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    for (let frames = 0; frames < 3; frames += 1) await new Promise((settle) => requestAnimationFrame(settle));
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...how });
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.slice(0, 4).map((one) => `${one.html.slice(0, 160)} ${one.any[0]?.message ?? ''}`), of: nodes.length }));
  }, options);
  for (const { id, impact, nodes, of } of found) {
    if (SERIOUS.has(impact)) faults.push(`${state}: axe ${impact} ${id}, ${of}×:\n      ${nodes.join('\n      ')}`);
  }
}
