// The live stream: one a tab, closed while nobody looks; where it cannot be had, the snapshot is asked for instead.
import { connection, getJSON, t } from "./dom"
import { wallClock } from "./format"

const staleAfter = 5000 // ms without a word
const askEvery = 3000
const tryAgain = 30000

export interface Said { [key: string]: unknown }

export interface Ears<H, F> { hello(h: H): void; frame(f: F): void }

export class Stream<H, F> {
  #source: EventSource | null = null
  #last = 0
  #failures = 0
  #asking = 0
  #timer = 0

  readonly #frames: string
  readonly #snapshot: string
  readonly #ears: Ears<H, F>

  constructor(frames: string, snapshot: string, ears: Ears<H, F>) {
    this.#frames = frames
    this.#snapshot = snapshot
    this.#ears = ears
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.#close(); else this.#open() })
    addEventListener("pagehide", () => this.#close())
    addEventListener("pageshow", (e) => { if (e.persisted) this.#open() })
    if (!document.hidden) this.#open()
  }

  #open(): void {
    if (this.#source || document.hidden) return
    clearInterval(this.#timer)
    this.#timer = window.setInterval(() => this.#show(), 1000)
    const source = this.#source = new EventSource(this.#frames)
    source.addEventListener("hello", (e) => { this.#heard(); this.#ears.hello(JSON.parse((e as MessageEvent<string>).data) as H) })
    source.addEventListener("frame", (e) => { this.#heard(); this.#ears.frame(JSON.parse((e as MessageEvent<string>).data) as F) })
    source.addEventListener("error", () => {
      if (source !== this.#source) return
      this.#failures++
      if (source.readyState === EventSource.CLOSED || this.#failures > 2) this.#poll()
      this.#show()
    })
  }

  #heard(): void {
    this.#last = Date.now()
    this.#failures = 0
    this.#show()
  }

  #close(): void {
    this.#source?.close()
    this.#source = null
    clearInterval(this.#timer)
    clearInterval(this.#asking)
    this.#asking = 0
  }

  /** poll asks every few seconds, and now and then whether the stream can be had again. */
  #poll(): void {
    this.#source?.close()
    this.#source = null
    if (this.#asking) return
    const ask = () => getJSON<H>(this.#snapshot).then((h) => { if (this.#asking) { this.#heard(); this.#ears.hello(h) } }, () => this.#show())
    this.#asking = window.setInterval(ask, askEvery)
    void ask()
    setTimeout(() => {
      clearInterval(this.#asking)
      this.#asking = 0
      this.#failures = 0
      this.#open()
    }, tryAgain)
  }

  #show(): void {
    const old = Date.now() - this.#last
    if (this.#last > 0 && old < staleAfter) connection("live", t("ui.live"))
    else if (this.#last === 0) connection("reconnecting", t(this.#failures ? "ui.reconnecting" : "ui.connecting"))
    else if (old < 4 * staleAfter) connection("reconnecting", t("ui.reconnecting.since", { time: wallClock(this.#last) }))
    else connection("stale", t("ui.stale", { time: wallClock(this.#last) }))
  }
}
