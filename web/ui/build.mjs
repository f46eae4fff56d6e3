// Bundles the islands, the land and the face into ../dist, each under a name that changes with its content, and writes
// manifest.json last: where it is there, everything it names is there too. With --tests it bundles the tests for node.
import { createHash } from "node:crypto"
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { dirname, extname, basename, join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"
import { build } from "esbuild"
import { land } from "./land.mjs"

const here = dirname(fileURLToPath(import.meta.url))
const dist = join(here, "..", "dist")
const find = (file) => join(here, "node_modules", file)
// One script a page; each takes in what every page needs (base). Pages without one of their own have base.js alone.
// detail.js is fetched when somebody selects something on a map, going.js where a run is playing beside it.
const entries = ["base", "live", "run", "container", "runs", "compare", "lab", "play", "lesson", "browse", "submit", "detail", "going"]
const scriptBudget = 15000 // bytes of script a page, compressed

const common = { bundle: true, format: "esm", target: ["es2022"], charset: "utf8", logLevel: "warning", legalComments: "none" }

if (process.argv.includes("--tests")) {
  const out = join(here, ".tests")
  rmSync(out, { recursive: true, force: true })
  const tests = readdirSync(join(here, "test")).filter((f) => f.endsWith(".test.ts")).map((f) => join(here, "test", f))
  await build({ ...common, entryPoints: tests, outdir: out, platform: "node", outExtension: { ".js": ".mjs" },
    external: ["@citation-js/*"] }) // it asks node for its modules while it runs
} else {
  await front()
}

async function front() {
  mkdirSync(dist, { recursive: true })
  for (const f of readdirSync(dist)) if (f !== ".gitkeep") rmSync(join(dist, f), { recursive: true })
  const manifest = {}
  const put = (name, bytes) => {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12)
    const ext = extname(name)
    manifest[name] = `${basename(name, ext)}-${hash}${ext}`
    writeFileSync(join(dist, manifest[name]), bytes)
    return gzipSync(bytes, { level: 9 }).length
  }

  const sizes = {}
  const done = await build({ ...common, entryPoints: entries.map((e) => join(here, "src", e + ".ts")), minify: true,
    write: false, outdir: dist })
  for (const f of done.outputFiles) sizes[basename(f.path)] = put(basename(f.path), f.contents)
  // The lab's MQTT client is large and wanted by few: it is fetched when someone presses "connect".
  sizes["mqtt.js"] = put("mqtt.js", readFileSync(find("mqtt/dist/mqtt.esm.js")))

  for (const scale of ["110", "50"]) sizes[`land-${scale}.bin`] = put(`land-${scale}.bin`, land(find(`world-atlas/land-${scale}m.json`)))

  const face = readFileSync(find("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2"))
  put("inter.woff2", face)
  put("fonts.css", Buffer.from(`@font-face{font-family:"Inter Variable";font-style:normal;font-display:swap;font-weight:100 900;` +
    `src:url(${manifest["inter.woff2"]}) format("woff2");unicode-range:U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,` +
    `U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD}\n`))
  writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n")

  for (const [name, gz] of Object.entries(sizes)) console.log(`${String(gz).padStart(8)} B gz  ${name}`)
  for (const e of entries) {
    if (sizes[e + ".js"] > scriptBudget) throw new Error(`${e}.js: ${sizes[e + ".js"]} B, compressed; allowed are ${scriptBudget}`)
  }
}
