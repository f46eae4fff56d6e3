// What a map needs once somebody selects a container: its card and its way. Fetched only then.
export { Card } from "./card"
export { drawPlanned } from "./ways"
