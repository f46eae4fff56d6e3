// Numbers and times in the visitor's language. Virtual time is shown in UTC, as on the pages that the hub prints.

const lang = typeof document === "undefined" ? "en" : document.documentElement.lang || "en"

const whole = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 })
const tenth = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 })

export const count = (n: number): string => whole.format(n)

/** rate shows one decimal below ten and none above. */
export const rate = (n: number): string => (n < 10 ? tenth : whole).format(n)

const moment = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit" })
const second = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit", second: "2-digit" })
const wall = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false })

/** stamp is a virtual time as "23 Nov 18:04". */
export const stamp = (ms: number): string => moment.format(ms).replace(",", "")
export const clockOf = (ms: number): string => second.format(ms)
/** wallClock is the visitor's own time of day. */
export const wallClock = (ms: number): string => wall.format(ms)

const units: [number, Intl.RelativeTimeFormatUnit][] = [[86400e3, "day"], [3600e3, "hour"], [60e3, "minute"]]
const relative = new Intl.RelativeTimeFormat(lang, { style: "short" })
const now = new Intl.RelativeTimeFormat(lang, { numeric: "auto" }).format(0, "second")

/** ago is a span in the past in its largest unit, as "3 min. ago". */
export function ago(ms: number): string {
  const unit = units.find(([size]) => ms >= size)
  return unit ? relative.format(-Math.floor(ms / unit[0]), unit[1]) : now
}

/** lasting is a span in its two largest units, as "3 d 4 h". */
export function lasting(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60e3))
  const d = Math.floor(minutes / 1440), h = Math.floor((minutes % 1440) / 60), m = minutes % 60
  if (d) return `${d} d ${h} h`
  return h ? `${h} h ${m} min` : `${m} min`
}
