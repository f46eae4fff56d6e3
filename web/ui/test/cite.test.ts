// Reads how use cases are cited with readers of another make: BibTeX and CSL-JSON with Citation.js, CITATION.cff by the
// schema that is published for it (in cffjs). Each must give back the same texts.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { Cite } from "@citation-js/core"
import "@citation-js/plugin-bibtex"
import "@citation-js/plugin-csl"
import { readCFF, validateCFF } from "cffjs"

// The repository keeps these files current: a Go test compares them with what is written.
const file = (name: string) => "../../catalog/usecase/testdata/" + name

for (const name of ["hard", "tradelens"]) {
  const csl = JSON.parse(readFileSync(file(name + ".csl.json"), "utf8"))[0]

  test(`BibTeX of ${name} gives the texts back`, () => {
    const read = new Cite(readFileSync(file(name + ".bib"), "utf8")).data
    assert.equal(read.length, 1)
    const [bib] = read
    for (const field of ["id", "title", "abstract", "note", "publisher", "version", "language", "URL"]) assert.equal(bib[field], csl[field], field)
    assert.deepEqual(bib.author.map((a: any) => a.family ?? a.literal), csl.author.map((a: any) => a.literal))
    assert.deepEqual(bib.issued["date-parts"][0], csl.issued["date-parts"][0].slice(0, 2))
  })

  test(`CITATION.cff of ${name} is valid by the published schema, and harm to it is seen`, () => {
    const cff: any = readCFF(file(name + ".cff"))
    validateCFF(cff)
    assert.equal(cff.title, csl.title)
    assert.equal(cff.abstract, csl.abstract)
    assert.equal(cff["preferred-citation"].notes, csl.note)
    assert.deepEqual(cff.authors, csl.author.map((a: any) => ({ name: a.literal })))
    for (const harm of [(d: any) => { delete d.authors }, (d: any) => { d.type = "report" }, (d: any) => { d.keywords = [] }, (d: any) => { d.identifiers[0].type = "urn" }, (d: any) => { d["preferred-citation"].month = 13 }]) {
      const harmed = structuredClone(cff)
      harm(harmed)
      assert.throws(() => validateCFF(harmed), harm.toString())
    }
  })

  test(`CSL-JSON of ${name} is set as a reference`, () => {
    const text: string = new Cite([csl]).format("bibliography", { format: "text", template: "apa" })
    assert.ok(text.includes("2026") && text.includes(csl.author[0].literal.slice(0, 6)) && text.includes(csl.title.slice(0, 5)), text)
  })
}
