// What may be asked of an experiment in the query language, and where it lies.

package catalog

import (
	"sealab/catalog/query"
)

// experimentField is a field of an experiment with its place.
type experimentField struct {
	query.Field
	fieldSQL
}

// Tables beside an experiment, with the rows that are its own.
const (
	itsRuns  = "experiment_run WHERE experiment_id = experiment.id"
	itsTrial = "experiment_run JOIN run ON run.id = run_id WHERE experiment_id = experiment.id"
)

var experimentFields = []experimentField{
	{query.Field{Name: "id", Doc: "the experiment's id"}, fieldSQL{own: "id"}},
	{query.Field{Name: "name", Doc: "what it is called"}, fieldSQL{own: "name"}},
	{query.Field{Name: "question", Doc: "what it asks"}, fieldSQL{own: "question"}},
	{query.Field{Name: "file", Doc: "its file, as it was written"}, fieldSQL{own: "file"}},
	{query.Field{Name: "hash", Doc: "SHA-256 of the file's canonical form"}, fieldSQL{own: "hash"}},
	{query.Field{Name: "state", Doc: "how far it has come",
		Words: []string{string(Draft), string(Running), string(Done), string(Failed), string(Interrupted)}}, fieldSQL{own: "state"}},
	{query.Field{Name: "reason", Doc: "why it failed or was called off"}, fieldSQL{own: "reason"}},
	{query.Field{Name: "commit", Doc: "the code that ran it last"}, fieldSQL{own: "code_commit"}},
	{query.Field{Name: "created", Kind: query.Time, Doc: "when it was written down"}, fieldSQL{own: "created_ms"}},
	{query.Field{Name: "finished", Kind: query.Time, Nullable: true, Doc: "when it was done"}, fieldSQL{own: "finished_ms"}},
	{query.Field{Name: "runs", Kind: query.Number, Doc: "trials that have a run"}, fieldSQL{own: "(SELECT count(*) FROM " + itsRuns + ")"}},
	{query.Field{Name: "arms", Kind: query.Number, Doc: "arms that have a run"}, fieldSQL{own: "(SELECT count(DISTINCT arm) FROM " + itsRuns + ")"}},
	{query.Field{Name: "arm", Kind: query.Tags, Doc: "the arms that have a run"}, beside(itsRuns, "experiment_run.arm")},
	{query.Field{Name: "poc", Kind: query.Tags, Doc: "the proofs of concept in its runs"}, beside(itsTrial, "run.poc")},
	{query.Field{Name: "scenario", Kind: query.Tags, Doc: "the scenarios of its runs"}, beside(itsTrial, "run.scenario")},
	{query.Field{Name: "challenge", Kind: query.Tags, Doc: "the families of scenarios of its runs"}, beside(itsTrial, "run.challenge")},
	{query.Field{Name: "run", Kind: query.Tags, Doc: "ids of the runs that it rests on"}, beside(itsRuns, "run_id")},
	{query.Field{Name: tagField, Kind: query.Tags, Nullable: true, Doc: "what somebody marked it with"}, beside("tag WHERE owner = experiment.id", "tag")},
	{query.Field{Name: noteField, Nullable: true, Doc: "what somebody wrote about it"}, beside("note WHERE owner = experiment.id", "text")},
}

func beside(from, cell string) fieldSQL { return fieldSQL{from: clause{sql: from}, cell: cell} }

// ExperimentFields are the fields by which experiments are asked for. What their runs say, such as poc, is there as far
// as they have been played.
func ExperimentFields() []query.Field {
	list := make([]query.Field, len(experimentFields))
	for i := range experimentFields {
		list[i] = experimentFields[i].Field
	}
	return list
}

// experimentPlace is where the fields of an experiment lie; an unknown name lies nowhere, and its value is null.
func experimentPlace(name string) fieldSQL {
	for i := range experimentFields {
		if experimentFields[i].Name == name {
			return experimentFields[i].fieldSQL
		}
	}
	return fieldSQL{own: "NULL"}
}
