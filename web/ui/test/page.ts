// The least of a page that the modules under test ask for when they are loaded.
Object.assign(globalThis, { document: { documentElement: { lang: "en", dataset: {} } } })
