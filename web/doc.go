// Package web shows the hub: pages that read and work without a script, a documented JSON API, and live frames.
//
// Everything that matters is in the HTML; the islands of web/ui only add what needs motion (the map, playing, charts
// that follow a pointer). An unbuilt front end therefore costs a banner, not a page. Texts come from i18n/*.json,
// colours and sizes from static/tokens.css, charts from web/chart, which writes classes and never styles, since the
// content security policy forbids those.
//
// # Contract with web/ui
//
// The build writes web/dist/manifest.json, an object from a plain name to a hashed file name in web/dist:
//
//	{"base.js":"base-1A2B.js", "live.js":…, "container.js":…, "run.js":…, "runs.js":…, "compare.js":…, "lab.js":…,
//	 "play.js":…, "lesson.js":…,
//	 "fonts.css":"fonts-….css", "land-110.bin":"land-110-….bin", …}
//
// Files are served at /assets/{hashed name}, immutable for a year. A page loads its own script as a module, which holds
// the base; a page without one loads base.js. fonts.css is linked where it is there. The <html> element carries
//
//	data-theme="light|dark|auto"   what the visitor chose (cookie "theme"); auto follows prefers-color-scheme
//	data-texts="/i18n/en.json?v=…" all texts; those of scripts live in i18n/en.ui.json under "ui.…" (edit that file)
//	data-assets='{"land-110.bin":"/assets/land-110-….bin",…}' the whole manifest, resolved
//	data-page="live|container|runs|run|compare|lab|…"   and  class="js" once base.js has run (it must set it)
//
// Elements with class js-only are hidden until then. Times in JSON are milliseconds since 1970 of virtual time unless
// named otherwise; degrees are × 1e4 in whole numbers where a name ends in E4 or a list is flat.
//
// Live page: #map[data-plan,data-frames,data-snapshot,data-control,data-mode=live] holds <canvas id="map-canvas">,
// the figures ([data-figure=containers|sea|land|open|mps]), buttons [data-act=zoom-in|zoom-out|fit], the timeline
// (#timeline: [data-act=play|live|next], select#speed, input#scrub[type=range], canvas#histogram, output#clock), and
// #card, where the selected container is shown. #alarms is an <ol> whose rows are clones of <template id="alarm-row">
// (fields by [data-field=what|container|route|when|link|icon], row attributes data-id, data-sev, data-c); severity is
// filtered by the links [data-sev=all|critical|major|minor] (?sev=). #connection (header) takes data-state=
// live|reconnecting|stale|off and its text; every page has it. State in the URL: ?c= container, ?t= ms, ?sev=, ?run=.
//
// Run page: #progress[data-progress,data-run] while running (.bar > <progress>, [data-field=percent|eta|readings|
// findings|now]); reload when state is no longer "running" or "queued". #map[data-plan,data-findings,data-truth,
// data-mode=replay] as on the live page without frames; data-truth is there only after the reveal.
// Container page: #series[data-series] (JSON below; the page draws server-side SVG as fallback inside it),
// #map[data-plan,data-mode=container,data-container]; #messages has rows with [data-copy="#id"] buttons.
// Any button [data-copy="css selector"] copies that element's text; [data-copy-link] copies the page's address.
// Lab: #tail[data-messages] <ol>, <template id="message-row">, [data-act=pause], input#filter, data-ws="/mqtt".
// Arms side by side (an experiment, a pair, loose runs): links and GET forms within [data-swap] change #main in place; a
// form with [data-auto] is sent when a choice changes, input[type=range][data-log=id] is a slider over powers of ten for
// that field. main[data-again] shows what is under way and is looked at again until it has gone.
// Game (a page of /play/{id} until its end): #game[data-game=API address], #map as on the run page without a timeline,
// #board, #news, #gamecard; the hub keeps the clock and what is to come. Its result: #lesson[data-stops] around #rate.
//
// # Shapes
//
//	GET /api/v1/live/plan, /api/v1/runs/{id}/plan →
//	  {v:1, run, scenario, start, end, vehicles:[{id, kind:"vessel|train|truck|place", name, path:[lonE4,latE4,…],
//	   times:[ms,…]}], containers:[{c, s, from, to, on:[[vehicle,t0,t1],…], dx, dy}], places:[{id,name,lat,lon}]}
//	   times are ms since start, longitudes unwrapped; t0, t1 likewise. gzip, ETag.
//	GET /api/v1/live/frames (SSE) → event "hello" {run, scenario, watch, t, speed, playing, n, mps, open, start, end,
//	   alarms:[all so far, at most the newest 500], off, lost}; then event "frame" every 400 ms {t, speed, playing, n,
//	   mps, open, alarms:[new ones], off:[[container,lonE4,latE4,t],…], lost:[container,…]}. off and lost are the whole
//	   list and are left out where nothing changed. A new world (the demo began again) is told by another hello: fetch
//	   the plan again. id: is the frame's number; a client that comes back always gets a hello.
//	GET /api/v1/live/snapshot → the hello object. POST /api/v1/live/control {playing?, speed?} → the hello object.
//	an alarm: {id, t, c, s, kind, level, sev:"critical|major|minor", why, lat, lon, text (the kind in words), from, to}
//	GET /api/v1/live/messages?after=N → {messages:[…]}, GET /api/v1/lab/messages (SSE, event "messages", an array) of
//	   {n, at (wall ms), topic, qos, bytes, payload}
//	GET /api/v1/containers/{c}?run= → {container, seal, trip, from, to, fields, series:{t:[…], lat:[…|null], …},
//	   events:[{t,code,sev,detail}], findings:[…], messages:{total, offset, rows:[{n,at,topic,payload}]}}
//	GET /api/v1/runs/{id}/progress (SSE, event "progress") → {state, fraction, now, readings, findings, eta_s, reason?}
//	GET /api/v1/runs/{id}/findings → {findings:[{at, container, kind, level, why, sort?, incident?, lat?, lon?}]}
//	GET /api/v1/runs/{id}/findings/{n}/explanation → {run, n, poc, params, a finding's fields, says, left_out, messages:[{n,
//	   at, ts, kind, what, sev?, detail?, trigger?, fields:[{path,value}], topic, payload}]}; n counts from 1
//	GET /api/v1/runs/{id}/incidents/{incident} → 403 before the reveal, then {an incident's fields, doc, by?, window_from,
//	   window_to, first, shown, comparison:"twin|nothing|none", said:[…], around:[…], left_out, others:[{run,poc,found,delay_s?}]}
//	POST /api/v1/runs/{id}/fork {poc?, params?, settings?} → 202 {id, run, state, url, parent, code_differs, compare}
//	GET /api/v1/runs/{id}/manifest → everything that decides a run and proves it (sealab schema manifest)
//	GET /api/v1/experiments/{id}/proof → {experiment, code, commits, checking, answers, unchecked, oldest, last, origin,
//	   runs}; POST …/verify begins a check. GET /experiments/{id}/bundle?events=some|all|none is the file,
//	   POST /experiments/import (multipart, field bundle) takes one in.
//	GET /api/v1/runs/{id}/truth → 403 before POST /api/v1/runs/{id}/reveal (cookie "seen"), then {incidents:[…]}
//	GET /api/v1/leaderboards/{challenge}/{scenario}?suite=&m= → {challenge, scenario, suite, suite_hash, measure, better,
//	   places:[{group, arm, reference, n, mean, low, high, rank_low, rank_high, passed:{k,n,…}, commits, runs_url}],
//	   unranked:[arm], incomplete:[{arm, seeds}], drifted}. GET /api/v1/suites/{name} → the suite's file as JSON.
//	GET /api/v1/compare?runs=A,B,… → {runs, measures:[{measure, unit, better, values, diffs}], caught:[{run, steps}],
//	   sides:[{a, b, heard, both, only_a, only_b, neither, unheard, fooled}], worlds}
//	GET /api/v1/experiments/{id}/decision?seals=&price=&…&arm=&show=&scenario= → {experiment, inputs, currency, candidate,
//	   decision:{reference, trips_per_year, arms:[…]}, assumptions, trials_left_out, url}; prices have no defaults
//	POST /api/v1/play {scenario?, seed?, seals?, attacks?, guess?} → 201 and the state of a game: {id, url, state:
//	   "playing|paused|over|ended", t, start, end, speed, per_ms, hold_ms, away, news:[{n,at,when,c,what,num?,place?,grave}],
//	   flags:[{n,at,c,undo}]}; nothing in it tells what is to come, nor the seed. GET /api/v1/play/{id}?after=N, POST
//	   …/flags {container}, DELETE …/flags/{n} and POST …/control {playing?, speed?} answer with the state and the news
//	   after N; POST …/end → {run, url}. GET …/plan is a run's plan
//	PUT and DELETE /api/v1/{runs|experiments}/{id}/tags?tag=, PUT …/note {note} → {id, tags, note}
//	GET /experiments/{id}/report.{html|md|tex} is the report as a file
//	errors: {error:{code, message, field?, value?, allowed?}} with 400, 403, 404, 409, 413, 422, 429, 500.
package web
