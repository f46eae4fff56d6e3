// Arms side by side: choices change the page in place; a series is traced through its chart while it is pointed at.
import { again } from "./again"
import "./common"
import { $, $$, texts } from "./dom"
import { swap } from "./swap"

/** trace dims the other series while one is pointed at or focused. */
function trace(): void {
  for (const figure of $$(".figure")) {
    const chart = $("svg.chart", figure)
    if (!chart) continue
    const off = () => { for (const p of $$<SVGElement>("[class*='l-s'],[class*='f-s']", chart)) p.classList.remove("dim") }
    for (const li of $$(".key li", figure)) {
      const own = $("[class^='l-s']", li)?.getAttribute("class")?.slice(2)
      if (!own) continue
      const on = () => { for (const p of $$<SVGElement>("path[class*='l-s'],path[class*='f-s'],rect[class*='f-s']", chart)) p.classList.toggle("dim", !p.classList.contains(`l-${own}`) && !p.classList.contains(`f-${own}`)) }
      li.addEventListener("pointerenter", on)
      li.addEventListener("pointerleave", off)
      li.addEventListener("focusin", on)
      li.addEventListener("focusout", off)
    }
  }
}

void texts().then(() => { swap(trace) })
document.addEventListener("sealab:changed", trace)
again()
