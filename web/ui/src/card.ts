// The card of the selected container, over the map.
import { $, el, t } from "./dom"

export interface CardRow { key: string; value: string; icon?: string }

export interface CardText { c: string; href: string; rows: CardRow[] }

export class Card {
  private shown = ""

  constructor(private readonly box: HTMLElement, private readonly close: () => void) {
    box.addEventListener("keydown", (e) => { if (e.key === "Escape") this.close() })
  }

  get open(): boolean { return !this.box.hidden }

  hide(): void {
    this.box.hidden = true
    this.shown = ""
  }

  /** show writes the card anew only where it says something new, so that it is not read aloud again and again. */
  show(text: CardText): void {
    const key = JSON.stringify(text)
    if (key === this.shown) return
    const same = this.shown !== "" && (JSON.parse(this.shown) as CardText).c === text.c
    this.shown = key
    this.box.hidden = false
    if (same) { // the frame stays, so that a focus in it stays too
      this.rows(text)
      return
    }
    const head = el("h3", "mono")
    const link = el("a", "", text.c)
    link.href = text.href
    head.append(link)
    const shut = el("button", "icon close")
    shut.type = "button"
    shut.setAttribute("aria-label", t("ui.card.close"))
    shut.append(cross())
    shut.addEventListener("click", () => this.close())
    const more = el("p", "card-more")
    const go = el("a", "", t("ui.card.more"))
    go.href = text.href
    const copy = el("button", "link small", t("copy.link"))
    copy.type = "button"
    copy.dataset.copyLink = ""
    more.append(go, copy)
    this.box.replaceChildren(head, shut, el("dl", "facts"), more)
    this.rows(text)
  }

  private rows(text: CardText): void {
    const list = $("dl", this.box)
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
