/** The map's colours in the theme in force: MapLibre does not hear of style sheets. */

const NAMES = ['water', 'land', 'border', 'coast', 'river', 'event', 'halo', 'picked'] as const;
export type Colours = Record<(typeof NAMES)[number] | 'ink' | 'bad', string>;

export function colours(): Colours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim() || '#808080';
  return {
    ...(Object.fromEntries(NAMES.map((name) => [name, read(`--map-${name}`)])) as Record<(typeof NAMES)[number], string>),
    ink: read('--ink'),
    bad: read('--bad'),
  };
}
