// MQTT's own way of naming topics: + is one level, # the rest.

/** matches says whether a topic fits a filter. No filter fits all; one without wildcards or slashes fits as a part. */
export function matches(filter: string, topic: string): boolean {
  if (filter === "" || filter === "#") return true
  if (!/[+#/]/.test(filter)) return topic.toLowerCase().includes(filter.toLowerCase())
  const want = filter.split("/"), have = topic.split("/")
  for (let i = 0; i < want.length; i++) {
    if (want[i] === "#") return true
    if (i >= have.length || (want[i] !== "+" && want[i] !== have[i])) return want.length === i + 1 && i < have.length && have[i].startsWith(want[i])
  }
  return want.length === have.length || filter.endsWith("/")
}
