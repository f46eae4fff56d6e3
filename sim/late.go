package sim

// This file is the binary heap of what is asked for while its own tick is open: few, so a heap is enough.

func (it *lateItem) before(o *lateItem) bool { return it.at < o.at || it.at == o.at && it.req < o.req }

func pushLate(h []lateItem, it lateItem) []lateItem {
	h = append(h, it)
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !it.before(&h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = it
	return h
}

func popLate(h []lateItem) (item, []lateItem) {
	top, last := h[0].item, h[len(h)-1]
	h = h[:len(h)-1]
	if len(h) == 0 {
		return top, h
	}
	i := 0
	for {
		down := 2*i + 1
		if down >= len(h) {
			break
		}
		if down+1 < len(h) && h[down+1].before(&h[down]) {
			down++
		}
		if !h[down].before(&last) {
			break
		}
		h[i] = h[down]
		i = down
	}
	h[i] = last
	return top, h
}
