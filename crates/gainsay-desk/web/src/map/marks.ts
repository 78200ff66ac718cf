/** Draws the map's marks on canvases: discs of places, rings of sieges, signs of crossings. The legend shows the same drawings. */
import { colourOf, sideOf } from '../ui/sides';
import { markOf, type Mark } from './keys';

/** Canvas pixels to one pixel of the page: enough for close zooms on dense screens. */
export const RATIO = 3;

type Brush = CanvasRenderingContext2D;
interface Ink { paper: string; ink: string; good: string; bad: string; warn: string }

/** A mark drawn for the theme in force; null where the name is none of the map's. */
export function draw(key: string): HTMLCanvasElement | null {
  const mark = markOf(key);
  if (!mark) return null;
  const { canvas, brush } = sheet(SIZE[mark.what]);
  if (mark.what === 'place') place(brush, mark, inks());
  else if (mark.what === 'siege') siege(brush, mark, inks());
  else if (mark.what === 'way') way(brush, mark, inks());
  else doubt(brush, inks());
  return 'shade' in mark && mark.shade < 1 ? faded(canvas, mark.shade, SIZE[mark.what]) : canvas;
}

function sheet(size: number): { canvas: HTMLCanvasElement; brush: Brush } {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * RATIO;
  const brush = canvas.getContext('2d')!;
  brush.scale(RATIO, RATIO);
  brush.translate(size / 2, size / 2);
  return { canvas, brush };
}

/** Paler, but as solid as before: what lies under an old mark does not shine through it. */
function faded(mark: HTMLCanvasElement, shade: number, size: number): HTMLCanvasElement {
  const { canvas, brush } = sheet(size);
  const paint = () => brush.drawImage(mark, -size / 2, -size / 2, size, size);
  paint();
  brush.globalCompositeOperation = 'source-in';
  brush.fillStyle = inks().paper;
  brush.fillRect(-size / 2, -size / 2, size, size);
  brush.globalCompositeOperation = 'source-over';
  brush.globalAlpha = shade;
  paint();
  return canvas;
}

/** The same as pixels, for MapLibre. */
export function pixels(key: string): ImageData | null {
  const canvas = draw(key);
  return canvas ? canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height) : null;
}

const SIZE: Record<Mark['what'], number> = { place: 28, siege: 52, way: 24, doubt: 40 };
/** Radius of the disc of a place, of the ring of a siege, and of the hatching laid over events, at full size. */
const DISC = 10.5;
const RING = 20;
export const DOUBT_RADIUS = 18;

function inks(): Ink {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string, otherwise: string) => style.getPropertyValue(name).trim() || otherwise;
  return { paper: of('--map-halo', '#fff'), ink: of('--ink', '#111'), good: of('--good', '#262'), bad: of('--bad', '#a22'), warn: of('--warn', '#850') };
}

const colour = (side: string) => colourOf(sideOf(side));

/** A disc, or for whole areas a square with soft corners. */
function outline(brush: Brush, radius: number, area: boolean): void {
  brush.beginPath();
  if (area) brush.roundRect(-radius * 0.92, -radius * 0.92, radius * 1.84, radius * 1.84, 2.5);
  else brush.arc(0, 0, radius, 0, 2 * Math.PI);
}

function place(brush: Brush, mark: Extract<Mark, { what: 'place' }>, ink: Ink): void {
  const [first] = mark.sides as [string];
  const own = colour(first);
  outline(brush, DISC + 1.6, mark.area);
  brush.fillStyle = ink.paper;
  brush.fill();
  brush.save();
  outline(brush, DISC, mark.area);
  brush.clip();
  if (mark.state === 'held') {
    brush.fillStyle = own;
    brush.fillRect(-DISC, -DISC, 2 * DISC, 2 * DISC);
  } else if (mark.state === 'contested') {
    bands(brush, mark.sides.map(colour), ink);
  }
  if (mark.disputed) hatch(brush, mark.state === 'claimed' ? own : ink.paper, DISC, 4.6, mark.state === 'claimed' ? 1.5 : 1.7);
  brush.restore();
  if (mark.state === 'claimed') {
    outline(brush, DISC - 1.4, mark.area);
    brush.lineWidth = 2.8;
    brush.strokeStyle = own;
    brush.stroke();
  } else {
    outline(brush, DISC - 0.4, mark.area);
    brush.lineWidth = mark.state === 'contested' ? 1.4 : 0.9;
    brush.strokeStyle = mark.state === 'contested' ? ink.ink : own;
    brush.stroke();
  }
  if (mark.state !== 'contested') shape(brush, first, mark.state === 'held' ? ink.paper : own, mark.disputed ? (mark.state === 'held' ? own : ink.paper) : null);
}

/** Upright bands in the colours of the parties; with paper between where only one is known. */
function bands(brush: Brush, colours: string[], ink: Ink): void {
  const all = colours.length > 1 ? colours : [...colours, ink.paper];
  const width = all.length > 2 ? 3.5 : 4.2;
  for (let i = 0, x = -DISC; x < DISC; i++, x += width) {
    brush.fillStyle = all[i % all.length]!;
    brush.fillRect(x, -DISC, width + 0.3, 2 * DISC);
  }
}

function hatch(brush: Brush, stroke: string, radius: number, gap: number, width: number): void {
  brush.save();
  brush.rotate(Math.PI / 4);
  brush.strokeStyle = stroke;
  brush.lineWidth = width;
  brush.beginPath();
  for (let x = -2 * radius; x <= 2 * radius; x += gap) {
    brush.moveTo(x, -2 * radius);
    brush.lineTo(x, 2 * radius);
  }
  brush.stroke();
  brush.restore();
}

/** The side's own shape in the middle, so that colour never stands alone. */
function shape(brush: Brush, side: string, fill: string, ground: string | null): void {
  brush.save();
  if (ground) {
    brush.fillStyle = ground;
    brush.beginPath();
    brush.arc(0, 0, 6.4, 0, 2 * Math.PI);
    brush.fill();
  }
  brush.scale(0.78, 0.78);
  brush.translate(-6, -6);
  brush.fillStyle = fill;
  brush.fill(new Path2D(sideOf(side).shape), 'evenodd');
  brush.restore();
}

/** A ring with teeth that point inward; broken where it is disputed whether there is a siege. */
function siege(brush: Brush, mark: Extract<Mark, { what: 'siege' }>, ink: Ink): void {
  const teeth = 20;
  const step = (2 * Math.PI) / teeth;
  for (const halo of [true, false]) {
    for (let i = 0; i < teeth; i++) {
      if (mark.disputed && i % 4 === 3) continue;
      const from = i * step - Math.PI / 2;
      brush.strokeStyle = halo ? ink.paper : colour(mark.sides[Math.floor(i / 2) % mark.sides.length]!);
      brush.lineWidth = halo ? 5 : 2.4;
      brush.beginPath();
      brush.arc(0, 0, RING, from - 0.01, from + step + 0.01);
      brush.stroke();
      if (halo) continue;
      const middle = from + step / 2;
      brush.lineWidth = 2;
      brush.beginPath();
      brush.moveTo(Math.cos(middle) * RING, Math.sin(middle) * RING);
      brush.lineTo(Math.cos(middle) * (RING - 4.5), Math.sin(middle) * (RING - 4.5));
      brush.stroke();
    }
  }
}

/** Open: two posts with the way between. Shut: a bar across. Unknown: a question. The frame has the colour of who holds it. */
function way(brush: Brush, mark: Extract<Mark, { what: 'way' }>, ink: Ink): void {
  const shut = mark.state === 'shut';
  const half = 8.5;
  const frame = () => {
    brush.beginPath();
    if (mark.kind === 'bridge') brush.roundRect(-half - 1, -half + 2, 2 * half + 2, 2 * half - 4, [7, 7, 2, 2]);
    else if (mark.kind === 'road') brush.arc(0, 0, half, 0, 2 * Math.PI);
    else brush.roundRect(-half, -half, 2 * half, 2 * half, 2);
  };
  frame();
  brush.fillStyle = shut ? ink.ink : ink.paper;
  brush.fill();
  brush.lineWidth = 4.4;
  brush.strokeStyle = ink.paper;
  brush.stroke();
  brush.lineWidth = 2.2;
  brush.strokeStyle = mark.side === 'unknown' ? ink.ink : colour(mark.side);
  if (mark.state === 'unknown') brush.setLineDash([3, 2.4]);
  frame();
  brush.stroke();
  brush.setLineDash([]);
  brush.strokeStyle = brush.fillStyle = shut ? ink.paper : ink.ink;
  brush.lineWidth = 2;
  brush.beginPath();
  if (shut) {
    brush.moveTo(-3.6, -3.6);
    brush.lineTo(3.6, 3.6);
    brush.moveTo(3.6, -3.6);
    brush.lineTo(-3.6, 3.6);
  } else if (mark.state === 'open') {
    brush.moveTo(-5, 0);
    brush.lineTo(5, 0);
    brush.moveTo(2.2, -2.8);
    brush.lineTo(5, 0);
    brush.lineTo(2.2, 2.8);
    brush.moveTo(-2.2, -2.8);
    brush.lineTo(-5, 0);
    brush.lineTo(-2.2, 2.8);
  } else {
    brush.font = 'bold 11px sans-serif';
    brush.textAlign = 'center';
    brush.textBaseline = 'middle';
    brush.fillText('?', 0, 0.8);
  }
  brush.stroke();
}

function doubt(brush: Brush, ink: Ink): void {
  brush.beginPath();
  brush.arc(0, 0, DOUBT_RADIUS, 0, 2 * Math.PI);
  brush.clip();
  hatch(brush, ink.paper, DOUBT_RADIUS, 6, 2);
}
