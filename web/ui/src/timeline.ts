// The timeline under a map: play, speed, a slider over time with a histogram of alarms, and the way to the next one.
import { $, say } from "./dom"
import { stamp } from "./format"
import { colours } from "./ground"
import type { Severity } from "./map"

export interface Happening { t: number; sev: Severity; id: string; c: string }

export interface Hand {
  play(): void
  next(): void
  live(): void
  speed(v: number): void
  /** scrub says where the slider was moved to; done when it is let go. */
  scrub(t: number, done: boolean): void
}

const steps = 1000

export class Timeline {
  readonly #scrub = $<HTMLInputElement>("#scrub")!
  readonly #clock = $<HTMLOutputElement>("#clock")
  readonly #canvas = $<HTMLCanvasElement>("#histogram")
  readonly #choice = $<HTMLSelectElement>("#speed")
  readonly #button = $("#timeline [data-act=play]")
  #from = 0
  #to = 1
  #drawn = ""
  #held = false

  constructor(readonly box: HTMLElement, hand: Hand) {
    this.#button?.addEventListener("click", () => hand.play())
    $("[data-act=next]", box)?.addEventListener("click", () => hand.next())
    $("[data-act=live]", box)?.addEventListener("click", () => hand.live())
    this.#choice?.addEventListener("change", () => hand.speed(Number(this.#choice!.value)))
    const at = () => this.#from + (Number(this.#scrub.value) / steps) * (this.#to - this.#from)
    this.#scrub.max = String(steps)
    this.#scrub.addEventListener("pointerdown", () => { this.#held = true })
    this.#scrub.addEventListener("input", () => { this.#fill(); hand.scrub(at(), false) })
    this.#scrub.addEventListener("change", () => { this.#held = false; hand.scrub(at(), true) })
    const again = () => { this.#drawn = "" }
    document.addEventListener("sealab:theme", again)
    if (this.#canvas) new ResizeObserver(again).observe(this.#canvas)
  }

  get chosen(): number { return Number(this.#choice?.value ?? 1) }

  /** show brings everything to a moment between from and to. */
  show(now: number, from: number, to: number, playing: boolean, mode: "live" | "local"): void {
    this.#from = from
    this.#to = Math.max(to, from + 1)
    if (!this.#held) {
      this.#scrub.value = String(Math.round(((now - this.#from) / (this.#to - this.#from)) * steps))
      this.#fill()
    }
    const words = stamp(now)
    say(this.#clock, words)
    if (this.#scrub.getAttribute("aria-valuetext") !== words && document.activeElement === this.#scrub) this.#scrub.setAttribute("aria-valuetext", words)
    if (this.box.dataset.mode !== mode) this.box.dataset.mode = mode
    const pressed = String(playing)
    if (this.#button && this.#button.getAttribute("aria-pressed") !== pressed) {
      this.#button.setAttribute("aria-pressed", pressed)
      this.#button.dataset.playing = pressed
    }
  }

  /** speed shows the speed that is gone at; one that nobody offers is shown as none of them. */
  speed(v: number): void {
    if (this.#choice && document.activeElement !== this.#choice) this.#choice.value = String(v)
  }

  #fill(): void { this.#scrub.style.setProperty("--fill", `${(100 * Number(this.#scrub.value)) / steps}%`) }

  /** histogram draws how many alarms there were when; critical ones stand at the foot in their colour. */
  histogram(all: readonly Happening[], shown: Severity | ""): void {
    const c = this.#canvas
    if (!c || c.clientWidth === 0) return
    const bins = Math.max(12, Math.floor(c.clientWidth / 9))
    const part = (this.#to - this.#from) / bins / 2
    const key = [all.length, all[0]?.id, shown, bins, c.clientHeight, Math.round(this.#from), Math.round(this.#to / part)].join(" ")
    if (key === this.#drawn) return
    this.#drawn = key
    const counts = binned(all, this.#from, this.#to, bins, shown)
    paint(c, counts)
  }
}

export type Bin = { critical: number; major: number; minor: number }

export function binned(all: readonly Happening[], from: number, to: number, bins: number, shown: Severity | ""): Bin[] {
  const out = Array.from({ length: bins }, (): Bin => ({ critical: 0, major: 0, minor: 0 }))
  for (const a of all) {
    if (a.t < from || a.t > to || (shown && a.sev !== shown)) continue
    out[Math.min(bins - 1, Math.floor(((a.t - from) / (to - from)) * bins))][a.sev]++
  }
  return out
}

function paint(canvas: HTMLCanvasElement, bins: Bin[]): void {
  const ratio = Math.min(2, devicePixelRatio || 1)
  const w = canvas.clientWidth, h = canvas.clientHeight
  canvas.width = Math.round(w * ratio)
  canvas.height = Math.round(h * ratio)
  const ctx = canvas.getContext("2d")
  if (!ctx) return
  ctx.scale(ratio, ratio)
  const c = colours()
  const most = Math.max(3, ...bins.map((b) => b.critical + b.major + b.minor))
  const step = w / bins.length
  bins.forEach((b, i) => {
    let y = h
    for (const sev of ["critical", "major", "minor"] as const) {
      if (b[sev] === 0) continue
      const tall = Math.max(2, (b[sev] / most) * h)
      y -= tall
      ctx.fillStyle = c[sev]
      ctx.globalAlpha = sev === "critical" ? 1 : 0.75
      ctx.fillRect(i * step + 0.5, y, Math.max(1.5, step - 1.5), tall)
    }
    if (y === h) {
      ctx.globalAlpha = 0.6
      ctx.fillStyle = c.coast
      ctx.fillRect(i * step + 0.5, h - 1.5, Math.max(1.5, step - 1.5), 1.5)
    }
  })
}
