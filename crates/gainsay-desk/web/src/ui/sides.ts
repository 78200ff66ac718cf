/** Sides: a colour, a shape and a hatching each, so that none is known by colour alone. */

export interface Side {
  key: string;
  /** The custom property that holds its colour in the theme in force. */
  token: string;
  /** Its mark, drawn in a box of 12 by 12. */
  shape: string;
  /** Its hatching in charts and areas: the turn of the lines in degrees and the distance between them; dots where there is no turn. */
  hatch: { turn: number | null; gap: number };
}

const SHAPES: Record<string, [shape: string, turn: number | null, gap: number]> = {
  government: ['M1.5 1.5h9v9h-9z', 45, 6],
  opposition: ['M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z', 135, 6],
  'islamic-state': ['M6 .5 11.5 6 6 11.5.5 6z', 0, 4],
  kurdish: ['M6 1 11.5 10.8H.5z', 90, 5],
  coalition: ['m6 .4 1.7 3.7 4 .4-3 2.7.9 4L6 9.1 2.4 11.2l.9-4-3-2.7 4-.4z', 0, 7],
  jihadist: ['M6 11 .5 1.2h11z', 45, 4],
  iraq: ['M3.3 1.2h5.4L11.4 6l-2.7 4.8H3.3L.6 6z', 135, 4],
  turkey: ['M9.6 10.1A5 5 0 1 1 9.6 1.9 4.2 4.2 0 1 0 9.6 10.1z', 20, 5],
  israel: ['M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z', 70, 5],
  neutral: ['M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1zm0 2a3 3 0 1 1 0 6 3 3 0 0 1 0-6z', null, 6],
  other: ['M1.5 1.5h9v9h-9zm2 2v5h5v-5z', null, 4],
  unknown: ['M1 4.8h10v2.4H1z', null, 8],
};

/** The keys in the order in which legends show them. */
export const SIDES: readonly string[] = Object.keys(SHAPES);

/** The side for the word that the data has; sides nobody has drawn yet look like 'other', hatched by their name. */
export function sideOf(word: string | null | undefined): Side {
  const key = (word ?? '').replace(/-side$/, '');
  if (!key) return made('unknown', 'unknown', SHAPES.unknown!);
  const drawn = SHAPES[key];
  if (drawn) return made(key, key, drawn);
  const turn = [...key].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 180, 7);
  return made(key, 'other', [SHAPES.other![0], turn, 5]);
}

function made(key: string, token: string, [shape, turn, gap]: [string, number | null, number]): Side {
  return { key, token: `--side-${token}`, shape, hatch: { turn, gap } };
}

/** The colour itself, as it is now: for canvases and downloads. */
export function colourOf(side: Side): string {
  return getComputedStyle(document.documentElement).getPropertyValue(side.token).trim() || '#888';
}
