// Planning: the reference distances, connectivity, avoidance, errors and sameness.

package geo

import "testing"

// mustPlan plans or ends the test.
func mustPlan(tb testing.TB, from, to string, allowed Modes, avoid ...string) Route {
	tb.Helper()
	r, err := Plan(from, to, allowed, avoid...)
	if err != nil {
		tb.Fatalf("Plan(%s, %s): %v", from, to, err)
	}
	return r
}

// TestDistances compares with the distances that were read in a source; each row names it.
func TestDistances(t *testing.T) {
	const km = 1000 / NauticalMileM
	for _, row := range []struct {
		from, to string
		allowed  Modes
		avoid    []string
		wantNM   float64
	}{
		// porteconomicsmanagement.org, routing options Shanghai-Rotterdam
		{"CNSHA", "NLRTM", Water, nil, 10600},
		{"CNSHA", "NLRTM", Water, []string{"suez_s"}, 13800},
		// World Shipping Council, as quoted by sw.wikipedia.org: 12,000 and 20,900 km
		{"AEJEA", "NLRTM", Water, nil, 12000 * km},
		{"AEJEA", "NLRTM", Water, []string{"suez_s"}, 20900 * km},
		// agretirednomads.blogspot.com, a cruise's log
		{"CNSHA", "HKHKG", Water, nil, 809},
		// www.clyx.com, an old table of the US Hydrographic Office, from San Francisco
		{"USOAK", "JPYOK", Water, nil, 4536},
		{"USOAK", "HKHKG", Water, nil, 6060},
		// macauhub.com.mo, the railway from Chongqing: 11,179 km
		{"CNCKG", "DEDUI", ByRail, nil, 11179 * km},
	} {
		got := mustPlan(t, row.from, row.to, row.allowed, row.avoid...).LengthM / NauticalMileM
		if off := got/row.wantNM - 1; off < -0.03 || off > 0.03 {
			t.Errorf("%s-%s avoiding %v: got %.0f nm, want %.0f within 3 %% (off by %.1f %%)", row.from, row.to, row.avoid, got, row.wantNM, 100*off)
		}
	}
}
