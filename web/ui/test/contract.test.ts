// Holds the published message contract against AsyncAPI's own schema, and its examples against its forms, with a
// validator (ajv) that shares nothing with the Go tests' one.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { Ajv } from "ajv"
import { Ajv2020 } from "ajv/dist/2020"
import formats from "ajv-formats"

const read = (file: string) => JSON.parse(readFileSync(file, "utf8"))
// The repository keeps this file current: a Go test compares it with what `sealab schema asyncapi` prints.
const contract = read("../../sim/contract/testdata/asyncapi.json")
const clone = () => structuredClone(contract)

test("the contract is an AsyncAPI 3.0 document by AsyncAPI's own schema", () => {
  // That schema brings draft 7's along, so ajv must not know it already.
  const ajv = new Ajv({ strict: false, meta: false, validateSchema: false })
  formats.default(ajv)
  const valid = ajv.compile(read("node_modules/@asyncapi/specs/schemas/3.0.0.json"))
  assert.ok(valid(contract), JSON.stringify(valid.errors?.slice(0, 3)))
  const broken: ((doc: any) => void)[] = [
    (doc) => { doc.channels.state.address = 5 },
    (doc) => { doc.operations.hearState.action = "shout" },
    (doc) => { doc.operations.hearState.bindings.mqtt.qos = 3 },
    (doc) => { delete doc.info.version },
    (doc) => { doc.asyncapi = "2.0.0" },
  ]
  for (const harm of broken) {
    const doc = clone()
    harm(doc)
    assert.ok(!valid(doc), harm.toString())
  }
})

test("every reference of the contract leads somewhere", () => {
  const look = (at: any): void => {
    if (Array.isArray(at)) return at.forEach(look)
    if (typeof at !== "object" || at === null) return
    if (typeof at.$ref === "string") {
      const there = at.$ref.slice(2).split("/").reduce((v: any, key: string) => v?.[key], contract)
      assert.ok(there, at.$ref)
    }
    Object.values(at).forEach(look)
  }
  look(contract)
})

test("each message's example keeps to its form by JSON Schema 2020-12, and harm to it is seen", () => {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  ajv.addSchema(clone(), "contract")
  for (const [name, message] of Object.entries<any>(contract.components.messages)) {
    const valid = ajv.compile({ $ref: `contract#/components/messages/${name}/payload` })
    for (const { payload } of message.examples) {
      assert.ok(valid(payload), `${name}: ${JSON.stringify(valid.errors?.slice(0, 3))}`)
      const first = Array.isArray(payload) ? payload[0] : payload
      for (const key of Object.keys(first).filter((k) => first[k] !== null && first[k] !== "" && k !== "v")) {
        const harmed = structuredClone(payload)
        ;(Array.isArray(harmed) ? harmed[0] : harmed)[key] = [[]] // of no field's type
        assert.ok(!valid(harmed), `${name} takes anything as ${key}`)
      }
    }
  }
})
