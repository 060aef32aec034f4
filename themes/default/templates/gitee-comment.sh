#!/bin/sh
# 检查清单，把问题写成 Pull Request 的一条评论；有错误时以 1 结束。由 gitee-check.yml 运行。
# Checks a catalogue and comments on the pull request what it finds; ends with 1 if there are errors. gitee-check.yml runs it.
#
#   gitee-comment.sh 清单目录/CATALOGUE
#
# 找的是最后一次提交和这里一样的 Pull Request。GITEE_API 可以换成自己的 Gitee 的接口地址；GITEE_REPO 是“空间/仓库”，不写就从 origin 的地址里取。
# The pull request is that whose last commit is the one here. GITEE_API is the interface of another Gitee; GITEE_REPO is OWNER/NAME, by
# default out of the address of origin.
set -eu
catalogue=${1:-content}
api=${GITEE_API:-https://gitee.com/api/v5}
found=$(mktemp)
trap 'rm -f "$found"' EXIT
code=0
qingdan --lang zh check "$catalogue" --format short >"$found" 2>&1 || code=$?
cat "$found"
if [ -z "${GITEE_TOKEN-}" ]; then
  exit "$code"
fi
repository=${GITEE_REPO:-$(git remote get-url origin | sed -E 's#^[a-z]+://[^/]*/##; s#^[^/]*:##; s#\.git/?$##')}
# 合并前试合并的提交，另有两个上级。A trial merge has the commit as one of its parents.
commits=$(git rev-list --no-walk HEAD 'HEAD^@')
COMMITS=$commits CODE=$code python3 - "$api/repos/$repository/pulls" "$found" <<'PYTHON'
import json, os, sys, urllib.request

def ask(address, data=None):
    body = None if data is None else json.dumps(data).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)

pulls, found = sys.argv[1:]
token, commits = os.environ["GITEE_TOKEN"], os.environ["COMMITS"].split()
known = ask(f"{pulls}?state=open&per_page=100&access_token={token}")
number = next((one["number"] for one in known if one["head"]["sha"] in commits), None)
if number is None:
    sys.exit("没有找到这次提交的 Pull Request / no pull request has this commit")
with open(found, encoding="utf-8") as file:
    text = file.read()
if len(text) > 60000:
    text = text[:60000] + "\n…"
head = "**qingdan check**：" + ("没有错误" if os.environ["CODE"] == "0" else "有错误，请改正")
ask(f"{pulls}/{number}/comments", {"access_token": token, "body": f"{head}\n\n```text\n{text}\n```"})
PYTHON
exit "$code"
