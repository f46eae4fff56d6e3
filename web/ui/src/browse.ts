// The catalogue: choices of the facets change the list in place.
import "./common"
import { texts } from "./dom"
import { swap } from "./swap"

void texts().then(() => { swap(() => {}) })
