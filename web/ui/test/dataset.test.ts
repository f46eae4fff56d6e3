// Opens what datasets hold with readers that share nothing with the code that wrote it: Parquet with hyparquet, EPCIS
// with ajv. The repository keeps the files current: Go tests compare them with what is written today.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { gunzipSync } from "node:zlib"
import { Ajv2020 } from "ajv/dist/2020"
import formats from "ajv-formats"
import { parquetMetadata, parquetReadObjects } from "hyparquet"

const folder = "../../catalog/dataset/testdata/"
const lines = readFileSync(folder + "readings.ndjson", "utf8").trimEnd().split("\n").map((line) => JSON.parse(line))
const bytes = readFileSync(folder + "readings.parquet")
const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer

// flat gives a message the form of a row: a name for each path, times as dates, what is empty or absent as null.
function flat(line: any): Map<string, unknown> {
  const row = new Map<string, unknown>([["at", new Date(line.at)], ["n", line.n]])
  const put = (name: string, v: unknown) => {
    row.set(name, typeof v === "string" && /^\d{4}-\d\d-\d\dT/.test(v) ? new Date(v) : v)
  }
  for (const [key, v] of Object.entries<any>(line.message)) {
    if (typeof v !== "object" || v === null) put(key, v)
    else for (const [inner, w] of Object.entries(v)) put(`${key}_${inner}`, w)
  }
  return row
}

test("Parquet opens in another reader, with the stated rows and columns", () => {
  const about = parquetMetadata(file)
  assert.equal(Number(about.num_rows), lines.length)
  assert.equal(about.row_groups.reduce((n, g) => n + Number(g.num_rows), 0), lines.length)
  const columns = JSON.parse(about.key_value_metadata!.find((kv) => kv.key === "sealab.columns")!.value!)
  const names = about.schema.slice(1).map((c) => c.name)
  assert.deepEqual([...names].sort(), Object.keys(columns).sort())
  assert.equal(columns.env_tC.unit, "°C")
})

test("every cell of it is what the message says", async () => {
  const rows = await parquetReadObjects({ file, compressors: { GZIP: (input) => new Uint8Array(gunzipSync(input)) } })
  assert.equal(rows.length, lines.length)
  let cells = 0
  rows.forEach((row: any, i: number) => {
    const want = flat(lines[i])
    for (const [name, got] of Object.entries<any>(row)) {
      let v: any = want.get(name) ?? null
      if (v === "" && got === null) v = null // of a text that may be left out
      want.delete(name)
      assert.deepEqual(typeof got === "bigint" ? Number(got) : got ?? null, v, `row ${i}, ${name}`)
      cells++
    }
    const left = [...want].filter(([name, v]) => v !== null && name !== "v")
    assert.deepEqual(left, [], `row ${i} lacks what the message says`)
  })
  assert.ok(cells > 2000, `${cells} cells`)
})

test("the EPCIS document keeps to its published structure", () => {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv, { mode: "full" })
  const valid = ajv.compile(JSON.parse(readFileSync("../../sim/epcis/epcis.schema.json", "utf8")))
  const doc = JSON.parse(readFileSync("../../sim/epcis/testdata/document.json", "utf8"))
  assert.ok(valid(doc), JSON.stringify(valid.errors?.slice(0, 3)))
  const events = (doc: any) => doc.epcisBody.eventList
  for (const harm of [
    (doc: any) => { events(doc)[0].action = "SEE" },
    (doc: any) => { events(doc)[0].eventTime = "yesterday" },
    (doc: any) => { events(doc)[1].sensorElementList[0].sensorReport[0].exception = "ALARM" },
    (doc: any) => { events(doc)[1].epcList = ["SLBU0000074"] },
    (doc: any) => { delete events(doc)[2].eventID },
    (doc: any) => { delete doc["@context"] },
  ]) {
    const bad = structuredClone(doc)
    harm(bad)
    assert.ok(!valid(bad), harm.toString())
  }
})
