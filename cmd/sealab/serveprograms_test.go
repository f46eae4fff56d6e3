// A hub that offers programs: they are judged as ours are, what they break is said, and a hub that is killed leaves none.

package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const (
	// talksProgram accuses the first container that it hears of, once.
	talksProgram = `read -r hello
echo '{"protocol":1,"form":"rows","fields":{"reading":["container"]}}'
said=
while read -r batch; do
	tick=${batch#*:}; tick=${tick%%,*}
	list=
	case $said$batch in
	*'"SLBU'*)
		if [ -z "$said" ]; then
			box=SLBU${batch#*\"SLBU}; said=${box%%\"*}
			list='{"container":"'$said'","kind":"bolt_cut","level":500}'
		fi;;
	esac
	echo '{"tick":'$tick',"findings":['$list']}'
done
`
	// hangsProgram says who it and its child are, beside itself, and nothing more.
	hangsProgram = `read -r hello
sleep 600 &
echo $$ $! > "$0.new"
mv "$0.new" "$0.pids"
echo '{"protocol":1,"form":"rows","fields":{}}'
sleep 600
`
)

// killable is a hub in a process of its own.
type killable struct {
	t       *testing.T
	process *exec.Cmd
	url     string
	dir     string
	pocs    map[string]string // by the name before the @
}

// mustOffer starts a hub that offers programs.
func mustOffer(t *testing.T) *killable {
	t.Helper()
	h := &killable{t: t, dir: t.TempDir(), pocs: map[string]string{}}
	args := []string{"sealab", "serve", "--addr", "127.0.0.1:0", "--mqtt", "127.0.0.1:0", "--demo=off", "--data", filepath.Join(h.dir, "data"), "--deadline", "3s"}
	for name, text := range map[string]string{"talks": talksProgram, "hangs": hangsProgram} {
		path := filepath.Join(h.dir, name+".sh")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--program", "sh "+name+".sh")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	h.process = &exec.Cmd{Path: self, Args: args, Dir: h.dir, Env: append(os.Environ(), "TMPDIR="+h.dir)}
	out, err := h.process.StdoutPipe()
	if err == nil {
		err = h.process.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.kill)
	line, err := bufio.NewReader(out).ReadString('\n')
	m := regexp.MustCompile(`http://\S+[0-9]`).FindString(line)
	if m == "" {
		t.Fatalf("the hub said %q (%v)", line, err)
	}
	h.url = m
	var list []struct{ Name string }
	h.ask(http.MethodGet, "/api/v1/pocs", "", &list)
	for _, p := range list {
		if name, _, ok := strings.Cut(p.Name, "@"); ok {
			h.pocs[name] = p.Name
		}
	}
	return h
}

func (h *killable) kill() {
	_ = h.process.Process.Kill()
	_ = h.process.Wait()
}

// ask sends a request and reads the answer.
func (h *killable) ask(method, path, body string, into any) {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil || answer.StatusCode >= 300 {
		h.t.Fatalf("%s %s: %s %v: %s", method, path, answer.Status, err, text)
	}
}

// begin starts a run and returns its id.
func (h *killable) begin(program string) string {
	h.t.Helper()
	var started struct{ Run string }
	h.ask(http.MethodPost, "/api/v1/runs",
		`{"poc":"`+h.pocs[program]+`","scenario":"northern-corridor","seed":7,"settings":{"seals":10,"span_days":5,"attacks":1}}`, &started)
	return started.Run
}

// end waits for a run's end.
func (h *killable) end(run string) (state, reason string, findings int) {
	h.t.Helper()
	answer, err := http.Get(h.url + "/api/v1/runs/" + run + "/progress")
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil { // the stream ends with the run
		h.t.Fatal(err)
	}
	var r struct {
		State, Reason string
		Findings      int
	}
	h.ask(http.MethodGet, "/api/v1/runs/"+run, "", &r)
	return r.State, r.Reason, r.Findings
}

func TestServeOffersPrograms(t *testing.T) {
	h := mustOffer(t)
	if state, reason, findings := h.end(h.begin("talks")); state != "done" || findings != 1 {
		t.Errorf("a program that talks: %s %s, %d findings", state, reason, findings)
	}
	if state, reason, _ := h.end(h.begin("hangs")); state != "failed" || reason != "detector_timeout: answer: no answer within 3s" {
		t.Errorf("a program that hangs: %s %q", state, reason)
	}
	note := filepath.Join(h.dir, "hangs.sh.pids")
	if err := os.Remove(note); err != nil {
		t.Fatal(err)
	}
	h.begin("hangs") // and the hub serves on
	var pids []string
	for end := time.Now().Add(time.Minute); pids == nil && time.Now().Before(end); time.Sleep(time.Millisecond) {
		if text, err := os.ReadFile(note); err == nil {
			pids = strings.Fields(string(text))
		}
	}
	h.kill()
	for end := time.Now().Add(time.Minute); ; time.Sleep(time.Millisecond) {
		folders, _ := filepath.Glob(filepath.Join(h.dir, "sealab-program-*"))
		alive := len(folders)
		for _, text := range pids {
			if pid, err := strconv.Atoi(text); err != nil || runs(pid) {
				alive++
			}
		}
		if len(pids) == 2 && alive == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the hub was killed, of %v and %v something is left", pids, folders)
		}
	}
}

// runs reports whether a process is there and no zombie that only waits to be counted.
func runs(pid int) bool {
	text, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if os.IsNotExist(err) {
		return syscall.Kill(pid, 0) == nil // where there is no /proc
	}
	_, state, _ := strings.Cut(string(text), ") ")
	return !strings.HasPrefix(state, "Z")
}
