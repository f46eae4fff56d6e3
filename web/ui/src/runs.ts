// The runs page: filters and choices that send themselves, ticks that a link can carry, bars that move.
import "./common"
import { $, $$, address, getJSON, notice, query, t, texts } from "./dom"

const most = 20 // runs that one comparison takes

function forms(): void {
  $<HTMLFormElement>("form[data-auto]")?.addEventListener("change", (e) => {
    if ((e.target as Element).matches("select")) (e.currentTarget as HTMLFormElement).requestSubmit()
  })
  for (const choice of $$<HTMLSelectElement>("[data-choose]")) {
    choice.addEventListener("change", () => {
      const step = choice.form && $<HTMLButtonElement>("button[name=step][value=choose]", choice.form)
      if (step) choice.form?.requestSubmit(step)
    })
  }
  $("#summary")?.focus()
}

/** picks keeps the ticked runs in the address, so that the choice survives sorting, filtering and a copied link. */
function picks(): void {
  const form = $<HTMLFormElement>("#pick")
  if (!form) return
  const boxes = $$<HTMLInputElement>("input[name=runs]", form)
  const go = $<HTMLButtonElement>("[data-compare]", form)
  const said = go?.textContent ?? ""
  const chosen = new Set(query("pick").split(",").filter(Boolean))
  for (const b of boxes) b.checked = chosen.has(b.value)
  const show = () => {
    if (go) go.textContent = chosen.size > 1 ? t("ui.compare", { n: chosen.size }) : said
    form.classList.toggle("picked", chosen.size > 1)
    for (const b of boxes) b.closest("tr")?.classList.toggle("picked", b.checked)
  }
  form.addEventListener("change", (e) => {
    const b = e.target as HTMLInputElement
    if (b.name !== "runs") return
    if (b.checked && chosen.size >= most) { b.checked = false; notice(t("ui.compare.most", { n: most })); return }
    if (b.checked) chosen.add(b.value)
    else chosen.delete(b.value)
    address({ pick: [...chosen].join(",") }, "replace")
    show()
  })
  form.addEventListener("submit", (e) => {
    if (e.submitter?.hasAttribute("data-delete")) {
      if (boxes.some((b) => b.checked)) return
      e.preventDefault()
      notice(t("ui.delete.one"))
      return
    }
    e.preventDefault()
    if (chosen.size < 2) { notice(t("ui.compare.two")); return }
    location.assign(`/compare?runs=${[...chosen].join(",")}`)
  })
  show()
}

/** bars moves the bars of runs that are playing; when one ends, the page is asked for anew. */
function bars(): void {
  const going = $$<HTMLTableRowElement>("#runs-table tr[data-run]").filter((row) => $("progress", row) || $(".st-queued", row))
  if (going.length === 0) return
  setInterval(() => {
    if (document.hidden) return
    for (const row of going) {
      void getJSON<{ state: string; fraction: number }>(`/api/v1/runs/${row.dataset.run}`).then((r) => {
        const bar = $<HTMLProgressElement>("progress", row)
        if (bar) bar.value = r.fraction
        if (r.state !== "queued" && (r.state !== "running" || !bar)) location.reload()
      }, () => { /* asked again in a moment */ })
    }
  }, 1500)
}

void texts().then(() => { forms(); picks(); bars() })
