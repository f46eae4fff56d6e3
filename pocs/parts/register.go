package parts

import "strings"

// Register keeps one state per key, in first-heard order, so that nothing that is said depends on a map's order.
type Register[T any] struct {
	byKey map[string]*T
	list  []*T
}

// NewRegister returns an empty register.
func NewRegister[T any]() Register[T] { return Register[T]{byKey: map[string]*T{}} }

// Find returns the state of a key, or nil where it was never met.
func (r *Register[T]) Find(key string) *T { return r.byKey[key] }

// Add gives a new key an empty state and returns both; the key is a copy, since events are valid during Step only.
func (r *Register[T]) Add(key string) (string, *T) {
	key = strings.Clone(key)
	state := new(T)
	r.byKey[key] = state
	r.list = append(r.list, state)
	return key, state
}

// All lists the states in first-heard order. The slice belongs to the register: read it.
func (r *Register[T]) All() []*T { return r.list }
