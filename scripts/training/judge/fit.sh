#!/bin/sh
# Fits the coefficients of the lexical judge on the first half of a pool's problems and measures them on the second.
#
#     scripts/training/judge/fit.sh POOL.jsonl.gz COEFFICIENTS.tsv
#
# The shipped coefficients were made so from 25 problems with 32 completions each; docs/judges.md has the figures. They are
# put into strategies/src/main/resources/parathink/strategies/judges/lexical.tsv by hand, after a look at the second half.
set -eu
if [ $# -ne 2 ]; then
    echo "fit.sh: needs a pool and a file for the coefficients, such as fit.sh pool.jsonl.gz coefficients.tsv" >&2
    exit 2
fi
pool=$1
out=$2
here=$(dirname -- "$0")
parathink=$here/../../parathink

# The ids in the order in which the pool has them; a completion a line.
ids=$(mktemp)
trap 'rm -f "$ids"' EXIT
case $pool in
    *.gz) gzip -dc -- "$pool" ;;
    *) cat -- "$pool" ;;
esac | sed -n 's/.*"problem": *"\([^"]*\)".*/\1/p' | awk '!seen[$0]++' > "$ids"
half=$(( $(wc -l < "$ids") / 2 ))
first=$(head -n "$half" "$ids" | paste -sd, -)
second=$(tail -n "+$((half + 1))" "$ids" | paste -sd, -)

"$parathink" judge "$pool" --ids "$first" --cut chunks=1,2 --pairs 120 --fit "$out"
echo
echo "problems that the fit has not seen:"
"$parathink" judge "$pool" --ids "$second" --coefficients "$out" --cut words=15,25,35,tokens=500,chunks=1,2,3 --pairs 200
