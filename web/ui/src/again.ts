// What still plays: the page looks again by itself until it is whole.
import { $, $$ } from "./dom"

/** again looks again for a page that shows something under way, until it is whole: only its bar moves in between. */
export function again(): void {
  const main = $("#main")
  if (!main?.hasAttribute("data-again") || $("#progress", main)) return // a run tells of itself
  const timer = window.setInterval(() => {
    if (document.hidden) return
    void fetch(location.href, { headers: { Accept: "text/html" } }).then(async (res) => {
      if (!res.ok) return
      const fresh = $("#main", new DOMParser().parseFromString(await res.text(), "text/html"))
      if (!fresh) return
      const bars = $$<HTMLProgressElement>("progress", main), next = $$<HTMLProgressElement>("progress", fresh)
      if (fresh.hasAttribute("data-again") && bars.length === next.length && bars.length > 0) {
        bars.forEach((b, i) => {
          b.value = next[i].value
          const said = b.parentElement && $("[role=status]", b.parentElement), now = next[i].parentElement && $("[role=status]", next[i].parentElement as Element)
          if (said && now) said.textContent = now.textContent
        })
        return
      }
      main.replaceChildren(...fresh.childNodes)
      document.dispatchEvent(new Event("sealab:changed"))
      if (!fresh.hasAttribute("data-again")) clearInterval(timer)
    }, () => { /* asked again in a moment */ })
  }, 1500)
}
