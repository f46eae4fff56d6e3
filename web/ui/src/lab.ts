// The MQTT lab: messages as they pass, by the hub's stream or, if one wants it, over MQTT from this browser.
import "./common"
import { $, address, asset, connection, el, notice, query, say, t, texts } from "./dom"
import { count, wallClock } from "./format"
import { matches } from "./topics"

interface Message { n: number; at: number; topic: string; qos: number; bytes: number; payload: string; retained?: boolean }

const most = 300
const drawEvery = 200 // ms

/** The part of mqtt.js that is used here; it is loaded only when someone connects. */
interface Client {
  on(event: "connect" | "close", f: () => void): void
  on(event: "error", f: (e: Error) => void): void
  on(event: "message", f: (topic: string, payload: Uint8Array, packet: { qos: number; retain: boolean }) => void): void
  subscribe(topic: string, opts: { qos: 0 | 1 }, done: (e: Error | null) => void): void
  end(force?: boolean): void
}

class Tail {
  #waiting: Message[] = []
  #paused = false
  #last = 0
  #source: EventSource | null = null
  #client: Client | null = null
  readonly #filter = $<HTMLInputElement>("#filter")
  readonly #template = $<HTMLTemplateElement>("#message-row")
  readonly #pauseButton = $<HTMLButtonElement>("[data-act=pause]")
  readonly #missed = el("p", "waiting-note")

  readonly #list: HTMLOListElement

  constructor(list: HTMLOListElement) {
    this.#list = list
    this.#missed.hidden = true
    list.before(this.#missed)
    for (const li of list.children) { const e = li as HTMLElement; e.dataset.topic = $("code", li)?.textContent ?? "" }
    if (this.#filter) {
      this.#filter.value = query("topic")
      this.#filter.addEventListener("input", () => { address({ topic: this.#filter!.value.trim() }, "replace"); this.#sift() })
    }
    this.#pauseButton?.addEventListener("click", () => this.#pause(!this.#paused))
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.#close(); else this.#open() })
    addEventListener("pagehide", () => this.#close())
    setInterval(() => this.#draw(), drawEvery)
    this.#sift()
    this.#open()
    this.#own()
  }

  #open(): void {
    if (this.#source || this.#client || document.hidden) return
    connection("reconnecting", t("ui.connecting"))
    this.#source = new EventSource(this.#list.dataset.messages ?? "")
    this.#source.addEventListener("open", () => connection("live", t("ui.live")))
    this.#source.addEventListener("messages", (e) => {
      connection("live", t("ui.live"))
      this.#take(JSON.parse((e as MessageEvent<string>).data) as Message[])
    })
    this.#source.addEventListener("error", () => {
      connection("reconnecting", t("ui.reconnecting"))
      if (this.#source?.readyState === EventSource.CLOSED) { this.#close(); setTimeout(() => this.#open(), 5000) }
    })
  }

  #close(): void {
    this.#source?.close()
    this.#source = null
  }

  #take(messages: Message[]): void {
    for (const m of messages) {
      if (m.n <= this.#last && !this.#client) continue
      this.#last = m.n
      this.#waiting.push(m)
    }
    if (this.#waiting.length > 5 * most) this.#waiting.splice(0, this.#waiting.length - 5 * most)
  }

  #pause(yes: boolean): void {
    this.#paused = yes
    this.#pauseButton?.setAttribute("aria-pressed", String(yes))
    say(this.#pauseButton, t(yes ? "ui.lab.go" : "mqtt.pause"))
    this.#draw()
  }

  #draw(): void {
    const fits = this.#waiting.filter((m) => this.#wants(m.topic)).length
    this.#missed.hidden = !this.#paused || fits === 0
    if (this.#paused) { say(this.#missed, t("ui.lab.waiting", { n: count(fits) })); return }
    if (this.#waiting.length === 0 || document.hidden) return
    $("[data-empty]")?.remove()
    const piece = document.createDocumentFragment()
    const hold = this.#list.scrollTop > 8 ? this.#list.scrollHeight : 0
    for (const m of this.#waiting.splice(0).slice(-most).reverse()) piece.append(this.#row(m))
    this.#list.prepend(piece)
    while (this.#list.children.length > most) this.#list.lastElementChild?.remove()
    if (hold && CSS.supports("overflow-anchor", "auto") === false) this.#list.scrollTop += this.#list.scrollHeight - hold
  }

  #row(m: Message): HTMLElement {
    const li = (this.#template?.content.firstElementChild?.cloneNode(true) ?? el("li")) as HTMLElement
    li.dataset.topic = m.topic
    li.hidden = !this.#wants(m.topic)
    const field = (name: string) => $(`[data-field=${name}]`, li)
    say(field("at"), wallClock(m.at))
    say(field("topic"), m.topic)
    say(field("meta"), t(m.retained ? "ui.lab.meta.retained" : "ui.lab.meta", { qos: m.qos, bytes: count(m.bytes) }))
    say(field("payload"), m.payload)
    return li
  }

  #wants(topic: string): boolean { return matches(this.#filter?.value.trim() ?? "", topic) }

  #sift(): void {
    for (const li of this.#list.children) { const e = li as HTMLElement; e.hidden = !this.#wants(e.dataset.topic ?? "") }
  }

  // --- over MQTT from here

  /** own adds the form that subscribes from this browser. */
  #own(): void {
    const place = $("[data-connect]") ?? $("#cmd-all")?.closest(".panel-body")
    if (!place || !asset("mqtt.js")) return
    const form = el("form", "connect")
    const label = el("label", "", t("ui.lab.topic"))
    const input = el("input")
    const field = el("div", "field")
    input.id = "connect-topic"
    label.htmlFor = input.id
    input.value = query("topic") || "sealab/v1/open/#"
    input.autocomplete = "off"
    input.spellcheck = false
    const go = el("button", "button", t("ui.lab.connect"))
    go.type = "submit"
    const line = el("p", "cmd")
    const code = el("code")
    code.id = "cmd-own"
    const copy = el("button", "link small", t("ui.lab.copy"))
    copy.type = "button"
    copy.dataset.copy = "#cmd-own"
    line.append(code, " ", copy)
    const port = /-p (\d+)/.exec($("#cmd-all")?.textContent ?? "")?.[1] ?? "1883"
    const show = () => say(code, `mosquitto_sub -h ${location.hostname} -p ${port} -t '${input.value.trim().replaceAll("'", "'\\''")}' -v`)
    input.addEventListener("input", show)
    show()
    field.append(input)
    form.append(label, field, go, line)
    form.addEventListener("submit", (e) => {
      e.preventDefault()
      if (this.#client) this.#disconnect(go)
      else void this.#connect(input.value.trim(), go)
    })
    place.append(form)
  }

  #disconnect(go: HTMLElement): void {
    this.#client?.end(true)
    this.#client = null
    say(go, t("ui.lab.connect"))
    this.#open()
  }

  async #connect(topic: string, go: HTMLElement): Promise<void> {
    go.setAttribute("aria-busy", "true")
    try {
      const lib = await import(/* @vite-ignore */ asset("mqtt.js")) as { connect?: Connect; default?: { connect: Connect } }
      const connect = lib.connect ?? lib.default?.connect
      if (!connect) throw new Error("mqtt.js")
      this.#close()
      const client = this.#client = connect(`${location.origin.replace(/^http/, "ws")}${this.#list.dataset.ws ?? "/mqtt"}`,
        { reconnectPeriod: 3000, connectTimeout: 5000, clean: true, timerVariant: "native" }) // a worker made of a blob is forbidden here
      client.on("connect", () => {
        client.subscribe(topic || "#", { qos: 1 }, (e) => { if (e) notice(e.message) })
        connection("live", t("ui.lab.connected"))
        say(go, t("ui.lab.disconnect"))
      })
      client.on("close", () => { if (this.#client === client) connection("reconnecting", t("ui.reconnecting")) })
      client.on("error", (e) => notice(t("ui.lab.failed", { why: e.message })))
      const words = new TextDecoder()
      client.on("message", (name, payload, packet) => {
        this.#take([{ n: ++this.#last, at: Date.now(), topic: name, qos: packet.qos, bytes: payload.length,
          payload: words.decode(payload.slice(0, 2000)), retained: packet.retain }])
      })
    } catch (e) {
      this.#client = null
      notice(t("ui.lab.failed", { why: e instanceof Error ? e.message : "" }))
      this.#open()
    } finally {
      go.removeAttribute("aria-busy")
    }
  }
}
type Connect = (url: string, opts: Record<string, unknown>) => Client

const list = $<HTMLOListElement>("#tail")
void texts().then(() => { if (list) new Tail(list) })
