package seal

// This file says which seal and trip ids are right: text that also goes into topics, so `/ + #` never pass.

import (
	"fmt"

	"sealab/sim/event/wire"
)

// The forms of ids, as regular expressions of ECMA for schemas. The check digit of a container is beyond them.
const (
	SealPattern      = `^[A-Z0-9]{3}-[A-Z0-9-]{1,20}$`
	TripPattern      = `^[A-Za-z0-9-]{1,32}$`
	ContainerPattern = `^[A-Z]{3}[UJZ][0-9]{7}$`
)

// ValidSeal says what is wrong with a seal id, if anything.
func ValidSeal(id string) error {
	ok := len(id) >= 5 && len(id) <= 24 && id[3] == '-'
	for i := 0; ok && i < len(id); i++ {
		ok = upperOrDigit(id[i]) || id[i] == '-' && i >= 3
	}
	if !ok {
		return fmt.Errorf("%q is no seal id: 3 of A-Z and 0-9, a hyphen, 1 to 20 of A-Z, 0-9 and hyphen", wire.Clip(id))
	}
	return nil
}

// ValidTrip says what is wrong with a trip id, if anything.
func ValidTrip(id string) error {
	ok := id != "" && len(id) <= 32
	for i := 0; ok && i < len(id); i++ {
		ok = upperOrDigit(id[i]) || 'a' <= id[i] && id[i] <= 'z' || id[i] == '-'
	}
	if !ok {
		return fmt.Errorf("%q is no trip id: 1 to 32 of A-Z, a-z, 0-9 and hyphen", wire.Clip(id))
	}
	return nil
}

func upperOrDigit(c byte) bool { return 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' }
