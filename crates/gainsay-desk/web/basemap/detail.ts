/** How fine the ground is drawn where: finest where the reports are, coarse where the world only stands around it. */

export interface Region { box: readonly [west: number, south: number, east: number, north: number]; tolerance: number; island: number }

/** First fit counts. `tolerance` in degrees, `island` the least square degrees of land that is drawn. */
const REGIONS: readonly Region[] = [
  { box: [33.5, 31, 46, 38.2], tolerance: 0.004, island: 0.0001 }, // Syria, Lebanon, northern Iraq and their borders
  { box: [31.5, 28.5, 51, 39], tolerance: 0.01, island: 0.001 }, // the rest of Iraq and Jordan, Israel and Palestine, Kuwait, Cyprus
  { box: [22, 44, 41, 53], tolerance: 0.02, island: 0.01 }, // Ukraine
  { box: [25, 10, 66, 43], tolerance: 0.03, island: 0.01 }, // Turkey, Arabia, Yemen, Iran, Egypt, Sudan
  { box: [8, 19, 26, 34], tolerance: 0.03, island: 0.02 }, // Libya
];
const ELSEWHERE = { tolerance: 0.16, island: 0.4 };

function at(lon: number, lat: number): { tolerance: number; island: number } {
  return REGIONS.find(({ box: [w, s, e, n] }) => lon >= w && lon <= e && lat >= s && lat <= n) ?? ELSEWHERE;
}

export const tolerance = (lon: number, lat: number): number => at(lon, lat).tolerance;
export const island = (lon: number, lat: number): number => at(lon, lat).island;
