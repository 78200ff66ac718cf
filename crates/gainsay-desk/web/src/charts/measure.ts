/** How wide words are on screen, and what of them fits. */

let context: CanvasRenderingContext2D | null | undefined;

/** The width of a text in pixels, at a size in pixels; estimated where there is no canvas. */
export function textWidth(text: string, size = 12, weight = 400): number {
  if (context === undefined) context = typeof HTMLCanvasElement === 'undefined' ? null : document.createElement('canvas').getContext('2d');
  if (!context) return [...text].length * size * 0.56;
  context.font = `${weight} ${size}px system-ui, sans-serif`;
  return context.measureText(text).width;
}

/** As much of the text as fits, with an ellipsis where something is left out; '' where not even that fits. */
export function fitted(text: string, room: number, size = 12, weight = 400): string {
  if (textWidth(text, size, weight) <= room) return text;
  const letters = [...text];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (textWidth(`${letters.slice(0, middle).join('').trimEnd()}…`, size, weight) <= room) low = middle;
    else high = middle - 1;
  }
  return low < 2 ? '' : `${letters.slice(0, low).join('').trimEnd()}…`;
}

/** The text in lines no wider than the room; a word that is wider stands alone. */
export function lines(text: string, room: number, size = 12, weight = 400): string[] {
  const out: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && textWidth(longer, size, weight) > room) {
      out.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line ? [...out, line] : out;
}
