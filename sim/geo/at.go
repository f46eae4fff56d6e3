// Where along a path: position, mode and distance off shore at a distance travelled, in a few nanoseconds.

package geo

// At is the place at this distance along the path, in degrees, on the straight line between the two nearest points;
// longitude is unwrapped as in Point.
func (p *Path) At(distM float64, cursor *int) (lat, lon float64) {
	a, b, share := p.between(distM, cursor)
	return a.Lat + float64(share*(b.Lat-a.Lat)), a.Lon + float64(share*(b.Lon-a.Lon))
}

// OffshoreNM is the distance to the nearest land in nautical miles, at most MaxOffshoreNM; 0 on land.
func (p *Path) OffshoreNM(distM float64, cursor *int) float64 {
	a, b, share := p.between(distM, cursor)
	if !Water.Has(a.Mode) {
		return 0
	}
	return a.OffshoreNM + float64(share*(b.OffshoreNM-a.OffshoreNM))
}

// ModeAt is the way of travel at this distance; at a node, that of the piece that begins there.
func (p *Path) ModeAt(distM float64, cursor *int) Mode {
	a, _, _ := p.between(distM, cursor)
	return a.Mode
}

// between finds the piece that holds this distance, and the share of it that lies behind.
func (p *Path) between(distM float64, cursor *int) (a, b *Point, share float64) {
	i := *cursor
	if i < 0 || i > len(p.points)-2 || !(p.points[i].DistM <= distM) || !(distM < p.points[i+1].DistM) {
		i = p.seek(distM, i)
		*cursor = i
	}
	a, b = &p.points[i], &p.points[i+1]
	share = (distM - a.DistM) / (b.DistM - a.DistM)
	if !(share > 0) {
		return a, b, 0
	}
	return a, b, min(share, 1)
}

// seek is the number of the piece that holds this distance: a few steps on from the cursor if that will do, else by
// halving. Before the start it is the first piece, beyond the end the last.
func (p *Path) seek(distM float64, cursor int) int {
	low, high := 0, len(p.points)-2
	if cursor >= 0 && cursor < high && p.points[cursor].DistM <= distM {
		for low = cursor; low < min(cursor+4, high); low++ {
			if distM < p.points[low+1].DistM {
				return low
			}
		}
	}
	for low < high {
		middle := (low + high + 1) / 2
		if p.points[middle].DistM <= distM {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low
}
