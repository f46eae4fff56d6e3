// The card of the selected container, over the map.
import { $, el } from "./dom"
import { lasting, stamp } from "./format"
import type { Box, Motion } from "./plan"

export interface CardRow { key: string; value: string; icon?: string }

export interface CardText { c: string; href: string; rows: CardRow[] }

type Texts = (key: string, fill?: Record<string, string | number>) => string

export class Card {
  #shown = ""

  readonly #box: HTMLElement
  readonly #close: () => void
  readonly #t: Texts

  constructor(box: HTMLElement, close: () => void, t: Texts) {
    this.#box = box
    this.#close = close
    this.#t = t
    box.addEventListener("keydown", (e) => { if (e.key === "Escape") this.#close() })
  }

  hide(): void {
    this.#box.hidden = true
    this.#shown = ""
  }

  /** show writes the card anew only where it says something new, so that it is not read aloud again and again. */
  #show(text: CardText): void {
    const key = JSON.stringify(text)
    if (key === this.#shown) return
    const same = this.#shown !== "" && (JSON.parse(this.#shown) as CardText).c === text.c
    this.#shown = key
    this.#box.hidden = false
    if (same) { // the frame stays, so that a focus in it stays too
      this.#rows(text)
      return
    }
    const head = el("h3", "mono")
    const link = el("a", "", text.c)
    link.href = text.href
    head.append(link)
    const shut = el("button", "icon close")
    shut.type = "button"
    shut.setAttribute("aria-label", this.#t("ui.card.close"))
    shut.append(cross())
    shut.addEventListener("click", () => this.#close())
    const more = el("p", "card-more")
    const go = el("a", "", this.#t("ui.card.more"))
    go.href = text.href
    const copy = el("button", "link small", this.#t("copy.link"))
    copy.type = "button"
    copy.dataset.copyLink = ""
    more.append(go, copy)
    this.#box.replaceChildren(head, shut, el("dl", "facts"), more)
    this.#rows(text)
  }

  /** of says of a container what its plan knows; more are the rows that the page adds, in the middle. */
  of(m: Motion, i: number, now: number, href: string, more: CardRow[]): void {
    const box: Box = m.plan.containers[i]
    const name = (id: string) => m.plan.places.find((p) => p.id === id)?.name ?? id
    const rows: CardRow[] = [{ key: this.#t("ui.card.route"), value: `${name(box.from)} → ${name(box.to)}` },
      { key: this.#t("ui.card.seal"), value: box.s }, ...more]
    const on = m.vehicleOf(i), end = m.arrival(i)
    if (on) rows.push({ key: this.#t(on.kind === "place" ? "ui.card.at" : "ui.card.on"), value: on.name || on.id })
    if (on && end > now) rows.push({ key: this.#t("ui.card.eta"), value: `${stamp(end)} (${lasting(Math.ceil((end - now) / 36e5) * 36e5)})` })
    else if (!on) rows.push({ key: this.#t("ui.card.where"), value: this.#t(now < end ? "ui.card.before" : "ui.card.after") })
    this.#show({ c: box.c, href, rows })
  }

  #rows(text: CardText): void {
    const list = $("dl", this.#box)
    if (!list) return
    list.replaceChildren(...text.rows.flatMap((r) => {
      const value = el("dd")
      const sign = r.icon ? icon(r.icon) : null
      if (sign) value.append(sign, " ")
      value.append(r.value)
      return [el("dt", "", r.key), value]
    }))
  }
}

/** icon clones a severity's sign from the page, or draws it where the page has none. */
export function icon(sev: string): Element | null {
  const drawn = $<SVGElement>(`.legend .sev-${sev}`) ?? $<SVGElement>(`.sev-${sev}`)
  return drawn ? drawn.cloneNode(true) as Element : null
}

function cross(): SVGElement {
  const ns = "http://www.w3.org/2000/svg"
  const svg = document.createElementNS(ns, "svg")
  for (const [k, v] of [["viewBox", "0 0 20 20"], ["width", "16"], ["height", "16"], ["aria-hidden", "true"]]) svg.setAttribute(k, v)
  const path = document.createElementNS(ns, "path")
  path.setAttribute("class", "i-line")
  path.setAttribute("d", "M5 5l10 10M15 5L5 15")
  svg.append(path)
  return svg
}
