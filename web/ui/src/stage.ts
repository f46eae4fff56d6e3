// What the pages with a map share: map, zoom buttons, card, timeline, selection, and when to draw.
import { $, address, asset, calm, el, getJSON, query, t } from "./dom"
import type { Card, CardRow } from "./card"
import { Clock } from "./clock"
import { SealMap } from "./map"
import { Motion, type Plan } from "./plan"
import { Timeline, type Hand } from "./timeline"
import type * as Detail from "./detail"

const slow = 400, quick = 33 // ms between two pictures
const worldMetres = 40_075_016 / 1024
const near = 4 // scale at which a selected container is told from its neighbours
const pace = 12 // m/s: what most things on the map do

export class Stage {
  readonly map: SealMap
  #card: Card | null = null
  #detail: typeof Detail | null = null
  #way: ReturnType<Motion["track"]> | null = null
  readonly timeline: Timeline | null
  readonly clock = new Clock()
  motion: Motion | null = null
  /** second is called about once a second and after every change, to bring the words up to date. */
  tick: () => void = () => {}
  #timer = 0
  #spoken = -Infinity

  constructor(readonly box: HTMLElement, hand: Hand) {
    this.map = new SealMap($<HTMLCanvasElement>("#map-canvas", box)!)
    const line = $("#timeline")
    this.timeline = line ? new Timeline(line, hand) : null
    $("[data-act=zoom-in]", box)?.addEventListener("click", () => this.map.zoom(1.6))
    $("[data-act=zoom-out]", box)?.addEventListener("click", () => this.map.zoom(1 / 1.6))
    $("[data-act=zoom-fit]", box)?.addEventListener("click", () => this.map.fit())
    this.map.onSelect = (c) => this.select(c)
    this.#tip()
    this.#inset()
    new ResizeObserver(() => this.#inset()).observe(box)
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.#loop() })
    document.addEventListener("sealab:theme", () => this.tick())
    this.map.canvas.addEventListener("keydown", (e) => { if (e.key === "Escape") this.select(null) })
  }

  async load(url: string, lanes = true): Promise<Motion> {
    const motion = new Motion(await getJSON<Plan>(url))
    this.motion = motion
    this.map.show(motion, lanes)
    return motion
  }

  /** chosen is called when another container is selected, or none. */
  chosen: (c: string | null) => void = () => {}

  get selected(): string | null { return this.#current }
  #current: string | null = null

  select(c: string | null, how: "push" | "replace" | "keep" = "push"): void {
    if (c !== this.#current) this.#way = null
    this.#current = c
    this.map.selected = c && this.motion ? this.motion.index.get(c) ?? -1 : -1
    if (how !== "keep") address({ c: c ?? "" }, how)
    if (!c) {
      if ($("#card", this.box)?.contains(document.activeElement)) this.map.canvas.focus({ preventScroll: true })
      this.#card?.hide()
    } else if (!this.#detail) void this.#fetchDetail()
    this.chosen(c)
    this.now()
  }

  async #fetchDetail(): Promise<void> {
    const detail = this.#detail = await import(asset("detail.js")) as typeof Detail
    const box = $("#card", this.box)
    if (box) this.#card ??= new detail.Card(box, () => this.select(null), t)
    this.map.under = (now) => {
      const i = this.map.selected, m = this.motion
      if (i >= 0 && m) detail.drawPlanned(this.map, m, i, this.#way ??= m.track(i), now)
    }
    this.now()
    this.reveal() // the card may lie on it
  }

  /** tell writes the card of the selected container; rows are what the page knows of it beyond the plan. */
  tell(now: number, href: string, rows: (i: number) => CardRow[]): void {
    const i = this.map.selected
    if (i >= 0 && this.motion) this.#card?.of(this.motion, i, now, href, rows(i))
  }

  /** reveal centres the selected container where the window does not show it well. */
  reveal(): void {
    this.#inset()
    const at = this.map.at(this.map.selected)
    if (!at) return
    const { view } = this.map
    const x = view.sx(at.x), y = view.sy(at.y)
    const clear = x > view.inset.left + 30 && x < view.width - view.inset.right - 30 && y > view.inset.top + 20 &&
      y < view.height - view.inset.bottom - 20
    if (!clear || view.scale < near) this.map.centre(at.x, at.y, near)
  }

  /** now draws and speaks at once. */
  now(): void {
    this.#spoken = -Infinity
    this.#loop()
  }

  /** loop draws as often as things move visibly, and not at all while nobody looks. */
  #loop(): void {
    clearTimeout(this.#timer)
    if (document.hidden) return
    this.map.redraw()
    const at = performance.now()
    if (at - this.#spoken > 500) {
      this.#spoken = at
      this.tick()
    }
    if (!this.clock.playing) return
    const moved = (this.clock.speed * pace * this.map.view.scale) / worldMetres // px a second
    const wait = calm() ? 1000 : Math.min(slow, Math.max(quick, 500 / Math.max(moved, 0.01)))
    this.#timer = window.setTimeout(() => this.#loop(), wait)
  }

  /** inset says what of the map lies under panels; on phones the card takes the legend's place at its foot. */
  #inset(): void {
    const high = (selector: string) => $(selector, this.box)?.offsetHeight ?? 0
    const wide = this.box.clientWidth > 600
    this.map.view.inset = {
      top: high(".figures") + 26, bottom: (wide ? high(".legend") : Math.max(high(".legend"), high(".card"))) + 24,
      left: 24, right: wide ? 62 : 24,
    }
  }

  #tip(): void {
    const tip = el("div", "tip")
    tip.hidden = true
    tip.ariaHidden = "true"
    this.box.append(tip)
    this.map.onHover = (text, x, y) => {
      tip.hidden = !text
      if (!text) return
      tip.textContent = text
      const left = Math.min(x + 14, this.box.clientWidth - tip.offsetWidth - 8)
      tip.style.transform = `translate(${left}px, ${Math.max(4, y - tip.offsetHeight - 10)}px)`
    }
  }
}

/** wanted reads a moment from the address. */
export function wanted(): number | null {
  const t = Number(query("t"))
  return Number.isFinite(t) && t > 0 ? t : null
}
