// Holds what the catalogue gives out against readers and validators of another make: the published JSON Schemas with ajv
// (2020-12, formats asserted), YAML with js-yaml, BibTeX and CSL-JSON with Citation.js, CITATION.cff with the schema that
// is published for it (1.2.0, in cffjs). A hub of its own has all shipped use cases, and the corpus of hostile texts as
// the odd ones.
import assert from "node:assert/strict"
import { execFileSync, spawn } from "node:child_process"
import { createHash } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { get } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { Ajv2020 } from "ajv/dist/2020"
import formats from "ajv-formats"
import { Cite } from "@citation-js/core"
import "@citation-js/plugin-bibtex"
import "@citation-js/plugin-csl"
import { readCFF, validateCFF } from "cffjs"
import yaml from "js-yaml"

const root = "../.."
const dir = mkdtempSync(join(tmpdir(), "sealab-exports-"))
after(() => rmSync(dir, { recursive: true, force: true }))
const program = join(dir, "sealab")
execFileSync("go", ["build", "-o", program, "./cmd/sealab"], { cwd: root, stdio: "inherit" })
const sealab = (...args: string[]) => execFileSync(program, args, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] })

const ajv = new Ajv2020({ strict: false, allErrors: true })
formats.default(ajv)
const schemaOf = (name: string) => ajv.compile(JSON.parse(sealab("schema", name)))
const usecase = schemaOf("usecase"), listed = schemaOf("listed_usecase")
const fits = (valid: any, what: any, name: string) => assert.ok(valid(what), `${name}: ${JSON.stringify(valid.errors?.slice(0, 3))}`)

// odd makes an entry of one hostile text: braces, quotes, ampersands, accents, long titles, other scripts.
const tricks: { name: string; text: string }[] = JSON.parse(readFileSync(root + "/web/testdata/hostile/texts.json", "utf8"))
const form = readFileSync(root + "/web/testdata/hostile/entry.json", "utf8")
const blanks = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u // of Unicode; those of JavaScript are others
const oneLine = (text: string) => text.split(blanks).filter((w) => w).join(" ")
function odd(text: string, i: number): any {
  const cut = (t: string, most: number) => JSON.stringify([...t].slice(0, most).join("").trim()).slice(1, -1)
  const words: Record<string, string> = { TITLE: cut(text, 120), TEXT: cut(text, 160), LINE: cut(oneLine(text), 120), BRIEF: cut(oneLine(text), 80), SHORT: cut(oneLine(text), 16) }
  const entry = JSON.parse(form.replace(/TITLE|TEXT|LINE|BRIEF|SHORT/g, (name) => words[name]))
  entry.id = "odd-" + i
  if (i % 3 === 0) { // compiled ones need no country
    entry.origin = "compiled"
    delete entry.countries
  }
  return entry
}

// asStored is an entry's one form, of which the hash is.
const asStored = (entry: any) => JSON.stringify(entry).replace(/\u2028/g, "\\u2028").replace(/\u2029/g, "\\u2029")

function withOdd(archive: any): any {
  tricks.forEach(({ text }, i) => {
    const entry = odd(text, i), at = "2026-11-02T09:00:00.000Z"
    const sha256 = "sha256:" + createHash("sha256").update(asStored(entry)).digest("hex")
    archive.editions.push({ id: "e-odd-" + i, usecase: entry.id, version: 1, state: "published", curator: "", approver: "", reason: "", created: at, changed: at, published: at,
      sha256, history: [{ at, role: "hub", actor: "", act: "published", reason: "", content: sha256 }], entry })
  })
  return archive
}

const data = ["--data", join(dir, "data")]
sealab("catalog", "export", join(dir, "shipped.json"), ...data)
writeFileSync(join(dir, "odd.json"), JSON.stringify(withOdd(JSON.parse(readFileSync(join(dir, "shipped.json"), "utf8")))))
sealab("catalog", "import", join(dir, "odd.json"), ...data)

const hub = spawn(program, ["serve", "--addr", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--demo=off", ...data], { stdio: ["ignore", "pipe", "ignore"] })
after(() => hub.kill())
const port = await new Promise<number>((found, lost) => {
  let said = ""
  hub.stdout.on("data", (text) => {
    said += text
    const at = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said)
    if (at) found(Number(at[1]))
  })
  hub.on("exit", (code) => lost(new Error(`the hub ended with ${code}`)))
})

// ask asks the hub as whoever reaches it under a public name would, so that citations hold an address.
const ask = (path: string) => new Promise<string>((done, lost) => {
  get({ host: "127.0.0.1", port, path, headers: { Host: "hub.example.org" } }, (res) => {
    let text = ""
    res.setEncoding("utf8").on("data", (part) => (text += part)).on("end", () => (res.statusCode === 200 ? done(text) : lost(new Error(`${path}: ${res.statusCode} ${text}`))))
  }).on("error", lost)
})

const entries: any[] = JSON.parse(await ask("/api/v1/usecases.json"))
const shipped = entries.length - tricks.length

test("there are all shipped entries and the odd ones", () => assert.ok(shipped >= 41 && tricks.length > 100, `${shipped} and ${tricks.length}`))

test("every entry keeps to the published schema, and harm to it is seen", () => {
  for (const e of entries) fits(usecase, e, e.id)
  for (const harm of [(e: any) => { delete e.title }, (e: any) => { e.stage = "soon" }, (e: any) => { e.more = 1 }, (e: any) => { e.sources[0].url = "https://example.org/<b>" }]) {
    const harmed = structuredClone(entries.find((e) => e.sources))
    harm(harmed)
    assert.ok(!usecase(harmed), harm.toString())
  }
})

test("the YAML holds the same entries", async () => {
  const read: any = yaml.load(await ask("/api/v1/usecases.yaml"))
  assert.deepEqual(read, entries)
})

test("the lists of the command line keep to theirs, and so does the archive", () => {
  const list = JSON.parse(sealab("list", "usecases", "--json", ...data))
  assert.equal(list.length, entries.length)
  for (const e of list) fits(listed, e, e.id)
  sealab("catalog", "export", join(dir, "out.json"), ...data)
  for (const e of JSON.parse(readFileSync(join(dir, "out.json"), "utf8")).editions) fits(usecase, e.entry, e.usecase)
})

// shown is a text as it is cited: on one line, without what nobody sees.
const shown = (text: string) => oneLine(text.replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufeff]/g, ""))

for (const e of entries) {
  test(`${e.id} is cited so that others read it`, async () => {
    const [csl] = JSON.parse(await ask(`/usecases/${e.id}.csl.json`))
    assert.equal(csl.title, shown(e.title))
    assert.equal(csl.URL, `http://hub.example.org/usecases/${e.id}/v1`)
    const read = new Cite(await ask(`/usecases/${e.id}.bib`)).data
    assert.equal(read.length, 1)
    for (const field of ["id", "title", "abstract", "note", "version", "URL"]) assert.equal(read[0][field], csl[field], field)
    assert.deepEqual(read[0].author.map((a: any) => a.family ?? a.literal), csl.author.map((a: any) => a.literal))
    const file = join(dir, "CITATION.cff")
    writeFileSync(file, await ask(`/usecases/${e.id}.cff`))
    const cff: any = readCFF(file)
    validateCFF(cff)
    assert.equal(cff.title, csl.title)
    assert.equal(cff.abstract, csl.abstract)
  })
}
