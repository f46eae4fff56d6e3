// Review over the API, for curators who have entered.

package web

import (
	"context"
	"net/http"

	"sealab/catalog"
	"sealab/catalog/review"
)

type queueOut struct {
	Queue  []queueLine    `json:"queue"`
	Counts map[string]int `json:"counts" doc:"of all that waits, by state; mine: those that whoever asks reviews; the empty name: all"`
}

func (s *Server) apiQueue(ctx context.Context, in *queueIn) (*answerOf[queueOut], error) {
	who, err := curatorOf(ctx)
	if err != nil {
		return nil, err
	}
	list, counts, err := s.queue(ctx, who, *in)
	if err != nil {
		return nil, err
	}
	return &answerOf[queueOut]{Status: http.StatusOK, CacheControl: "no-store", Body: queueOut{list, counts}}, nil
}

// editionIn names a version in review.
type editionIn struct {
	Edition string `path:"edition" maxLength:"64"`
}

func (s *Server) apiReviewed(ctx context.Context, in *editionIn) (*answerOf[submissionOut], error) {
	v, _, err := s.reviewed(ctx, in.Edition)
	if err != nil {
		return nil, err
	}
	return s.submissionOf(ctx, v, review.Curator, "/review/"+v.ID)
}

type apiMoveIn struct {
	Edition string `path:"edition" maxLength:"64"`
	Body    moveIn
}

func (s *Server) apiMove(ctx context.Context, in *apiMoveIn) (*answerOf[submissionOut], error) {
	return s.asReviewed(ctx, &editionIn{in.Edition}, func(v *catalog.Edition, who *catalog.Curator) error {
		_, err := s.takeStep(ctx, v, who, in.Body)
		return err
	})
}

type labelIn struct {
	Edition string `path:"edition" maxLength:"64"`
	Body    struct {
		Evidence string `json:"evidence" doc:"primary, secondary or title-only"`
		Seen     int64  `json:"seen,omitempty" doc:"changed_ms of the version as it was looked at; 0: whatever it is now"`
	}
}

func (s *Server) apiLabel(ctx context.Context, in *labelIn) (*answerOf[submissionOut], error) {
	return s.asReviewed(ctx, &editionIn{in.Edition}, func(v *catalog.Edition, who *catalog.Curator) error {
		_, err := s.label(ctx, v, who, in.Body.Evidence, in.Body.Seen)
		return err
	})
}

type speakIn struct {
	Edition string `path:"edition" maxLength:"64"`
	Body    struct {
		Text   string   `json:"text" maxLength:"4000"`
		Fields []string `json:"fields,omitempty" maxItems:"60" doc:"such as metrics[0].unit"`
	}
}

func (s *Server) apiSpeak(ctx context.Context, in *speakIn) (*answerOf[submissionOut], error) {
	return s.asReviewed(ctx, &editionIn{in.Edition}, func(v *catalog.Edition, who *catalog.Curator) error {
		return s.speak(ctx, v, who, in.Body.Text, in.Body.Fields)
	})
}

// asReviewed does something with a version and tells how it stands then.
func (s *Server) asReviewed(ctx context.Context, in *editionIn, do func(*catalog.Edition, *catalog.Curator) error) (*answerOf[submissionOut], error) {
	v, who, err := s.reviewed(ctx, in.Edition)
	if err != nil {
		return nil, err
	}
	if err := do(v, who); err != nil {
		return nil, err
	}
	return s.apiReviewed(ctx, in)
}
