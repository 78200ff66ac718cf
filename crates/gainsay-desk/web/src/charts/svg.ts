/**
 * A drawing as a file of its own: every computed style written as an attribute, no class, no link, no script.
 */

/** As much of a node as is needed; the browser's nodes are such. */
export interface Drawn {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  attributes?: ArrayLike<{ name: string; value: string }>;
  childNodes: ArrayLike<Drawn>;
}
export type StyleOf = (node: Drawn) => (property: string) => string;

const STYLES = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-opacity', 'opacity',
  'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'direction', 'dominant-baseline', 'paint-order'];
const DRAWN = new Set(['svg', 'g', 'defs', 'pattern', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan',
  'title', 'desc', 'clippath', 'lineargradient', 'stop']);
const NAMES = new Map([['clippath', 'clipPath'], ['lineargradient', 'linearGradient']]);
const ELEMENT = 1;
const TEXT = 3;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
// What XML has no place for, however it is written.
const clean = (text: string) => text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

export interface Sheet {
  width: number;
  height: number;
  /** Colours as they are, and the family of the letters. */
  paper: string;
  ink: string;
  font: string;
  rtl: boolean;
  /** Lines above the drawing, and lines below it that say where it comes from. */
  head: string[];
  foot: string[];
}

const EDGE = 12;
const HEAD = { size: 15, line: 20 };
const FOOT = { size: 11, line: 15 };

/** How high the whole file is: the drawing with the lines above and below. */
export function sheetHeight(sheet: Pick<Sheet, 'height' | 'head' | 'foot'>): number {
  return sheet.height + 2 * EDGE + sheet.head.length * HEAD.line + sheet.foot.length * FOOT.line + 8;
}

/** The text of an SVG file for what is drawn, between its headline and its source line. */
export function svgFile(root: Drawn, styleOf: StyleOf, sheet: Sheet): string {
  const { width, rtl, head, foot } = sheet;
  const [whole, high] = [width + 2 * EDGE, sheetHeight(sheet)];
  const top = EDGE + head.length * HEAD.line;
  const x = rtl ? whole - EDGE : EDGE;
  const words = (text: string, y: number, size: number, weight: number) =>
    `<text x="${x}" y="${y}" font-family="${escaped(sheet.font)}" font-size="${size}" font-weight="${weight}" fill="${escaped(sheet.ink)}" `
    + `direction="${rtl ? 'rtl' : 'ltr'}" text-anchor="start">${escaped(clean(text))}</text>`;
  const above = head.map((text, n) => words(text, EDGE + (n + 0.75) * HEAD.line, HEAD.size, 600));
  const below = foot.map((text, n) => words(text, top + sheet.height + 8 + (n + 0.8) * FOOT.line, FOOT.size, 400));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${high}" `
    + `viewBox="0 0 ${whole} ${high}"><rect width="${whole}" height="${high}" fill="${escaped(sheet.paper)}"/>${above.join('')}`
    + `<g transform="translate(${EDGE} ${top})"${styles(root, styleOf)}>${children(root, styleOf)}</g>${below.join('')}</svg>\n`;
}

function children(node: Drawn, styleOf: StyleOf): string {
  return Array.from(node.childNodes, (child) => written(child, styleOf)).join('');
}

function written(node: Drawn, styleOf: StyleOf): string {
  if (node.nodeType === TEXT) return escaped(clean(node.textContent ?? ''));
  const low = node.nodeName.toLowerCase();
  if (node.nodeType !== ELEMENT || !DRAWN.has(low)) return '';
  const name = NAMES.get(low) ?? low;
  const plain = name === 'title' || name === 'desc';
  return `<${name}${attributes(node)}${plain ? '' : styles(node, styleOf)}>${children(node, styleOf)}</${name}>`;
}

/** Attributes of shape and place. What styles say comes from `styles`, and nothing that acts or links goes along. */
function attributes(node: Drawn): string {
  return Array.from(node.attributes ?? [])
    .filter(({ name }) => !STYLES.includes(name) && !/^(on|class$|style$|href$|xlink|tabindex|role|aria-|data-|xmlns)/i.test(name))
    .map(({ name, value }) => ` ${name}="${escaped(clean(value))}"`)
    .join('');
}

function styles(node: Drawn, styleOf: StyleOf): string {
  const of = styleOf(node);
  return STYLES.map((name) => [name, of(name)] as const)
    .filter(([, value]) => value !== '' && value !== 'normal' && value !== 'auto')
    .map(([name, value]) => ` ${name}="${escaped(value.replace(/url\("(#[^"]+)"\)/, 'url($1)'))}"`)
    .join('');
}
