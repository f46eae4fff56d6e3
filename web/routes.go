// All routes of the hub, in one function, in the order of the navigation.

package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

func (s *Server) routes() (http.Handler, error) {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	s.engine = r
	if err := r.SetTrustedProxies(nil); err != nil {
		return nil, err
	}
	r.HandleMethodNotAllowed = true
	r.Use(number, headers, s.recovered, s.problems, limits, patience, s.sameOrigin, s.visits)
	r.NoRoute(answer(s.noRoute))
	r.NoMethod(answer(s.noMethod))

	r.GET("/healthz", s.healthz)
	r.GET("/favicon.ico", answer(s.favicon))
	r.GET("/static/*name", answer(s.serveStatic))
	r.GET("/assets/*name", answer(s.serveAsset))
	r.GET("/i18n/:file", answer(s.serveTexts))
	r.POST("/theme", answer(s.setTheme))

	r.GET("/", answer(s.livePage))
	r.GET("/containers/:container", answer(s.containerPage))
	r.GET("/experiments", answer(s.experimentsPage))
	r.POST("/experiments", answer(s.startExperimentForm))
	r.GET("/experiments/:id", answer(s.experimentPage))
	r.GET("/experiments/:id/report", answer(s.reportPage))
	for _, format := range reportFormats {
		r.GET("/experiments/:id/report."+format, answer(s.reportFile(format)))
	}
	r.GET("/experiments/:id/decide", answer(s.decidePage))
	r.POST("/experiments/:id/decide/test", answer(s.startAssumptions))
	r.GET("/experiments/:id/proof", answer(s.proofPage))
	r.POST("/experiments/:id/verify", answer(s.verifyForm))
	r.GET("/experiments/:id/bundle", answer(s.bundleFile))
	r.POST(importPath, answer(s.importForm))
	r.POST("/experiments/:id/start", answer(s.goOnForm))
	r.POST("/experiments/:id/delete", answer(s.dropExperimentForm))
	r.POST("/experiments/:id/restore", answer(s.restoreForm))
	r.POST("/experiments/:id/tags", answer(s.tagForm("/experiments")))
	r.POST("/experiments/:id/note", answer(s.noteForm("/experiments")))
	r.GET("/runs", answer(s.runsPage))
	r.POST("/runs", answer(s.startRunForm))
	r.POST("/runs/delete", answer(s.dropRunsForm))
	r.POST("/runs/restore", answer(s.restoreRunsForm))
	r.GET("/runs/:id", answer(s.runPage))
	r.POST("/runs/:id/tags", answer(s.tagForm("/runs")))
	r.POST("/runs/:id/note", answer(s.noteForm("/runs")))
	r.GET("/runs/:id/fork", answer(s.forkPage))
	r.POST("/runs/:id/fork", answer(s.forkForm))
	r.POST("/runs/:id/cancel", answer(s.cancelRunForm))
	r.POST("/runs/:id/reveal", answer(s.revealForm))
	r.GET("/runs/:id/findings/:n", answer(s.findingPage))
	r.GET("/runs/:id/incidents/*incident", answer(s.incidentPage))
	r.GET("/compare", answer(s.comparePage))
	r.POST("/compare", answer(s.startPairForm))
	r.GET("/leaderboards", answer(s.boardsPage))
	r.GET("/leaderboards/:challenge/:scenario", answer(s.boardPage))
	r.GET("/suites", answer(s.suitesPage))
	r.GET("/suites/:name", answer(s.suitePage))
	r.POST("/suites/:name/run", answer(s.runSuiteForm))
	r.GET("/usecases", answer(s.usecasesPage))
	r.GET("/usecases/map", answer(s.coveragePage))
	r.GET("/usecases/compare", answer(s.lineupPage))
	r.GET("/usecases/:id", answer(s.entryPage))
	r.GET("/usecases/:id/:version", answer(s.versionPage))
	r.GET("/usecases/:id/diff/:range", answer(s.diffPage))
	r.GET("/usecases/new", answer(s.submitPage))
	r.POST("/usecases/new", answer(s.beginForm))
	r.POST("/usecases/new/file", answer(s.fileForm))
	r.POST("/usecases/:id/edit", answer(s.editForm))
	r.GET("/usecases/mine/:key", answer(s.minePage))
	r.POST("/usecases/mine/:key/remarks", answer(s.remarkForm))
	r.POST("/usecases/mine/:key/withdraw", answer(s.withdrawForm))
	r.GET("/usecases/mine/:key/:step", answer(s.stepPage))
	r.POST("/usecases/mine/:key/:step", answer(s.stepForm))
	r.POST("/usecases/:id/verify", answer(s.verifyUsecaseForm))
	r.GET("/enter/:key", answer(s.enterPage))
	r.POST("/enter/:key", answer(s.enterForm))
	r.GET("/review", answer(s.queuePage))
	r.POST("/review/leave", answer(s.leaveForm))
	r.GET("/review/:edition", answer(s.reviewPage))
	r.POST("/review/:edition/move", answer(s.moveForm))
	r.POST("/review/:edition/evidence", answer(s.evidenceForm))
	r.POST("/review/:edition/remarks", answer(s.speakForm))
	r.GET("/pocs", answer(s.pocsPage))
	r.GET("/pocs/:name", answer(s.pocPage))
	r.GET("/calls", answer(s.callsPage))
	r.GET("/calls/new", answer(s.newCallPage))
	r.POST("/calls/new", answer(s.postCallForm))
	r.GET("/calls/mine/:key", answer(s.myCallPage))
	r.POST("/calls/mine/:key", answer(s.changeCallForm))
	r.POST("/calls/mine/:key/withdraw", answer(s.withdrawCallForm))
	r.GET("/calls/:id", answer(s.callPage))
	r.POST("/calls/:id/answers", answer(s.answerCallForm))
	r.POST("/calls/:id/answers/:answer/play", answer(s.replayAnswerForm))
	r.POST("/calls/:id/answers/:answer/withdraw", answer(s.withdrawAnswerForm))
	r.POST("/calls/:id/step", answer(s.stepCallForm))
	r.GET("/lab", answer(s.labPage))
	r.GET("/lab/mqtt", answer(s.mqttPage))
	r.GET("/lab/contract", answer(s.contractPage))
	r.GET("/library", answer(s.libraryPage))
	r.GET("/library/:kind", answer(s.kindPage))
	r.GET("/play", answer(s.playPage))
	r.POST("/play", answer(s.startGameForm))
	r.GET("/play/:id", answer(s.gamePage))
	r.POST("/play/:id", answer(s.gameForm))
	r.GET("/help", answer(s.helpPage))
	r.GET("/search", answer(s.searchPage))

	s.apiRoutes(r)
	if s.cfg.Broker != nil {
		r.GET("/mqtt", gin.WrapH(s.cfg.Broker.WebSocket()))
	}
	return heads(r), nil
}

func (s *Server) healthz(c *gin.Context) { c.String(http.StatusOK, "ok\n") }

func (s *Server) noRoute(c *gin.Context) error {
	return &Problem{Status: http.StatusNotFound, Code: "no_page", Value: clip(c.Request.URL.Path),
		Message: "There is no page at this address."}
}

func (s *Server) noMethod(c *gin.Context) error {
	return &Problem{Status: http.StatusMethodNotAllowed, Code: "bad_method", Value: c.Request.Method,
		Message: "This address does not take that kind of request."}
}

// heads answers HEAD as GET does; the server leaves the body out.
func heads(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			asked := *r
			asked.Method = http.MethodGet
			r = &asked
		}
		h.ServeHTTP(w, r)
	})
}
