// All routes of the API, in one function.

package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"sealab/catalog/find"
)

func (s *Server) apiRoutes(r *gin.Engine) {
	api := s.newAPI(r)
	get(api, "/pocs", "list-pocs", "Proofs of concept with their parameters", s.apiPoCs)
	get(api, "/scenarios", "list-scenarios", "Scenarios with their settings", s.apiScenarios)
	get(api, "/attacks", "list-attacks", "Attacks and look-alikes", s.apiAttacks)
	get(api, "/attacks/{kind}/trace", "get-trace", "One act of a kind, message by message, beside the seal's honest twin", s.apiTrace)
	get(api, "/measures", "list-measures", "Measures with unit and direction", s.apiMeasures)

	get(api, "/runs", "list-runs", "Runs, newest first", s.apiRuns)
	register(api, http.MethodPost, "/runs", "start-run", "Start a run", s.apiStart, http.StatusAccepted)
	register(api, http.MethodPost, "/runs/join", "join-run", "Start a run that programs elsewhere join over MQTT; brings the address for each", s.apiJoin, http.StatusAccepted)
	get(api, "/runs/{id}", "get-run", "One run with its score", s.apiRun)
	register(api, http.MethodPost, "/runs/{id}/fork", "fork-run", "Play a run again with something changed: same seed, same chance", s.apiFork, http.StatusAccepted)
	register(api, http.MethodDelete, "/runs/{id}", "delete-run", "Cancel a run that is playing, or put an ended one in the trash", s.apiDelete)
	register(api, http.MethodPost, "/runs/{id}/undelete", "undelete-run", "Take a run out of the trash", s.apiRestoreRun)
	register(api, http.MethodPut, "/runs/{id}/tags", "tag-run", "Put a tag on a run", s.apiAddTag)
	register(api, http.MethodDelete, "/runs/{id}/tags", "untag-run", "Take a tag off a run", s.apiRemoveTag)
	register(api, http.MethodPut, "/runs/{id}/note", "note-run", "Write the note on a run", s.apiNote)
	get(api, "/runs/{id}/findings", "list-findings", "What the detector said", s.apiFindings)
	get(api, "/runs/{id}/findings/{n}/explanation", "explain-finding", "What led to a finding: the messages that it rests on", s.apiExplanation)
	register(api, http.MethodPost, "/runs/{id}/reveal", "reveal-run", "Reveal a run's truth to this visitor", s.apiReveal)
	get(api, "/runs/{id}/truth", "get-truth", "The incidents; 403 before the reveal", s.apiTruth)
	get(api, "/experiments/{id}/proof", "get-proof", "Whether the runs of an experiment come out again, as far as this code was asked", s.apiProof)
	register(api, http.MethodPost, "/experiments/{id}/verify", "verify-experiment", "Play every run of an experiment again and compare", s.apiVerify, http.StatusAccepted)
	get(api, "/runs/{id}/manifest", "get-manifest", "Everything that decides a run, and everything that proves it", s.apiManifest)
	get(api, "/compare", "compare-runs", "Measures of several runs with differences, and how soon each caught what", s.apiCompare)
	get(api, "/experiments", "list-experiments", "Kept experiments, newest first", s.apiExperiments)
	register(api, http.MethodPost, "/experiments", "start-experiment", "Keep an experiment file and play what is missing of it", s.apiStartExperiment, http.StatusAccepted)
	get(api, "/experiments/{id}", "get-experiment", "One experiment with its file and results", s.apiExperiment)
	get(api, "/experiments/{id}/decision", "get-decision", "What an experiment's arms would cost and catch in a trade, at the caller's prices", s.apiDecision)
	register(api, http.MethodPost, "/experiments/{id}/start", "go-on-experiment", "Play what is missing", s.apiGoOn, http.StatusAccepted)
	register(api, http.MethodDelete, "/experiments/{id}", "delete-experiment", "Cancel an experiment that is playing, or put an ended one in the trash; its runs stay", s.apiDropExperiment)
	register(api, http.MethodPost, "/experiments/{id}/undelete", "undelete-experiment", "Take an experiment out of the trash", s.apiRestore, http.StatusAccepted)
	get(api, "/suites", "list-suites", "Frozen sets of worlds that can be cited, newest first", s.apiSuites)
	get(api, "/suites/{name}", "get-suite", "One suite with all settings, digests and its hash", s.apiSuite)
	register(api, http.MethodPost, "/suites/{name}/run", "run-suite", "Run a proof of concept in a suite's worlds, with the baselines beside it", s.apiRunSuite, http.StatusAccepted)
	get(api, "/leaderboards", "list-leaderboards", "Which leaderboards there are, and who leads them", s.apiBoards)
	get(api, "/leaderboards/{challenge}/{scenario}", "get-leaderboard", "The arms that played a suite's worlds, ranked by one measure", s.apiBoard)
	get(api, "/calls", "list-calls", "Problems that were posted with worlds and a pass rule, open ones first", s.apiCalls)
	register(api, http.MethodPost, "/calls", "post-call", "Post a problem; a curator opens it", s.apiPostCall, http.StatusCreated)
	get(api, "/calls/{id}", "get-call", "One call with its answers, judged alike", s.apiCall)
	register(api, http.MethodPost, "/calls/{id}/answers", "answer-call", "Answer an open call; a proof of concept is judged at once", s.apiAnswerCall, http.StatusCreated)
	register(api, http.MethodPost, "/calls/{id}/step", "step-call", "Open, close or withdraw a call; curators alone", s.apiCallStep)
	get(api, "/calls/mine/{key}", "get-mine", "What a personal link leads to: a call or an answer", s.apiMine)
	register(api, http.MethodPut, "/calls/mine/{key}", "change-call", "Change a call that no curator has opened yet", s.apiChangeCall)
	register(api, http.MethodPost, "/calls/mine/{key}/withdraw", "withdraw-mine", "Withdraw one's call or answer", s.apiWithdrawMine)
	register(api, http.MethodPut, "/experiments/{id}/tags", "tag-experiment", "Put a tag on an experiment", s.apiAddTag)
	register(api, http.MethodDelete, "/experiments/{id}/tags", "untag-experiment", "Take a tag off an experiment", s.apiRemoveTag)
	register(api, http.MethodPut, "/experiments/{id}/note", "note-experiment", "Write the note on an experiment", s.apiNote)
	get(api, "/containers/{container}", "get-container", "A container's readings, events and messages", s.apiContainer)

	register(api, http.MethodPost, "/submissions", "submit", "Begin a submission with an entry; 422 names everything that is wrong", s.apiSubmit, http.StatusCreated)
	get(api, "/submissions/{key}", "get-submission", "How a submission stands, by the key of its personal link", s.apiSubmission)
	register(api, http.MethodPut, "/submissions/{key}", "rewrite-submission", "Replace the text of a draft, whole or not", s.apiRewrite)
	register(api, http.MethodPut, "/submissions/{key}/part", "save-part", "Save one step of the form of a draft", s.apiPart)
	register(api, http.MethodPost, "/submissions/{key}/send", "send-submission", "Send it in, or in again", s.apiSend)
	register(api, http.MethodPost, "/submissions/{key}/withdraw", "withdraw-submission", "Withdraw it", s.apiWithdraw)
	register(api, http.MethodPost, "/submissions/{key}/remarks", "remark-on-submission", "Say something to the curators", s.apiRemark)
	register(api, http.MethodPost, "/usecases/{id}/edit", "edit-usecase", "Begin a new version of a published use case", s.apiEdit, http.StatusCreated)
	get(api, "/review", "get-queue", "What waits for curators, the longest waiting first; curators only", s.apiQueue)
	get(api, "/review/{edition}", "get-reviewed", "One version in review; curators only", s.apiReviewed)
	register(api, http.MethodPost, "/review/{edition}/move", "move-reviewed", "Take a step of review; curators only", s.apiMove)
	register(api, http.MethodPut, "/review/{edition}/evidence", "label-reviewed", "Set the label of evidence, in review; curators only", s.apiLabel)
	register(api, http.MethodPost, "/review/{edition}/remarks", "remark-on-reviewed", "Say something to the submitter; curators only", s.apiSpeak)
	register(api, http.MethodPost, "/play", "start-game", "Start a game of \"Beat the detector\"", s.apiStartGame, http.StatusCreated)
	get(api, "/play/{id}", "get-game", "What a duty officer sees in a game by now", s.apiGame)
	register(api, http.MethodPost, "/play/{id}/flags", "flag-container", "Point at a container, in the game's present tick", s.apiFlag)
	register(api, http.MethodDelete, "/play/{id}/flags/{n}", "undo-flag", "Take a flag back while the world has not moved on", s.apiUndoFlag)
	register(api, http.MethodPost, "/play/{id}/control", "control-game", "Play, pause, or change the speed of a game", s.apiControlGame)
	register(api, http.MethodPost, "/play/{id}/end", "end-game", "End a game: its flags become a run, judged beside null, rules and kalman", s.apiEndGame)

	get(api, "/live/snapshot", "live-snapshot", "The live state, for whoever does not hold a stream", s.apiSnapshot)
	register(api, http.MethodPost, "/live/control", "live-control", "Play, pause or speed up the shared demo", s.apiControl)
	get(api, "/live/messages", "live-messages", "The last MQTT messages", s.apiMessages)

	get(api, "/usecases", "list-usecases", "Published use cases that match, with the counts of all facets", s.apiUsecases)
	get(api, "/usecases/{id}", "get-usecase", "One use case in its newest published version", s.apiUsecase)

	get(api, "/schemas", "list-schemas", "The published forms of messages", s.apiForms)

	hand := func(path, id, summary, kind string, h func(*gin.Context) error, ginPath string, params ...string) {
		r.GET(apiBase+ginPath, answer(h))
		document(api, http.MethodGet, path, id, summary, kind, params...)
	}
	hand("/asyncapi.json", "get-asyncapi", "The message contract over MQTT as an AsyncAPI 3 document", "application/json", s.asyncAPI, "/asyncapi.json")
	hand("/protocol.md", "get-protocol", "How a detector in any language talks with Sealab over pipes, on one page", "text/markdown", s.protocolFile, "/protocol.md")
	hand("/schemas/{name}", "get-schema", "One form as JSON Schema 2020-12", "application/schema+json", s.formFile, "/schemas/:name", "name")
	hand("/usecases/{id}/versions/{n}", "get-usecase-version", "A version's text byte for byte as it is kept", "application/json", s.apiVersion, "/usecases/:id/versions/:n", "id", "n")
	for i := range citeForms {
		f := &citeForms[i]
		kind, _, _ := strings.Cut(f.kind, ";")
		hand("/usecases/{id}/versions/{n}/citation"+f.Ending, "cite-usecase-"+strings.ReplaceAll(f.Ending[1:], ".", "-"), "A version as "+f.Name+", for lists of references", kind, s.apiCitation(f),
			"/usecases/:id/versions/:n/citation"+f.Ending, "id", "n")
	}
	hand("/usecases/{id}/diff/{range}", "diff-usecase", "What changed between two versions (v1..v2), field by field", "application/json", s.apiDiff, "/usecases/:id/diff/:range", "id", "range")
	hand("/live/plan", "live-plan", "How everything would move if nothing happened", "application/json", s.livePlan, "/live/plan")
	hand("/live/frames", "live-frames", "The live state as it changes (events hello, frame)", "text/event-stream", s.liveFrames, "/live/frames")
	hand("/lab/messages", "lab-messages", "MQTT messages as they pass (event messages)", "text/event-stream", s.labMessages, "/lab/messages")
	hand("/play/{id}/plan", "game-plan", "How everything would move in a game's world if nothing happened", "application/json", s.gamePlan, "/play/:id/plan", "id")
	hand("/runs/{id}/plan", "run-plan", "The plan of a run's world, for its replay", "application/json", s.runPlan, "/runs/:id/plan", "id")
	hand("/runs/{id}/progress", "run-progress", "How a run is getting on (event progress)", "text/event-stream", s.runProgress, "/runs/:id/progress", "id")
	hand("/runs/{id}/events", "list-events", "What a run has heard after event number `after`, a JSON object a line in the order of hearing: at most `limit` (10,000, up to 100,000), of `kinds` (reading,notice). Ask again with the last n until an answer is empty",
		"application/x-ndjson", s.runEvents, "/runs/:id/events", "id", "after", "limit", "kinds")
	hand("/runs.csv", "list-runs-csv", "All runs that match, as CSV", "text/csv", s.runsCSV, "/runs.csv", "poc", "scenario", "state", "verdict", "seed", "q", "query", "cols", "sort", "dir")
	hand("/experiments.csv", "list-experiments-csv", "All experiments that match, as CSV", "text/csv", s.experimentsCSV, "/experiments.csv", "q", "state", "query", "sort", "dir")
	hand("/experiments/{id}/progress", "experiment-progress", "How an experiment is getting on (event progress)", "text/event-stream", s.experimentProgress, "/experiments/:id/progress", "id")
	hand("/experiments/{id}/results.csv", "get-results-csv", "Every measure of every arm, with its difference from the baseline", "text/csv", s.resultsCSV, "/experiments/:id/results.csv", "id")
	hand("/experiments/{id}/decision.csv", "get-decision-csv", "The outputs of a decision as CSV, one row an output and arm; inputs as for the JSON", "text/csv", s.decisionCSV, "/experiments/:id/decision.csv", "id")
	hand("/runs/{id}/incidents/{incident}", "explain-incident", "What was heard of an incident first, and what the detector said around it; 403 before the reveal", "application/json", s.apiIncident, "/runs/:id/incidents/*incident", "id", "incident")
	hand("/runs/{id}/findings.csv", "list-findings-csv", "A run's findings as CSV", "text/csv", s.findingsCSV, "/runs/:id/findings.csv", "id")
	hand("/runs/{id}/truth.csv", "get-truth-csv", "A run's incidents as CSV; 403 before the reveal", "text/csv", s.truthCSV, "/runs/:id/truth.csv", "id")
	hand("/leaderboards/{challenge}/{scenario}/places.csv", "get-leaderboard-csv", "A leaderboard as CSV", "text/csv", s.boardCSV, "/leaderboards/:challenge/:scenario/places.csv", "challenge", "scenario", "suite", "m")
	filter := append(slices.Clone(find.FacetNames), "q", "sort")
	hand("/catalogue.json", "export-catalogue", "The whole public catalogue: every version with its history, as sealab catalog import reads it", "application/json", s.catalogueFile, "/catalogue.json")
	hand("/usecases.csv", "list-usecases-csv", "All use cases that match, a row each, lists joined by semicolons", "text/csv", s.usecasesCSV, "/usecases.csv", filter...)
	hand("/usecases-metrics.csv", "list-usecases-metrics-csv", "The figures of all use cases that match, a row each", "text/csv", s.metricsCSV, "/usecases-metrics.csv", filter...)
	hand("/usecases.json", "list-usecases-file", "All use cases that match, whole, as an array", "application/json", s.usecasesFile, "/usecases.json", filter...)
	hand("/usecases.yaml", "list-usecases-yaml", "All use cases that match, whole, as a list in YAML", "application/yaml", s.usecasesYAML, "/usecases.yaml", filter...)
	hand("/calls/{id}/answers.csv", "list-answers-csv", "The answers to a call and the baselines, by measure, as CSV", "text/csv", s.callCSV, "/calls/:id/answers.csv", "id")
	hand("/compare.csv", "compare-runs-csv", "The table of measures as CSV", "text/csv", s.compareCSV, "/compare.csv", "runs")
}
