// Curves that the hub drew, made to answer a pointer: one cursor through all of them, and the value under it.
import { $, $$, el, say, t } from "./dom"
import { stamp } from "./format"

export type Series = Record<string, (number | null)[]>

interface Curve {
  box: HTMLElement; name: string; line: HTMLElement; dot: HTMLElement; value: HTMLElement
  toX(t: number): number; toT(x: number): number; toY(v: number): number
  width: number; height: number
}

export class Curves {
  readonly #curves: Curve[] = []
  readonly #t: number[]

  readonly #series: Series

  constructor(series: Series, moved: (t: number) => void) {
    this.#series = series
    this.#t = (series.t ?? []).map((v) => v ?? NaN)
    for (const svg of $$<SVGSVGElement>("#series svg.chart")) {
      const name = /^curve-(\w+)-t$/.exec($("title", svg)?.id ?? "")?.[1]
      const curve = name && series[name] ? this.#curve(svg, name) : null
      if (!curve) continue
      this.#curves.push(curve)
      const at = (e: PointerEvent) => {
        const r = svg.getBoundingClientRect()
        moved(curve.toT(((e.clientX - r.left) / r.width) * curve.width))
      }
      curve.box.addEventListener("pointermove", at)
      curve.box.addEventListener("pointerdown", at)
    }
  }

  /** curve learns a chart's measures from the line in it: its ends are the first and last readings, its heights the
   * lowest and the highest. */
  #curve(svg: SVGSVGElement, name: string): Curve | null {
    const values = this.#series[name]
    const points = $$<SVGPathElement>("path[class^='l-s']", svg).flatMap((p) =>
      [...(p.getAttribute("d") ?? "").matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)].map((m) => [Number(m[1]), Number(m[2])]))
    const first = values.findIndex((v) => v !== null), last = values.findLastIndex((v) => v !== null)
    if (points.length < 2 || first === last) return null
    const xs = points.map((p) => p[0]), ys = points.map((p) => p[1])
    const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.max(...ys), Math.min(...ys)]
    let low = Infinity, high = -Infinity, t0 = Infinity, t1 = -Infinity
    values.forEach((v, i) => {
      if (v === null) return
      low = Math.min(low, v); high = Math.max(high, v)
      t0 = Math.min(t0, this.#t[i]); t1 = Math.max(t1, this.#t[i])
    })
    const { width, height } = svg.viewBox.baseVal
    const box = svg.parentElement!
    box.classList.add("cursored")
    const line = el("span", "cursor"), dot = el("span", "cursor-dot"), value = el("span", "cursor-value")
    for (const e of [line, dot]) { e.hidden = true; e.setAttribute("aria-hidden", "true"); box.append(e) }
    ;($("figcaption", box.closest("figure") ?? box) ?? box).append(value)
    return {
      box, name, line, dot, value, width, height,
      toX: (at) => x0 + ((at - t0) / (t1 - t0 || 1)) * (x1 - x0), toT: (x) => t0 + ((x - x0) / (x1 - x0 || 1)) * (t1 - t0),
      toY: (v) => (high > low ? y0 + ((v - low) / (high - low)) * (y1 - y0) : y0),
    }
  }

  /** show puts the cursor of every curve at a moment. */
  show(at: number): void {
    const i = nearest(this.#t, at)
    for (const c of this.#curves) {
      const k = known(this.#series[c.name], i)
      const hide = k < 0
      c.line.hidden = c.dot.hidden = hide
      if (hide) { say(c.value, ""); continue }
      const v = this.#series[c.name][k]!
      const left = `${(100 * Math.min(c.width, Math.max(0, c.toX(this.#t[k])))) / c.width}%`
      c.line.style.left = c.dot.style.left = left
      c.dot.style.top = `${(100 * c.toY(v)) / c.height}%`
      say(c.value, t("ui.curve.value", { value: short(v), time: stamp(this.#t[k]) }))
    }
  }

  /** readings are the times of the readings, for stepping. */
  get readings(): number[] { return this.#t }
}

const short = (v: number): string => String(Math.abs(v) >= 100 ? Math.round(v) : Math.round(v * 10) / 10)

/** nearest is the index of the sorted time that is closest. */
export function nearest(times: readonly number[], at: number): number {
  let low = 0, high = times.length - 1
  while (low < high) {
    const mid = (low + high) >> 1
    if (times[mid] < at) low = mid + 1
    else high = mid
  }
  return low > 0 && at - times[low - 1] < times[low] - at ? low - 1 : low
}

/** known is the index nearest to i that has a value, or -1. */
function known(values: readonly (number | null)[], i: number): number {
  for (let d = 0; d < values.length; d++) {
    if (values[i - d] != null) return i - d
    if (values[i + d] != null) return i + d
  }
  return -1
}
