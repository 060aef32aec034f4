# What the tests of a release say.
pass() { printf '✓ %s\n' "$1"; }
fail() { printf '✗ %s\n' "$1" >&2; exit 1; }
# has TEXT PART WHAT, is TEXT OTHER WHAT
has() { [[ $1 == *"$2"* ]] || fail "$3: no “$2” in: ${1:0:600}"; pass "$3"; }
is() { [ "$1" = "$2" ] || fail "$3: “$1” is not “$2”"; pass "$3"; }
# ok WHAT COMMAND…: the command goes well; if not, what it said is shown.
ok() {
  local what=$1 said
  shift
  said=$("$@" 2>&1) || fail "$what: $said"
  pass "$what"
}
as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi; }
# page ADDRESS: a page, as soon as there is one.
page() {
  local try
  for try in $(seq 120); do curl -sf --max-time 5 "$1" && return; sleep 0.5; done
  fail "nothing answers at $1"
}
