// A submission saves itself while it is written. What the hub cannot be told stays in this browser until it can, also
// over a reload; without a script every button of the form saves.
import "./common"
import { $, $$, say, t, texts } from "./dom"

const pause_ms = 1500 // after the last key
const again_ms = 5000 // after a try that failed

/** aside are fields that a button of the form sends, and no text of the draft. */
const aside = ["step", "answer", "drop"]

type Fields = Record<string, string[]>
/** Kept is what this browser holds: the text, and the text of the hub that it was written over. */
interface Kept { over: string; text: string }

function fieldsOf(form: HTMLFormElement): Fields {
  const fields: Fields = {}
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && !aside.includes(name)) (fields[name] ??= []).push(value)
  return fields
}

/** fill writes fields into the form; what they do not name becomes empty. */
function fill(form: HTMLFormElement, fields: Fields): void {
  for (const e of $$<HTMLInputElement>("input[name], textarea[name], select[name]", form)) {
    if (aside.includes(e.name)) continue
    const values = fields[e.name] ?? []
    if (e.type === "checkbox" || e.type === "radio") e.checked = values.includes(e.value)
    else e.value = values[0] ?? ""
  }
}

class Draft {
  readonly place: string // in the browser's store
  saved: string // what the hub has
  private timer = 0
  private leaving = false
  private going: Promise<boolean> | undefined
  private refused = false // the hub does not want it: asking again would not help

  constructor(readonly form: HTMLFormElement, readonly key: string, readonly step: string) {
    this.place = `sealab.draft.${key}.${step}`
    this.saved = this.text()
  }

  text(): string { return JSON.stringify(fieldsOf(this.form)) }

  /** tell says how it stands, for eyes and ears. */
  tell(state: string, key: string): void {
    const at = $("#saving", this.form)
    if (at) at.dataset.state = state
    say(at, t(key))
  }

  /** restore puts back what was written last and never reached the hub, unless the hub has another text since. */
  restore(): void {
    const raw = localStorage.getItem(this.place)
    if (!raw) return
    const kept = JSON.parse(raw) as Kept
    if (kept.over !== this.saved && kept.text !== this.saved) {
      const old = $("#draft-old", this.form)
      if (!old) return
      old.hidden = false
      $("button", old)?.addEventListener("click", () => { old.hidden = true; fill(this.form, JSON.parse(kept.text) as Fields); this.changed() })
      return
    }
    fill(this.form, JSON.parse(kept.text) as Fields)
    this.changed()
  }

  changed(): void {
    const text = this.text()
    clearTimeout(this.timer)
    if (text === this.saved) {
      localStorage.removeItem(this.place)
      return
    }
    localStorage.setItem(this.place, JSON.stringify({ over: this.saved, text } satisfies Kept))
    this.timer = window.setTimeout(() => void this.save(), pause_ms)
  }

  /** save tells the hub; false: it could not be told. One save runs at a time, so that an older text never comes last. */
  async save(): Promise<boolean> {
    while (this.going) await this.going
    if (this.text() === this.saved) return true
    this.going = this.put()
    const done = await this.going
    this.going = undefined
    if (!done && !this.refused) this.timer = window.setTimeout(() => void this.save(), again_ms)
    return done
  }

  private async put(): Promise<boolean> {
    const text = this.text()
    this.tell("busy", "ui.submit.saving")
    const res = await fetch(`/api/v1/submissions/${this.key}/part`, {
      method: "PUT", headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ step: this.step, fields: JSON.parse(text) as Fields }),
    }).catch(() => null)
    const body = await res?.json().catch(() => null) as { unread?: unknown[]; error?: { message?: string } } | null
    this.refused = !!res && res.status >= 400 && res.status < 500 && res.status !== 429
    if (!res?.ok) {
      this.tell("lost", "ui.submit.lost")
      const why = body?.error?.message
      if (why) say($("#saving", this.form), `${t("ui.submit.kept")} ${why}`)
      return false
    }
    this.saved = text
    if (this.text() === text) localStorage.removeItem(this.place)
    this.tell("done", body?.unread?.length ? "ui.submit.partly" : "ui.submit.saved")
    return true
  }

  /** leave lets a button of the form do its work once the hub has the text; while it is out of reach nothing is lost. */
  async leave(button: HTMLElement | null): Promise<void> {
    clearTimeout(this.timer)
    if (!await this.save()) return
    this.leaving = true
    this.form.requestSubmit(button)
  }

  start(): void {
    this.restore()
    this.form.addEventListener("input", () => this.changed())
    this.form.addEventListener("submit", (e) => {
      if (this.leaving || this.text() === this.saved) return
      e.preventDefault()
      void this.leave(e.submitter)
    })
    window.addEventListener("online", () => { clearTimeout(this.timer); void this.save() })
    this.form.dataset.ready = "true"
  }
}

const form = $<HTMLFormElement>("form[data-submission]")
const step = form ? $<HTMLInputElement>("input[name=step]", form)?.value : ""
if (form && step) {
  const draft = new Draft(form, form.dataset.submission?.split("/").pop() ?? "", step)
  void texts().then(() => draft.start())
}
