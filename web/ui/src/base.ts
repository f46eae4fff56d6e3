// Pages without a script of their own; one of them, the help page, holds the switch of the shortcuts.
import { again } from "./again"
import { off } from "./common"
import { $, notice, t } from "./dom"

function keysSwitch(): void {
  const box = $<HTMLInputElement>("[data-keys-off]")
  if (!box) return
  box.checked = off()
  box.addEventListener("change", () => {
    if (box.checked) localStorage.setItem("keys", "off")
    else localStorage.removeItem("keys")
    notice(t(box.checked ? "ui.keys.off" : "ui.keys.on"))
  })
}

keysSwitch()
again()
