// The result of a game: the base rate follows a slider; what it means is worked out by the hub.
import "./common"
import { $, address, notice, say, t, texts } from "./dom"
import { count } from "./format"

const rest = 120 // ms without a move before the hub is asked

function slider(box: HTMLElement, range: HTMLInputElement): void {
  const stops = (box.dataset.stops ?? "").split(" ").map(Number)
  let timer = 0, asked = 0
  const show = async () => {
    const mine = ++asked
    try {
      const res = await fetch(location.href.split("#")[0], { headers: { Accept: "text/html" } })
      const page = new DOMParser().parseFromString(await res.text(), "text/html")
      if (mine !== asked || !res.ok) return
      for (const part of ["#lesson-body", ".segments"]) {
        const from = $(part, $("#lesson", page)!), to = $(part, box)
        if (from && to) to.replaceChildren(...from.cloneNode(true).childNodes)
      }
    } catch {
      notice(t("ui.failed"))
    }
  }
  range.addEventListener("input", () => {
    const rate = stops[Number(range.value)] ?? 1
    say($("#rate-now"), t("ui.play.onein", { n: count(Math.round(10000 / rate)) }))
    address({ rate: String(rate) }, "replace")
    clearTimeout(timer)
    timer = window.setTimeout(() => void show(), rest)
  })
}

const box = $("#lesson"), range = $<HTMLInputElement>("#rate")
if (box && range) void texts().then(() => slider(box, range))
