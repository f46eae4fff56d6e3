// How fast a world is made, per reading: without detector or judge.
package worlds_test

import (
	"testing"

	"sealab/sim"
	"sealab/sim/worlds"
)

// BenchmarkWorld plays whole worlds of a thousand seals; an operation is one reading heard.
func BenchmarkWorld(b *testing.B) {
	for _, sc := range worlds.All {
		b.Run(sc.Name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for n < b.N {
				b.StopTimer()
				w, err := sim.New(sc, sim.Settings{"seals": 1000}, 7)
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				for batch := range w.Batches() {
					n += len(batch.Events)
					if n >= b.N {
						break
					}
				}
			}
		})
	}
}
