// Bars of runs that are playing, beside the live map. They move by asking, since the page's one stream is the map's.
import { $, $$, getJSON, say, t, texts } from "./dom"

const every = 2000 // ms

const going = () => $$(".runsmini .runline").filter((li) => $("progress", li))

async function ask(): Promise<void> {
  if (document.hidden) return
  for (const li of going()) {
    const id = $<HTMLAnchorElement>("a", li)?.pathname.split("/").pop() ?? ""
    const r = await getJSON<{ state: string; fraction: number }>(`/api/v1/runs/${id}`).catch(() => null)
    const bar = $<HTMLProgressElement>("progress", li)
    if (!r || !bar) continue
    const ended = r.state !== "running" && r.state !== "queued"
    bar.value = ended ? 1 : r.fraction
    say($(".runline-end", li), ended ? t(`state.${r.state}`) : `${Math.round(r.fraction * 100)} %`)
    if (ended) bar.remove()
  }
  if (going().length === 0) clearInterval(timer)
}

await texts()
const timer = setInterval(() => void ask(), every)
