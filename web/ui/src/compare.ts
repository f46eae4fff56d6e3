// The compare page: a paired comparison that is still playing is asked for until it is whole; a run is traced through
// all charts and tables while it is pointed at.
import "./common"
import { $, $$, texts } from "./dom"

function waiting(): void {
  const bar = $<HTMLProgressElement>("#pair-progress progress")
  if (!bar || $("#pair-progress form")) return
  const look = async () => {
    if (document.hidden) return
    const res = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null)
    if (!res?.ok) return
    const page = new DOMParser().parseFromString(await res.text(), "text/html")
    const fresh = $("#main", page), main = $("#main")
    if (!fresh || !main) return
    main.replaceChildren(...fresh.childNodes)
    if (!$("#pair-progress progress") || $("#pair-progress form")) clearInterval(timer)
  }
  const timer = window.setInterval(() => void look(), 2000)
}

/** trace dims the other series while one is pointed at or focused. */
function trace(): void {
  for (const figure of $$(".figure")) {
    const chart = $("svg.chart", figure)
    if (!chart) continue
    const off = () => { for (const p of $$<SVGElement>("[class*='l-s']", chart)) p.classList.remove("dim") }
    for (const li of $$(".key li", figure)) {
      const own = $("[class^='l-s']", li)?.getAttribute("class")
      if (!own) continue
      const on = () => { for (const p of $$<SVGElement>("path[class*='l-s']", chart)) p.classList.toggle("dim", !p.classList.contains(own)) }
      li.addEventListener("pointerenter", on)
      li.addEventListener("pointerleave", off)
      li.addEventListener("focusin", on)
      li.addEventListener("focusout", off)
    }
  }
}

void texts().then(() => { waiting(); trace() })
