package wire

// This file finds keys that are given twice among those that the reader does not know.

// keys remembers the unknown keys of one object. The zero value is empty.
type keys struct {
	few  []string
	many map[string]struct{}
}

// fewKeys is where looking through a list becomes dearer than a map; it also keeps a message of 64 KiB of short keys
// from costing its square.
const fewKeys = 16

// once fails when key has been given before in the object at path.
func (s *Scanner) once(k *keys, path string, key []byte) {
	if s.err != nil {
		return
	}
	for _, old := range k.few {
		if old == string(key) {
			s.doubled(path, old)
			return
		}
	}
	if len(k.few) < fewKeys {
		k.few = append(k.few, string(key))
		return
	}
	if k.many == nil {
		k.many = make(map[string]struct{})
	}
	if _, old := k.many[string(key)]; old {
		s.doubled(path, string(key))
	}
	k.many[string(key)] = struct{}{}
}

func (s *Scanner) doubled(path, key string) {
	if path != "" {
		path += "."
	}
	s.Fail(path+Clip(key), "key is given twice")
}
