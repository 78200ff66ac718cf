/** A chart as a file: SVG as it is drawn, PNG at twice the size. */
import { save } from '../api/client';
import { dir } from '../i18n';
import { lines } from './measure';
import { sheetHeight, svgFile, type Drawn, type Sheet } from './svg';

export interface Downloadable { svg: SVGSVGElement; title: string; source: string; name: string }

function sheetOf({ svg, title, source }: Downloadable): Sheet {
  const style = getComputedStyle(document.documentElement);
  const { width, height } = svg.viewBox.baseVal;
  return {
    width, height,
    paper: style.getPropertyValue('--paper').trim() || '#fff',
    ink: style.getPropertyValue('--ink').trim() || '#000',
    font: getComputedStyle(svg).fontFamily,
    rtl: dir.peek() === 'rtl',
    head: lines(title, width, 15, 600),
    foot: lines(source, width, 11),
  };
}

function written(what: Downloadable): { text: string; sheet: Sheet } {
  const sheet = sheetOf(what);
  const styleOf = (node: Drawn) => {
    const style = getComputedStyle(node as unknown as Element);
    return (property: string) => style.getPropertyValue(property);
  };
  return { text: svgFile(what.svg as unknown as Drawn, styleOf, sheet), sheet };
}

export function saveSvg(what: Downloadable): void {
  save(new Blob([written(what).text], { type: 'image/svg+xml' }), `${what.name}.svg`);
}

export async function savePng(what: Downloadable): Promise<void> {
  const { text, sheet } = written(what);
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.width * 2;
    canvas.height = sheetHeight(sheet) * 2;
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('the browser made no PNG');
    save(blob, `${what.name}.png`);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A name that every file system takes. */
export function fileName(...parts: (string | null | undefined)[]): string {
  const name = parts.filter(Boolean).join('-').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-+|-+$/g, '');
  return [...(name || 'chart')].slice(0, 80).join('');
}
