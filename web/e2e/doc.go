// Package e2e tests the hub in a real browser: go test -tags e2e ./web/e2e. Without the tag there is nothing here.
//
// Chromium must be at /usr/bin/chromium (or SEALAB_CHROMIUM) and the front end must be built; where one is missing the
// tests are skipped, but fail when CI=true. Screenshots of every page go to artefacts/screens at the top of the checkout.
package e2e
