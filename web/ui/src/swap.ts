// Links and forms inside [data-swap] change the page in place: what they lead to is fetched, the main part is put in its
// stead, and the address follows. Without a script they are ordinary links and forms.
import { $, $$, t, notice } from "./dom"

let asked = 0
let told: () => void = () => {}

async function go(url: URL, push: boolean): Promise<void> {
  const mine = ++asked
  const main = $("#main")
  main?.setAttribute("aria-busy", "true")
  const res = await fetch(url, { headers: { Accept: "text/html" } }).catch(() => null)
  if (mine !== asked) return // somebody asked for something else since
  main?.removeAttribute("aria-busy")
  const fresh = res && $("#main", new DOMParser().parseFromString(await res.text(), "text/html"))
  if (!res?.ok || !main || !fresh) {
    if (res && res.status >= 400 && res.status < 500) location.assign(url)
    else notice(t("ui.swap.failed"))
    return
  }
  const at = document.activeElement
  const was = at?.id ? `#${CSS.escape(at.id)}` : at?.getAttribute("href") ? `a[href="${CSS.escape(at.getAttribute("href") ?? "")}"]` : ""
  const open = $$<HTMLDetailsElement>("details[open]", main).map((d) => d.closest("[id]")?.id).filter(Boolean)
  main.replaceChildren(...fresh.childNodes)
  for (const id of open) $<HTMLDetailsElement>(`#${CSS.escape(id ?? "")} details`, main)?.setAttribute("open", "")
  if (push) history.pushState({ swap: true }, "", url)
  if (was) $(was, main)?.focus({ preventScroll: true })
  told()
}

function address(form: HTMLFormElement): URL {
  const url = new URL(form.action, location.href)
  const q = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value !== "") q.append(name, value)
  url.search = q.toString()
  return url
}

/** slide ties a slider over powers of ten to the field that holds the number. */
function slide(from: HTMLInputElement): void {
  const field = document.getElementById(from.dataset.log ?? "") as HTMLInputElement | null
  if (!field) return
  const now = Number(field.value)
  if (now > 0) from.value = String(Math.log10(now))
  from.addEventListener("input", () => { field.value = String(Number((10 ** Number(from.value)).toPrecision(2))) })
}

/** swap sets it going; after is called when the page has changed. */
export function swap(after: () => void): void {
  told = () => { for (const s of $$<HTMLInputElement>("input[data-log]")) slide(s); after() }
  document.addEventListener("click", (e) => {
    const a = (e.target as Element).closest<HTMLAnchorElement>("[data-swap] a[href]:not([data-leave])")
    if (!a || e.defaultPrevented || e.button !== 0 || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return
    e.preventDefault()
    void go(new URL(a.href), true)
  })
  document.addEventListener("submit", (e) => {
    const form = (e.target as Element).closest<HTMLFormElement>("form[data-swap]")
    if (!form || form.method !== "get") return
    e.preventDefault()
    void go(address(form), true)
  })
  document.addEventListener("change", (e) => {
    const at = e.target as HTMLInputElement
    const form = at.form // the field may stand outside of it
    if (!form?.matches("[data-swap]")) return
    if (at.matches("input[data-log]") || form.matches("[data-auto]") && at.matches("select, input[type=checkbox]")) form.requestSubmit()
  })
  addEventListener("popstate", () => { void go(new URL(location.href), false) })
  told()
}
