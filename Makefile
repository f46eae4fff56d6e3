# Everything one does with Sealab, each with all its set-up. Bare `make` says what there is.

# Which code this is goes into every run. It is asked of git here, since a build may be told not to (-buildvcs=false).
COMMIT   := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
MODIFIED := $(if $(shell git status --porcelain 2>/dev/null),true,false)
LDFLAGS  := -X main.commit=$(COMMIT) -X main.modified=$(MODIFIED)

STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
UI          := web/ui

# Rooms that start no goroutine (of worlds and detectors TestPure says so): the race detector would find nothing there and
# take fifteen times as long. Of the command and of web it gets the tests in which goroutines meet (RACY): live worlds,
# streams, queues of runs and experiments, sessions, floods; the others play, build or read hundreds of pages for minutes.
# LONG are tests elsewhere that spend their time drawing thousands of samples, or waiting for programs.
RACY = TestServe|TestScript/(compare|experiment)$$|^Test(Frames|Snapshot|Silent|Control|Pause|LivePages|Plan|Demo|Tail|Meter|$\
Broadcast|Recent|StartRun|Cancel|TooManyRuns|DeletePuts|WholeGame|WorldStandsStill|LinkForAClass|Experiment(From|GoesOnAfterAC)|$\
ProofOf|CallFrom|Curators|Session|WrongKeys|AFloodIs|EveryWayIn|ListFollows|EvidenceOn|ADraftSurvives|Panic|Server)
LONG = ^(TestIntervalCovers|TestCoinAgainstCoin|TestBreakEvenIsWhereNetIsZero|TestEveryAlteredCellIsFound|$\
TestTwinsSay.*|TestDoctor.*|TestDelaysA.*|TestOrderOfGuests.*|TestKitsPlayLive|TestCopiesOfTheTransportLeaveTheDigest)$$
ROOMS = $(shell go list ./...)
PURE  = sealab/cmd/sealab sealab/web sealab/pocs sealab/sim sealab/catalog/bundle sealab/catalog/dataset sealab/catalog/interchange $\
	$(filter-out %/experiment %/program %/mqtt,$(filter sealab/pocs/% sealab/sim/%,$(ROOMS)))

.DEFAULT_GOAL := help
.PHONY: help run build ui wasm test race plain e2e looks bench soak lint golden clean FORCE

help: ## say what there is
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done

run: build ## build everything and start the hub with a live demo on http://127.0.0.1:8080 (ARGS="--demo=off" …)
	bin/sealab serve $(ARGS)

build: ui bin/sealab ## build bin/sealab with the front end in it

# The go command knows best what is up to date; only the flags are ours.
bin/sealab: FORCE
	go build -ldflags '$(LDFLAGS)' -o $@ ./cmd/sealab

ui: ## bundle the browser code (skipped with a word where there is no Node)
	@.ci/ui

wasm: ## build the core for the browser and Node: bin/sealab.wasm
	GOOS=js GOARCH=wasm go build -ldflags '$(LDFLAGS)' -o bin/sealab.wasm ./cmd/sealab

test: ui ## set up what is missing (Chromium, Mosquitto, paho-mqtt), then all tests with the race detector and a real browser
	.ci/setup
	go vet ./...
	go vet -tags 'e2e soak' ./...
	@$(MAKE) --no-print-directory -j2 --output-sync=recurse race plain
	$(MAKE) --no-print-directory e2e

# These two take turns on two cores; the browser tests, which wait for what a person would see, get the machine alone.
race:
	go test -race -timeout 20m -run '$(RACY)' ./web ./cmd/sealab
	go test -race -timeout 20m -skip '$(LONG)' $(filter-out $(PURE),$(ROOMS))

plain:
	go test -timeout 20m $(filter $(PURE),$(ROOMS))
	go test -timeout 20m -run '$(LONG)' ./catalog ./pocs/experiment ./pocs/program
	.ci/ui test

# CI=true: a missing browser fails these tests, where it would only skip them.
e2e: ui ## the browser tests, and what needs the front end's data (tag e2e)
	CI=true go test -timeout 20m -tags e2e ./web/e2e ./sim/geo

looks: ui ## the browser tests with each page in each theme on a desk and on a phone; pictures in artefacts/screens
	CI=true SEALAB_LOOKS=all go test -timeout 40m -tags e2e ./web/e2e

bench: build ## print measured figures beside their yardsticks
	@go run ./cmd/bench bin/sealab

soak: ## the long tests (tag soak): many seeds, hours of messages
	go test -tags soak -run Soak -timeout 12h -v ./...

lint: ## gofmt, go vet and staticcheck
	@bad=$$(gofmt -l cmd pocs sim web catalog 2>/dev/null | grep -v node_modules); \
		if [ -n "$$bad" ]; then echo "not formatted (run gofmt -w):"; echo "$$bad"; exit 1; fi
	go vet ./...
	go run $(STATICCHECK) ./...

golden: ## rewrite the golden files; look at what changed before you commit it
	go test $$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' cmd pocs sim web catalog | xargs -n1 dirname | sort -u | sed 's|^|./|') \
		-run Golden -count=1 -update

clean: ## remove what was built
	rm -rf bin artefacts
	find web/dist -mindepth 1 ! -name .gitkeep -delete 2>/dev/null || true
