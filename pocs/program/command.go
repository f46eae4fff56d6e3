package program

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Command is a program as it is called, and what it is made of.
type Command struct {
	Line  string // as it was written
	Sum   string // SHA-256 over the words, with the content of the files among them and of their companions: "sha256:…"
	words []string
	path  string
	args  []string
	main  string   // base name of the program's main file
	away  []string // path and args as they are to be written in another folder
}

// The limits of what is read to know a program by.
const (
	mostFiles = 500
	mostBytes = 256 << 20
)

// ParseCommand splits a command line into words as a shell does, but for variables, patterns and all else that a shell
// would run: quotes and backslashes take away the meaning of what they stand before. Then it is NewCommand.
func ParseCommand(line string) (*Command, error) {
	words, err := split(line)
	if err != nil {
		return nil, fmt.Errorf("read command %q: %w", line, err)
	}
	return NewCommand(words)
}

// NewCommand finds the program in PATH and reads the files by which it is known: those named in the command, and beside
// each of them its companions, the files of the same ending in the same folder; of a folder, all files in it.
func NewCommand(words []string) (*Command, error) {
	if len(words) == 0 || words[0] == "" {
		return nil, errors.New("read command: it is empty; want a program and its arguments, such as python3 mine.py")
	}
	path, err := exec.LookPath(words[0])
	if err != nil {
		return nil, fmt.Errorf("find program %q: %w; name one that is in PATH, or a path with a slash in it", words[0], errors.Unwrap(err))
	}
	c := &Command{Line: join(words), words: slices.Clone(words), path: path, args: words[1:], main: filepath.Base(words[0]), away: slices.Clone(words)}
	c.away[0] = path
	if err := c.identify(words); err != nil {
		return nil, fmt.Errorf("read program %s: %w", c.Line, err)
	}
	return c, nil
}

// changed reports whether the files are no longer those by which the program is known.
func (c *Command) changed() bool {
	now, err := NewCommand(c.words)
	return err != nil || now.Sum != c.Sum
}

// Name is the main file's name without its ending, an @, and the first 16 hexadecimal digits of Sum.
func (c *Command) Name() string {
	return c.label() + "@" + strings.TrimPrefix(c.Sum, "sha256:")[:16]
}

// client is the name under which the program joins a run over MQTT.
func (c *Command) client() string {
	if name := c.label(); joinedName.MatchString(name) {
		return name
	}
	return "program"
}

// label is the main file's name without its ending, in plain letters.
func (c *Command) label() string {
	base := strings.TrimSuffix(c.main, filepath.Ext(c.main))
	name := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '_', r == '-':
			return r
		case 'A' <= r && r <= 'Z':
			return r - 'A' + 'a'
		}
		return '-'
	}, base)
	return name[:min(len(name), 40)]
}

// identify works out Sum and the main file: the first word after the program that names a file, else the program.
func (c *Command) identify(words []string) error {
	reader := content{sum: sha256.New()}
	found := false
	for i, word := range words {
		info, err := os.Stat(word)
		isFile := err == nil && (i > 0 || strings.ContainsRune(word, filepath.Separator))
		if !isFile {
			fmt.Fprintf(reader.sum, "word %q\n", word)
			continue
		}
		if i > 0 && !found {
			c.main, found = filepath.Base(filepath.Clean(word)), true
		}
		if err := reader.take(word, info.IsDir(), i > 0); err != nil {
			return err
		}
		if c.away[i], err = filepath.Abs(word); err != nil {
			return err
		}
	}
	c.Sum = "sha256:" + hex.EncodeToString(reader.sum.Sum(nil))
	return nil
}

// content is the running sum over a program's files.
type content struct {
	sum interface {
		io.Writer
		Sum([]byte) []byte
	}
	files int
	bytes int64
}

// take adds a file with its companions, or all files of a folder, in the order of their names.
func (c *content) take(path string, folder, companions bool) error {
	dir, ending := filepath.Dir(path), filepath.Ext(path)
	if folder {
		dir, ending = path, ""
	}
	if !folder && (!companions || ending == "") {
		fmt.Fprintf(c.sum, "file\n")
		return c.add(path)
	}
	list, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if !folder { // which of them is the program is told apart from what it is called
		fmt.Fprintf(c.sum, "main %q\n", filepath.Base(path))
	}
	for _, entry := range list {
		if !entry.Type().IsRegular() || ending != "" && filepath.Ext(entry.Name()) != ending {
			continue
		}
		fmt.Fprintf(c.sum, "file %q\n", entry.Name())
		if err := c.add(filepath.Join(dir, entry.Name())); err != nil {
			return err
		}
	}
	if list, err := os.Lstat(path); err == nil && !folder && !list.Mode().IsRegular() {
		return c.add(path) // it is a link, and so not among those
	}
	return nil
}

func (c *content) add(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	own := sha256.New()
	n, err := io.Copy(own, io.LimitReader(f, mostBytes-c.bytes+1))
	if err != nil {
		return err
	}
	if c.files, c.bytes = c.files+1, c.bytes+n; c.files > mostFiles || c.bytes > mostBytes {
		return fmt.Errorf("it has more than %d files or %d MiB beside its main file; give it a folder of its own", mostFiles, mostBytes>>20)
	}
	fmt.Fprintf(c.sum, "%x\n", own.Sum(nil))
	return nil
}

// split cuts a command line into its words.
func split(line string) (words []string, err error) {
	var word strings.Builder
	open, quote, escaped := false, rune(0), false
	for _, r := range line {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && quote != '\'':
			escaped, open = true, true
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, open = r, true
		case r == ' ' || r == '\t' || r == '\n':
			if open {
				words = append(words, word.String())
				word.Reset()
				open = false
			}
		default:
			word.WriteRune(r)
			open = true
		}
	}
	switch {
	case quote != 0:
		return nil, fmt.Errorf("a quotation mark %c is not closed", quote)
	case escaped:
		return nil, errors.New("it ends with a backslash")
	case open:
		words = append(words, word.String())
	}
	return words, nil
}

// join writes words so that split gives them again.
func join(words []string) string {
	quoted := slices.Clone(words)
	for i, w := range quoted {
		if w == "" || strings.ContainsAny(w, " \t\n'\"\\") {
			quoted[i] = `'` + strings.ReplaceAll(w, `'`, `'\''`) + `'`
		}
	}
	return strings.Join(quoted, " ")
}
