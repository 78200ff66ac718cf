/** A chart as a file of its own. */
import { describe, expect, it } from 'vitest';
import { csvLink } from '../../src/charts/frame';
import { fileName } from '../../src/charts/download';
import { sheetHeight, svgFile, type Drawn, type Sheet } from '../../src/charts/svg';

const text = (words: string): Drawn => ({ nodeType: 3, nodeName: '#text', textContent: words, childNodes: [] });
const element = (nodeName: string, attributes: Record<string, string> = {}, ...childNodes: Drawn[]): Drawn => ({
  nodeType: 1, nodeName, textContent: null, childNodes, attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
});
const styles: Record<string, string> = { fill: 'rgb(181, 56, 42)', 'font-size': '12px', stroke: 'none', opacity: '1' };
const styleOf = () => (property: string) => styles[property] ?? '';
const sheet: Sheet = { width: 600, height: 200, paper: '#fff', ink: '#111', font: 'system-ui', rtl: false, head: ['Tolls by source'], foot: ['Ledger a & b, as known today'] };
const file = (...children: Drawn[]) => svgFile(element('svg', {}, ...children), styleOf, sheet);

describe('the file', () => {
  it('has its styles written as attributes and no class', () => {
    const out = file(element('rect', { class: 'bar', x: '3', width: '20', fill: 'var(--side-government)', 'data-a': '1' }));
    expect(out).toContain('<rect x="3" width="20" fill="rgb(181, 56, 42)"');
    expect(out).not.toMatch(/class=|var\(|data-/);
  });
  it('has its headline and where it comes from', () => {
    const out = file();
    expect(out).toMatch(/>Tolls by source<\/text>/);
    expect(out).toMatch(/>Ledger a &amp; b, as known today<\/text>/);
    expect(out).toContain(`height="${sheetHeight(sheet)}"`);
    expect(out.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true);
  });
  it('holds words of reports as text, whatever they are', () => {
    const out = file(element('text', {}, text('<script>alert(1)</script> & "x" \u0001')), element('title', {}, text('</title><script>')));
    expect(out).not.toContain('<script');
    expect(out).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; </text>');
  });
  it('takes along nothing that acts, links or is foreign', () => {
    const out = file(element('script', {}, text('alert(1)')), element('foreignObject', {}, element('p')), element('image', { href: 'https://example.org/x.png' }),
      element('g', { onclick: 'alert(1)', tabindex: '0', 'aria-label': 'x', style: 'fill:red' }, element('circle', { r: '3' })));
    expect(out).not.toMatch(/alert|foreign|image|example|onclick|tabindex|aria|style=/i);
    expect(out).toContain('<circle r="3"');
  });
  it('keeps fills that refer to patterns of its own', () => {
    styles.fill = 'url("#c1-stripes")';
    const out = file(element('pattern', { id: 'c1-stripes', patternUnits: 'userSpaceOnUse' }), element('rect', { width: '3' }));
    styles.fill = 'rgb(181, 56, 42)';
    expect(out).toContain('id="c1-stripes"');
    expect(out).toContain('fill="url(#c1-stripes)"');
  });
  it('begins at the right in Arabic', () => {
    expect(svgFile(element('svg'), styleOf, { ...sheet, rtl: true })).toContain('<text x="612" y="27" font-family="system-ui" font-size="15" font-weight="600" fill="#111" direction="rtl"');
  });
});

describe('names of files', () => {
  it.each([
    [['gainsay', 'Tolls by source'], 'gainsay-tolls-by-source'], [['gainsay', 'من ينقل عن من'], 'gainsay-من-ينقل-عن-من'], [['../../etc', null, '<x>'], 'etc-x'], [['', null], 'chart'],
  ])('%j', (parts, name) => expect(fileName(...parts)).toBe(name));
  it('are never too long', () => expect([...fileName('x'.repeat(500))].length).toBe(80));
});

describe('links to the numbers', () => {
  it('ask the same question as the chart', () => {
    expect(csvLink('charts/tolls', { place: ['a b', 'c'], from: '', policy: 'ucdp', known_by: null })).toBe('/api/charts/tolls?place=a+b&place=c&policy=ucdp&format=csv');
  });
});
