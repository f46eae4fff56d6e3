// The little that every island needs of the page: elements, texts, built files, the address.

export const root = document.documentElement

export const $ = <T extends Element = HTMLElement>(selector: string, from: ParentNode = document): T | null =>
  from.querySelector<T>(selector)

export const $$ = <T extends Element = HTMLElement>(selector: string, from: ParentNode = document): T[] =>
  [...from.querySelectorAll<T>(selector)]

/** el makes an element with text. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, cls = "", text = ""): HTMLElementTagNameMap[K] {
  const e = document.createElement(tag)
  if (cls) e.className = cls
  if (text) e.textContent = text
  return e
}

/** say writes a text only where it differs, so that nothing is laid out or read aloud again for nothing. */
export function say(e: Element | null | undefined, text: string): void {
  if (e && e.textContent !== text) e.textContent = text
}

let words: Record<string, string> = {}
let fetching: Promise<void> | undefined

/** texts loads the language of the page; t shows keys until then. */
export function texts(): Promise<void> {
  fetching ??= getJSON<Record<string, string>>(root.dataset.texts ?? "").then((w) => { words = w }, () => {})
  return fetching
}

/** t gives the text of a key, with its {places} filled. */
export function t(key: string, fill?: Record<string, string | number>): string {
  const text = words[key] ?? key
  return fill ? text.replace(/\{(\w+)\}/g, (all, name: string) => String(fill[name] ?? all)) : text
}

let built: Record<string, string> | undefined

/** asset gives the address of a built file by its plain name. */
export function asset(name: string): string {
  built ??= JSON.parse(root.dataset.assets || "{}") as Record<string, string>
  return built[name] ?? ""
}

/** getJSON asks the hub; its refusals are errors whose message is made to be shown. */
export async function getJSON<T>(url: string, init?: RequestInit): Promise<T> {
  const res = await fetch(url, { headers: { Accept: "application/json" }, ...init })
  if (!res.ok) {
    const body = await res.json().catch(() => null) as { error?: { message?: string } } | null
    throw new Error(body?.error?.message ?? res.statusText)
  }
  return res.json() as Promise<T>
}

export const postJSON = <T>(url: string, body: unknown): Promise<T> => getJSON<T>(url, {
  method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "application/json" },
})

/** query reads a part of the address. */
export const query = (name: string): string => new URLSearchParams(location.search).get(name) ?? ""

/** address changes parts of the address; "" takes one away. A choice can be gone back on, a drag cannot. */
export function address(parts: Record<string, string>, how: "push" | "replace"): void {
  const url = new URL(location.href)
  for (const [name, value] of Object.entries(parts)) {
    if (value) url.searchParams.set(name, value)
    else url.searchParams.delete(name)
  }
  if (url.href === location.href) return
  if (how === "push") history.pushState(null, "", url)
  else history.replaceState(null, "", url)
}

/** calm is true where the visitor asked for less motion. */
export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches

export type Connection = "live" | "reconnecting" | "stale" | "off"

/** connection shows in the header how fresh the page is. */
export function connection(state: Connection, text: string): void {
  const e = $("#connection")
  if (!e) return
  if (e.dataset.state !== state) e.dataset.state = state
  say($("[data-field=text]", e) ?? e, text)
}

/** notice says something in a place that assistive technology reads out, and takes it away again. */
export function notice(text: string): void {
  let box = $("#notice")
  if (!box) {
    box = el("p", "toast")
    box.id = "notice"
    box.setAttribute("role", "status")
    document.body.append(box)
  }
  box.textContent = text
  box.classList.add("shown")
  clearTimeout(gone)
  gone = window.setTimeout(() => box.classList.remove("shown"), 2500)
}
let gone = 0
