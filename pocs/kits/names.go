// Which names a new proof of concept cannot have: those whose files would be taken for others.

package kits

import (
	"slices"
	"strings"
)

// own are the names of the kits' files and words, in all languages.
var own = []string{"sealab", "sealab_mqtt", "sealab_mqtt_event", "papers", starter, learner, "readme", "test"}

// pythonLibraries are what the Python kit imports beyond the standard library, or scikit-learn does.
var pythonLibraries = []string{"paho", "sklearn", "numpy", "scipy", "joblib", "threadpoolctl", "pytest"}

// pythonModules are the names of Python's standard library (sys.stdlib_module_names of 3.11): a file of such a name, beside
// a program, hides the module from all that it imports.
var pythonModules = strings.Fields(`
abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect builtins bz2
cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys compileall concurrent configparser
contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses datetime dbm decimal difflib dis distutils
doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc
genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp
importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator
optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint
profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource
rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket
socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess
sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this threading time timeit
tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest
urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport
zlib zoneinfo`)

// goSuffixes are the words behind a last _ by which the go command leaves a file out, here or elsewhere (go help
// buildconstraint).
var goSuffixes = strings.Fields(`
test aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos
386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x sparc64 wasm`)

// Refuses says why a detector in this language cannot have a name; empty: it can.
func (k *Kit) Refuses(name string) string {
	last := name[strings.LastIndexByte(name, '_')+1:]
	switch {
	case slices.Contains(own, name):
		return "the kit has a file or a word of this name"
	case k.Lang == "python" && (slices.Contains(pythonModules, name) || slices.Contains(pythonLibraries, name)):
		return "a Python module has this name, which " + name + k.ending + " would hide"
	case k.Lang == "go" && last != name && slices.Contains(goSuffixes, last):
		return "the go command leaves files out whose name ends in _" + last
	}
	return ""
}
