// What a game's state means: its time between two answers of the hub, and what a tile says of a container.

export interface News { n: number; at: number; when: number; c: string; what: string; num?: number; place?: string; grave: 0 | 1 | 2 }
export interface Flag { n: number; at: number; c: string; undo: boolean }
export interface State {
  id: string; url: string; state: "playing" | "paused" | "over" | "ended"; t: number; start: number; end: number
  speed: number; per_ms: number; hold_ms: number; away: boolean; news: News[]; flags: Flag[]
}

const guessFor = 2500 // ms for which the time is carried on without a word of the hub
const freshFor = 24 * 3600e3 // ms of virtual time for which what was told counts as news

/** now is the game's time so many ms after the hub told it. */
export function now(s: State, since: number): number {
  if (s.state !== "playing") return s.t
  return Math.min(s.end, s.t + Math.max(0, Math.min(since, guessFor) - s.hold_ms) * s.per_ms)
}

export const fresh = (n: News, at: number): boolean => n.at > at - freshFor

const dated = new Set(["tampered", "opened", "authorised", "authorised_late"]) // their words hold the time already
const lateAfter = 3600e3

/** late is true where something was heard long after it happened, which must then be said. */
export const late = (n: News): boolean => n.when > 0 && n.at - n.when > lateAfter && !dated.has(n.what)

export interface Tag { word: "grave" | "odd" | "silent" | "announced" | "done" | "quiet"; grave: 0 | 1 | 2 }

/** tagOf is what a tile says: the gravest of the last day, silence as long as it lasts, else what is known. */
export function tagOf(list: News[], at: number, arrived: boolean): Tag {
  const recent = list.filter((n) => fresh(n, at))
  if (recent.some((n) => n.grave === 2)) return { word: "grave", grave: 2 }
  const heard = list.findLast((n) => n.what === "silent" || n.what === "back")
  if (heard?.what === "silent") return { word: "silent", grave: 1 }
  if (recent.some((n) => n.grave === 1)) return { word: "odd", grave: 1 }
  if (recent.some((n) => n.what === "authorised")) return { word: "announced", grave: 0 }
  return { word: arrived ? "done" : "quiet", grave: 0 }
}
