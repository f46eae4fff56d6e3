// The map's plane: Mercator, the world 1024 wide and high, longitudes past 180 going on to the right.

export const WORLD = 1024
const highest = 85.0511

export const xOf = (lon: number): number => (lon + 180) * (WORLD / 360)

export function yOf(lat: number): number {
  const rad = Math.max(-highest, Math.min(highest, lat)) * (Math.PI / 180)
  return WORLD / 2 - Math.log(Math.tan(Math.PI / 4 + rad / 2)) * (WORLD / (2 * Math.PI))
}

export const lonOf = (x: number): number => x * (360 / WORLD) - 180
export const latOf = (y: number): number =>
  (Math.atan(Math.exp((WORLD / 2 - y) * (2 * Math.PI / WORLD))) - Math.PI / 4) * (360 / Math.PI)

/** nearest moves x by whole worlds until it is as close to the target as can be. */
export const nearest = (x: number, target: number): number => x + WORLD * Math.round((target - x) / WORLD)
