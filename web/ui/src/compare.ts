// Arms side by side: what is still playing is asked for until it is whole; choices change the page in place; a series is
// traced through its chart while it is pointed at.
import "./common"
import { $, $$, texts } from "./dom"
import { swap } from "./swap"

/** waiting looks again for a comparison or an experiment that is still playing. */
function waiting(): void {
  const busy = () => $("#pair-progress progress, #trials progress") && !$("#pair-progress form, #trials form[action$='/start']")
  if (!busy()) return
  const look = async () => {
    if (document.hidden) return
    const res = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null)
    if (!res?.ok) return
    const page = new DOMParser().parseFromString(await res.text(), "text/html")
    const fresh = $("#main", page), main = $("#main")
    if (!fresh || !main) return
    const bar = $<HTMLProgressElement>("#trials progress"), next = $<HTMLProgressElement>("#trials progress", page)
    if (bar && next && !$("#arms", page)) { // only the bar moves: nothing else is laid out anew
      bar.value = next.value
      const text = $("#trials [role=status]"), said = $("#trials [role=status]", page)
      if (text && said) text.textContent = said.textContent
    } else main.replaceChildren(...fresh.childNodes)
    if (!busy()) { clearInterval(timer); trace() }
  }
  const timer = window.setInterval(() => void look(), 1500)
}

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

void texts().then(() => { waiting(); swap(trace) })
