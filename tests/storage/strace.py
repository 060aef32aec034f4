#!/usr/bin/env python3
"""Kills and fails the built program at each call of the system that changes a disk, with strace.

    tests/storage/strace.py target/debug/qingdan [CASE…]

For each command: it is run once to count its calls, then once a call and fault (SIGKILL, ENOSPC, EIO, EACCES). Afterwards
each file must be as before or as after, and the next run must be clean. Takes long; `tests/storage.rs` asks the same of
the calls of the layer in seconds. Prints a line a command and what failed; exit code 1 if anything did.
"""
import os, re, shutil, subprocess, sys, tempfile

CALLS = ("write pwrite64 writev copy_file_range sendfile openat open creat rename renameat renameat2 link linkat symlink "
         "symlinkat unlink unlinkat mkdir mkdirat rmdir fsync fdatasync syncfs ftruncate truncate chmod fchmod fchmodat "
         "fchown flock utimensat close").split()
WRITING = [c for c in CALLS if c not in ("openat", "open", "close", "flock")]
FAULTS = ("signal=SIGKILL", "error=ENOSPC", "error=EIO", "error=EACCES")
LIST = "content/shifan/xinhe/services/2027.yaml"
BASE = "content/shifan/services/2027.yaml"


def change(desk, path, old, new):
    path = os.path.join(desk, path)
    text = open(path, encoding="utf-8").read()
    assert old in text, (path, old)
    open(path, "w", encoding="utf-8").write(text.replace(old, new, 1) if old else text + new)


NUMBER = (BASE, "", "document: {number: 示民〔2027〕9号}\n")
BOOK = "export workbook shifan/xinhe/services content --out out/book.xlsx"
CASES = {
    "fix": ("fix content", [(LIST, "status: draft", "status： draft"), ("content/shifan/place.yaml", "tier: ", "tier：")], []),
    "fmt": ("fmt content", [("content/shifan/place.yaml", "", "\n\n\n"), (LIST, "status: draft", "status:   draft")], []),
    "translated": ("translated content", [], ["translated content"]),
    "new": ("edition new shifan/xinhe/services 2029 content", [], []),
    "issue": ("edition issue shifan/services/2027 content --today 2027-02-01", [NUMBER], []),
    "correct": ("edition correct shifan/services/2027 更正一处 content --today 2027-03-01", [NUMBER],
                ["edition issue shifan/services/2027 content --today 2027-02-01"]),
    "review": ("review shifan/xinhe/services content", [(LIST, "", "reviews:\n  - of: schooling/no-book-fee\n"
               "    verdict: met\n    by: 示范省民政厅\n    on: 2027-05-01\n    why: {zh: 问过, en: asked}\n")], []),
    "query": ("query shifan/xinhe/services content --record --today 2027-06-10 -o out/letter.docx", [], []),
    "import": ("import out/book.xlsx --list shifan/xinhe/services/2031 -o content/shifan/xinhe/services/2031.yaml content", [], [BOOK]),
    "import-force": ("import out/book.xlsx --list shifan/xinhe/services/2027 --force -o " + LIST + " content", [], [BOOK]),
    "workbook": (BOOK, [], [BOOK]),
    "filing": ("export filing shifan/xinhe/services/2027 content --out out/pack", [], ["export filing shifan/xinhe/services/2027 content --out out/pack"]),
    "hosting": ("export hosting content --out out/hosting", [], []),
    "schema": ("schema content", [], []),
    "init": ("init out/new", [], []),
    "check": ("check content --format html -o out/report.html", [], []),
    "coverage": ("coverage content --format xlsx -o out/coverage.xlsx", [], []),
    "build": ("build content --drafts --no-search --out out/site", [], ["build content --drafts --no-search --out out/site"]),
}
TRACE = re.compile(r"qingdan-(tmp|undo|lock|new)")
RECORD = re.compile(r"\.qingdan/kept/|\.qingdan-outputs$")


def tree(desk):
    found = {}
    for folder, _, names in os.walk(desk):
        for name in names:
            path = os.path.join(folder, name)
            key = os.path.relpath(path, desk)
            if not RECORD.search(key):
                found[key] = open(path, "rb").read()
    return found


def main():
    program, wanted = os.path.abspath(sys.argv[1]), sys.argv[2:]
    here = os.path.dirname(os.path.abspath(__file__))
    moved = os.path.join(here, "../commands/catalogues/tables/moved")
    step = int(os.environ.get("STEP", "1"))
    bad, total = 0, 0
    environment = {**os.environ, "LANG": "en_GB.UTF-8", "RAYON_NUM_THREADS": "1"}

    def run(desk, words, strace=()):
        line = [*strace, program, *words.split(" ")]
        return subprocess.run(line, cwd=desk, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    for name, (words, changes, before) in CASES.items():
        if wanted and name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as top:
            model, desk, log = (os.path.join(top, part) for part in ("model", "desk", "log"))
            shutil.copytree(moved, os.path.join(model, "content"))
            os.mkdir(os.path.join(model, "out"))
            open(os.path.join(model, "out/thesis.docx"), "w").write("mine")
            for path, old, new in changes:
                change(model, path, old, new)
            for earlier in before:
                assert run(model, earlier).returncode != 2, earlier
                change(model, LIST, "新河市服务清单", "新河市的服务清单")
            if os.path.isdir(os.path.join(model, "out/site")):
                open(os.path.join(model, "out/site/CNAME"), "w").write("example.org")
            old = tree(model)

            def fresh():
                shutil.rmtree(desk, ignore_errors=True)
                shutil.copytree(model, desk, symlinks=True)

            fresh()
            clean = run(desk, words, ("strace", "-f", "-qq", "-o", log, "-e", "trace=" + ",".join(WRITING)))
            new = tree(desk)
            counts = {}
            for line in open(log, errors="replace"):
                call = re.match(r"\d+ +(\w+)\(", line)
                if call:
                    counts[call[1]] = counts.get(call[1], 0) + 1
            tried = failed = 0
            for call, count in sorted(counts.items()):
                for fault in FAULTS:
                    for at in range(1, count + 1, step):
                        fresh()
                        inject = f"inject={call}:{fault}:when={at}"
                        first = run(desk, words, ("strace", "-f", "-qq", "-o", "/dev/null", "-e", inject))
                        now = tree(desk)
                        there = {k: v for k, v in now.items() if not TRACE.search(k)}
                        mixed = [k for k in set(there) | set(old) if there.get(k) not in (old.get(k), new.get(k))]
                        second = run(desk, words)
                        left = tree(desk)
                        wrong = []
                        if mixed:
                            wrong.append(f"neither old nor new: {mixed}")
                        if first.returncode == clean.returncode and there != new and fault != "signal=SIGKILL":
                            wrong.append(f"said done ({first.returncode}) and was not")
                        if there != new and (second.returncode != clean.returncode or left != new):
                            wrong.append(f"next run: {second.returncode} {second.stderr.decode()[-300:]}")
                        if any(TRACE.search(k) for k in left):
                            wrong.append(f"left: {[k for k in left if TRACE.search(k)]}")
                        tried += 1
                        if wrong:
                            failed += 1
                            print(f"  {name}: {call} {at}/{count} {fault}: {'; '.join(wrong)}", flush=True)
            print(f"{name}: {sum(counts.values())} calls, {tried} faults, {failed} failed", flush=True)
            bad, total = bad + failed, total + tried
    print(f"all: {total} faults, {bad} failed")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
