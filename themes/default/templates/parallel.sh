#!/bin/sh
# 用 GNU parallel 分几份做网站，在本机，或者在几台机器上，再合起来。
# Makes the site in parts with GNU parallel, on this machine or on several, and puts them together.
#
#   parallel.sh 目录/CATALOGUE 网站/OUT [份数/PARTS [机器/MACHINES]]
#
# MACHINES：一个文件，一行一台机器（ssh 登录名），见 parallel --sshloginfile；各台都要看得见同一个文件夹，装同一版 qingdan。
# MACHINES is a file with one machine a line, as for parallel --sshloginfile; all of them see the same folders and have
# the same version of qingdan. 选项/options: QINGDAN_OPTIONS="--staff --compress".
set -eu
if [ $# -lt 2 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
catalogue=$(realpath "$1") out=$2 parts=${3:-$(nproc)} machines=${4-}
# 各台机器说的是同一天。/ All machines take the same day for today.
today=${QINGDAN_TODAY:-$(date +%Y-%m-%d)}
mkdir -p "$(dirname "$out")"
work=$(mktemp -d "$(realpath "$(dirname "$out")")/.qingdan-parts.XXXXXX")
trap 'rm -rf "$work"' EXIT
seq "$parts" | parallel --halt now,fail=1 ${machines:+--sshloginfile "$machines"} \
  "qingdan build '$catalogue' --shard {}/$parts --today $today ${QINGDAN_OPTIONS-} --out '$work/{}'"
qingdan link "$work"/* --out "$out"
