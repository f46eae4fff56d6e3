// Where everything is at a moment, computed here from the plan that the hub sends once.
import { WORLD, xOf, yOf } from "./mercator"

export interface Vehicle { id: string; kind: "vessel" | "train" | "truck" | "place"; name: string; path: number[]; times: number[] }
export interface Box { c: string; s: string; from: string; to: string; on: [number, number, number][]; dx: number; dy: number }
export interface Place { id: string; name: string; lat: number; lon: number }
export interface Plan {
  v: number; run: string; scenario: string; start: number; end: number
  vehicles: Vehicle[]; containers: Box[]; places: Place[]
}

/** Override is what was observed of a container, which goes before the plan; without a place (NaN) it is silence alone. */
export interface Override { x: number; y: number; lost: boolean }

export const NONE = 0, SEA = 1, LAND = 2

/** Motion is a plan made ready for asking sixty times a second. */
export class Motion {
  readonly n: number
  readonly start: number
  readonly end: number
  /** Where each container is, in the map's plane; state says whether it is anywhere and on what. */
  readonly x: Float64Array
  readonly y: Float64Array
  readonly state: Uint8Array
  /** The vehicle each container is on (-1: none), its rank among those aboard, and how many are aboard. */
  readonly on: Int32Array
  readonly rank: Int32Array
  readonly aboard: Int32Array
  readonly vx: Float64Array
  readonly vy: Float64Array
  sea = 0
  land = 0
  readonly index = new Map<string, number>()

  readonly #pathX: Float32Array
  readonly #pathY: Float32Array
  readonly #pathT: Float64Array
  readonly #pathFrom: Int32Array
  readonly #pathNow: Int32Array
  readonly #seen: Float64Array // when each vehicle was last placed
  readonly #atSea: Uint8Array
  readonly #legOn: Int32Array
  readonly #legStart: Float64Array
  readonly #legEnd: Float64Array
  readonly #legFrom: Int32Array
  readonly #legNow: Int32Array
  readonly #dx: Float64Array
  readonly #dy: Float64Array

  constructor(readonly plan: Plan) {
    const { vehicles, containers } = plan
    this.n = containers.length
    this.start = plan.start
    this.end = plan.end

    const points = vehicles.reduce((sum, v) => sum + v.times.length, 0)
    this.#pathX = new Float32Array(points)
    this.#pathY = new Float32Array(points)
    this.#pathT = new Float64Array(points)
    this.#pathFrom = new Int32Array(vehicles.length + 1)
    this.#pathNow = new Int32Array(vehicles.length)
    this.#seen = new Float64Array(vehicles.length).fill(NaN)
    this.#atSea = new Uint8Array(vehicles.length)
    this.vx = new Float64Array(vehicles.length)
    this.vy = new Float64Array(vehicles.length)
    this.aboard = new Int32Array(vehicles.length)
    let p = 0
    vehicles.forEach((v, i) => {
      this.#pathFrom[i] = this.#pathNow[i] = p
      this.#atSea[i] = v.kind === "vessel" ? 1 : 0
      for (let k = 0; k < v.times.length; k++, p++) {
        this.#pathX[p] = xOf(v.path[2 * k] / 1e4)
        this.#pathY[p] = yOf(v.path[2 * k + 1] / 1e4)
        this.#pathT[p] = v.times[k]
      }
    })
    this.#pathFrom[vehicles.length] = p

    const legs = containers.reduce((sum, c) => sum + c.on.length, 0)
    this.#legOn = new Int32Array(legs)
    this.#legStart = new Float64Array(legs)
    this.#legEnd = new Float64Array(legs)
    this.#legFrom = new Int32Array(this.n + 1)
    this.#legNow = new Int32Array(this.n)
    this.#dx = new Float64Array(this.n)
    this.#dy = new Float64Array(this.n)
    this.x = new Float64Array(this.n)
    this.y = new Float64Array(this.n)
    this.state = new Uint8Array(this.n)
    this.on = new Int32Array(this.n).fill(-1)
    this.rank = new Int32Array(this.n)
    let l = 0
    containers.forEach((c, i) => {
      this.index.set(c.c, i)
      this.#legFrom[i] = this.#legNow[i] = l
      this.#dx[i] = (c.dx ?? 0) * 1e-4 * (WORLD / 360)
      this.#dy[i] = -(c.dy ?? 0) * 1e-4 * (WORLD / 360)
      for (const [vehicle, from, to] of c.on) {
        this.#legOn[l] = vehicle
        this.#legStart[l] = from
        this.#legEnd[l++] = to
      }
    })
    this.#legFrom[this.n] = l
  }

  /** place computes everything for the virtual time t (ms since 1970). */
  place(t: number): void {
    const at = t - this.start
    this.aboard.fill(0)
    this.sea = this.land = 0
    for (let i = 0; i < this.n; i++) {
      const leg = this.#leg(i, at)
      if (leg < 0) {
        this.state[i] = NONE
        this.on[i] = -1
        continue
      }
      const v = this.#legOn[leg]
      // Between two legs a box waits where the last one ended.
      if (at > this.#legEnd[leg]) this.#restAt(i, v, this.#legEnd[leg])
      else {
        if (this.#seen[v] !== at) this.#move(v, at)
        this.x[i] = this.vx[v] + this.#dx[i]
        this.y[i] = this.vy[v] + this.#dy[i]
      }
      this.on[i] = v
      this.rank[i] = this.aboard[v]++
      if (this.#atSea[v]) { this.state[i] = SEA; this.sea++ }
      else { this.state[i] = LAND; this.land++ }
    }
  }

  /** leg is the last leg of container i that has begun, or -1 before its way and after it. */
  #leg(i: number, at: number): number {
    const from = this.#legFrom[i], to = this.#legFrom[i + 1]
    if (from === to || at < this.#legStart[from] || at > this.#legEnd[to - 1]) return -1
    let k = this.#legNow[i]
    while (k > from && at < this.#legStart[k]) k--
    while (k + 1 < to && at >= this.#legStart[k + 1]) k++
    this.#legNow[i] = k
    return k
  }

  #restAt(i: number, v: number, at: number): void {
    this.#move(v, at)
    this.x[i] = this.vx[v] + this.#dx[i]
    this.y[i] = this.vy[v] + this.#dy[i]
    this.#seen[v] = NaN
  }

  #move(v: number, at: number): void {
    const k = this.#segment(v, at)
    this.#seen[v] = at
    if (k + 1 >= this.#pathFrom[v + 1] || at <= this.#pathT[k]) {
      this.vx[v] = this.#pathX[k]
      this.vy[v] = this.#pathY[k]
      return
    }
    const share = (at - this.#pathT[k]) / (this.#pathT[k + 1] - this.#pathT[k])
    this.vx[v] = this.#pathX[k] + share * (this.#pathX[k + 1] - this.#pathX[k])
    this.vy[v] = this.#pathY[k] + share * (this.#pathY[k + 1] - this.#pathY[k])
  }

  /** segment is the last point of a vehicle's way that it has passed; the first before that. */
  #segment(v: number, at: number): number {
    const from = this.#pathFrom[v], last = this.#pathFrom[v + 1] - 1
    let k = this.#pathNow[v]
    while (k > from && at < this.#pathT[k]) k--
    while (k < last && at >= this.#pathT[k + 1]) k++
    this.#pathNow[v] = k
    return k
  }

  /** where one container is at a time that need not be the one shown; null where it is nowhere. */
  where(i: number, t: number): { x: number; y: number; sea: boolean } | null {
    const at = t - this.start
    const leg = this.#leg(i, at)
    if (leg < 0) return null
    const v = this.#legOn[leg]
    const keep: [number, number, number] = [this.vx[v], this.vy[v], this.#seen[v]]
    this.#move(v, Math.min(at, this.#legEnd[leg]))
    const out = { x: this.vx[v] + this.#dx[i], y: this.vy[v] + this.#dy[i], sea: this.#atSea[v] === 1 }
    ;[this.vx[v], this.vy[v], this.#seen[v]] = keep
    return out
  }

  /** track is the planned way of a container: points with their times (ms since 1970). */
  track(i: number): { x: number[]; y: number[]; t: number[] } {
    const out = { x: [] as number[], y: [] as number[], t: [] as number[] }
    const put = (x: number, y: number, t: number) => { out.x.push(x); out.y.push(y); out.t.push(t + this.start) }
    for (let l = this.#legFrom[i]; l < this.#legFrom[i + 1]; l++) {
      const v = this.#legOn[l], from = this.#legStart[l], to = this.#legEnd[l]
      const a = this.where(i, this.start + from), b = this.where(i, this.start + to)
      if (a) put(a.x, a.y, from)
      for (let k = this.#pathFrom[v]; k < this.#pathFrom[v + 1]; k++) {
        if (this.#pathT[k] > from && this.#pathT[k] < to) put(this.#pathX[k], this.#pathY[k], this.#pathT[k])
      }
      if (b) put(b.x, b.y, to)
    }
    return out
  }

  /** arrival is when a container's way ends. */
  arrival(i: number): number {
    const to = this.#legFrom[i + 1]
    return to > this.#legFrom[i] ? this.start + this.#legEnd[to - 1] : NaN
  }

  vehicleOf(i: number): Vehicle | undefined { return this.on[i] < 0 ? undefined : this.plan.vehicles[this.on[i]] }

  /** lanes hands out the ways of all vehicles, the parts that several share once only. */
  lanes(draw: (sea: boolean, x0: number, y0: number, x1: number, y1: number) => void): void {
    const seen = new Set<number>()
    for (let v = 0; v < this.#atSea.length && seen.size < 60000; v++) {
      for (let k = this.#pathFrom[v]; k + 1 < this.#pathFrom[v + 1]; k++) {
        const x0 = this.#pathX[k], y0 = this.#pathY[k], x1 = this.#pathX[k + 1], y1 = this.#pathY[k + 1]
        const key = x0 * 7919.3 + y0 * 104729.7 + x1 * 7919.3 + y1 * 104729.7 // the same in both directions
        if ((x0 === x1 && y0 === y1) || seen.has(key)) continue
        seen.add(key)
        draw(this.#atSea[v] === 1, x0, y0, x1, y1)
      }
    }
  }

  /** bounds of all ways, in the map's plane. */
  bounds(): { x0: number; y0: number; x1: number; y1: number } | null {
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
    for (let k = 0; k < this.#pathX.length; k++) {
      x0 = Math.min(x0, this.#pathX[k]); x1 = Math.max(x1, this.#pathX[k])
      y0 = Math.min(y0, this.#pathY[k]); y1 = Math.max(y1, this.#pathY[k])
    }
    return x0 <= x1 ? { x0, y0, x1, y1 } : null
  }
}
