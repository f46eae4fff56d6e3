// A small memory of what was made last, for things that cost time to make and never change: a stored run, its plan,
// the packed form of an answer.

package web

import (
	"container/list"
	"sync"
)

// recent keeps the values that were used last, up to a total weight.
type recent[V any] struct {
	most int

	mu    sync.Mutex
	byKey map[string]*list.Element
	order *list.List // newest first
	total int
}

type kept[V any] struct {
	key    string
	value  V
	weight int
}

func newRecent[V any](most int) *recent[V] {
	return &recent[V]{most: most, byKey: map[string]*list.Element{}, order: list.New()}
}

// get returns a value that is still there.
func (r *recent[V]) get(key string) (v V, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	e, ok := r.byKey[key]
	if !ok {
		return v, false
	}
	r.order.MoveToFront(e)
	return e.Value.(kept[V]).value, true
}

// put keeps a value; what was used longest ago makes room. What weighs more than all room is not kept.
func (r *recent[V]) put(key string, v V, weight int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drop(key)
	if weight > r.most {
		return
	}
	for r.total+weight > r.most {
		r.drop(r.order.Back().Value.(kept[V]).key)
	}
	r.byKey[key] = r.order.PushFront(kept[V]{key, v, weight})
	r.total += weight
}

// forget drops a value.
func (r *recent[V]) forget(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drop(key)
}

func (r *recent[V]) drop(key string) {
	e, ok := r.byKey[key]
	if !ok {
		return
	}
	r.total -= e.Value.(kept[V]).weight
	r.order.Remove(e)
	delete(r.byKey, key)
}
