// Virtual time as a function of the wall's, between one word of the hub and the next.

const jump = 3 // s of wall time: more than that is not smoothed away

/** Clock runs from a base; what the hub says of the time is taken in without a visible leap. */
export class Clock {
  speed = 1
  playing = false
  #at = 0
  #since = 0

  readonly #wall: () => number

  constructor(wall: () => number = () => performance.now()) {
    this.#wall = wall
  }

  now(): number { return this.playing ? this.#at + (this.#wall() - this.#since) * this.speed : this.#at }

  set(at: number, change: { speed?: number; playing?: boolean } = {}): void {
    this.#at = at
    this.#since = this.#wall()
    this.speed = change.speed ?? this.speed
    this.playing = change.playing ?? this.playing
  }

  /** run changes how the clock goes from here on. */
  run(change: { speed?: number; playing?: boolean }): void { this.set(this.now(), change) }

  /** hear takes in the hub's time. Small differences, which are the network's, are worked off a part at a time. */
  hear(t: number, speed: number, playing: boolean): void {
    const off = t - this.now()
    const steady = playing === this.playing && speed === this.speed
    this.set(steady && playing && Math.abs(off) < jump * 1000 * speed ? this.now() + off * 0.2 : t, { speed, playing })
  }
}
