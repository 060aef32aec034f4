#!/bin/sh
# 用 Slurm 分几份做网站：一个作业组，一份一个作业；都做完了，再合起来。
# Makes the site in parts with Slurm: a job array, one job a part; when all are done they are put together.
#
#   slurm.sh 目录/CATALOGUE 网站/OUT 份数/PARTS
#
# 各结点都要看得见同一个文件夹，装同一版 qingdan。作业的分区、时间、内存：SBATCH_PARTITION、SBATCH_TIMELIMIT、SBATCH_MEM_PER_NODE。
# All nodes see the same folders and have the same version of qingdan. Partition, time and memory of the jobs:
# SBATCH_PARTITION, SBATCH_TIMELIMIT, SBATCH_MEM_PER_NODE. 选项/options: QINGDAN_OPTIONS="--staff --compress".
set -eu
if [ -n "${SLURM_ARRAY_TASK_ID-}" ]; then
  # 作业组里的一份。/ One part of the array.
  exec qingdan build "$QINGDAN_CATALOGUE" --shard "$SLURM_ARRAY_TASK_ID/$QINGDAN_PARTS" --today "$QINGDAN_TODAY" \
    ${QINGDAN_OPTIONS-} --out "$QINGDAN_WORK/$SLURM_ARRAY_TASK_ID"
fi
if [ $# -ne 3 ]; then
  sed -n '2,9s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
QINGDAN_CATALOGUE=$(realpath "$1") out=$2 QINGDAN_PARTS=$3
QINGDAN_TODAY=${QINGDAN_TODAY:-$(date +%Y-%m-%d)}
mkdir -p "$(dirname "$out")"
QINGDAN_WORK=$(mktemp -d "$(realpath "$(dirname "$out")")/.qingdan-parts.XXXXXX")
trap 'rm -rf "$QINGDAN_WORK"' EXIT
export QINGDAN_CATALOGUE QINGDAN_PARTS QINGDAN_TODAY QINGDAN_WORK
# 有一份没做成，sbatch 就以错误结束，不合并，旧网站不动。/ If a part fails, sbatch ends with an error, and the old site stays.
sbatch --wait --array="1-$QINGDAN_PARTS" --job-name=qingdan --output="$QINGDAN_WORK.%a.log" "$0" || {
  cat "$QINGDAN_WORK".*.log >&2
  exit 1
}
qingdan link "$QINGDAN_WORK"/* --out "$out"
rm -f "$QINGDAN_WORK".*.log
