// What every page has: theme without a reload, shortcuts, copying.
import { $, $$, notice, root, t, texts } from "./dom"

root.classList.add("js")

// --- theme

const changed = () => document.dispatchEvent(new Event("sealab:theme"))
const next: Record<string, string> = { light: "auto", auto: "dark", dark: "light" }

function theme(): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed)
  const form = $<HTMLFormElement>("form.theme")
  const button = form && $<HTMLButtonElement>("[data-act=theme]", form)
  form?.addEventListener("submit", (e) => {
    e.preventDefault()
    const chosen = button?.value || next[root.dataset.theme ?? "auto"]
    root.dataset.theme = chosen
    document.cookie = `theme=${chosen}; path=/; max-age=${365 * 86400}; samesite=lax`
    $('meta[name="color-scheme"]')?.setAttribute("content", chosen === "auto" ? "light dark" : chosen)
    if (button) button.value = next[chosen]
    changed()
    notice(t(`ui.theme.${chosen}`))
  })
}

// --- copying

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    notice(t("ui.copied"))
  } catch { // no right to, or not a secure page: the old way still works there
    const box = document.createElement("textarea")
    box.value = text
    box.className = "sr"
    document.body.append(box)
    box.select()
    const ok = document.execCommand("copy")
    box.remove()
    notice(t(ok ? "ui.copied" : "ui.copy.failed"))
  }
}

document.addEventListener("click", (e) => {
  const b = (e.target as Element).closest<HTMLElement>("[data-copy],[data-copy-link]")
  if (!b) return
  e.preventDefault()
  void copy(b.dataset.copy ? $(b.dataset.copy)?.textContent?.trim() ?? "" : location.href.split("#")[0] + (b.dataset.copyLink || location.hash))
})

// --- shortcuts

const goes: Record<string, string> = { l: "/", e: "/experiments", r: "/runs", u: "/usecases", m: "/lab/mqtt", h: "/help" }
export const off = () => localStorage.getItem("keys") === "off"
let afterG = 0

function shortcuts(e: KeyboardEvent): void {
  if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || off()) return
  const at = e.target as HTMLElement
  if (at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName) && !/^(checkbox|radio|range|button)$/.test((at as HTMLInputElement).type)) return
  if (Date.now() - afterG < 1200 && goes[e.key]) {
    location.assign(goes[e.key])
    return e.preventDefault()
  }
  afterG = 0
  switch (e.key) {
    case "g": afterG = Date.now(); return
    case "/": $<HTMLInputElement>("#search")?.focus(); break
    case "?": location.assign("/help#keys"); break
    case "j": rows(1); break
    case "k": rows(-1); break
    case "c": $<HTMLElement>("[data-compare]")?.click(); return
    default: return
  }
  e.preventDefault()
}

/** rows moves the focus through the main list of the page. */
function rows(step: number): void {
  const all = $$<HTMLElement>("#alarms > li:not([hidden]) a, #runs-table tbody a, .runlist a.runline-name, .eventlist button, #findings tbody a")
    .filter((a) => a.offsetParent !== null)
  if (all.length === 0) return
  const now = all.indexOf(document.activeElement as HTMLElement)
  all[now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step))].focus()
}

/** wide tables and charts are scrolled; for that to be done by keyboard they take the focus. */
function wide(): void {
  for (const box of $$(".scroll, .chartbox")) {
    box.setAttribute("role", "group")
    box.ariaLabel = $("caption, title", box)?.textContent ?? null
    new ResizeObserver(() => { box.tabIndex = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1 ? 0 : -1 }).observe(box)
  }
}

document.addEventListener("keydown", shortcuts)
theme()
wide()
void texts()
