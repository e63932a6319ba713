#!/usr/bin/env bash
# Trains a model from nothing, in two stages with fixed seeds, and tests it.
#
#   scripts/training/train.sh OUT          17500 steps of 65280 tokens on one H200 with 16 CPU cores: about 710 s at
#                                          1.6 M tokens/s, plus compilation, a pool of drafts (about 50 s) and the tests
#   scripts/training/train.sh OUT smoke    the same path with a tiny model on a CPU, in a few minutes: it shows that
#                                          everything runs, the model is of no use
#
# PYTHON names the interpreter (default python3), STYLE the style of the texts: mixed (default), careful or terse.
# README.md beside this file: what the styles are for, how to check the result, how to ship it.
set -euo pipefail

if [[ $# -lt 1 || $# -gt 2 || ( $# -eq 2 && $2 != smoke ) ]]; then
    echo "usage: train.sh OUT [smoke]" >&2
    exit 2
fi
out=$1
python=${PYTHON:-python3}
style=${STYLE:-mixed}
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$out"

if [[ ${2:-full} == smoke ]]; then
    model=(--size tiny --device cpu)
    shape=(--attention dense --no-compile --rows 4 --row-length 768 --shard-rows 16 --workers 1 --warm-up 10
        --log-every 10)
    steps=(60 10)
    pool=(--problems 4 --samples 2)
    tests=(--families arith-4 --count 2 --samples 16 --tests ABCDE --judged 2)
else
    model=(--size shipped --device cuda)
    shape=()
    steps=(7000 10500)
    pool=(--problems 9000 --samples 8)
    tests=(--count 256 --tests ABCDE)
fi

# 1: mostly plain solving, all drafts synthetic, an end at a tenth of the learning rate; then its own drafts as a pool
"$python" "$here/train.py" "${model[@]}" "${shape[@]}" --out "$out" --name stage1 --seed 0 \
    --style "$style" --mixture base --steps "${steps[0]}" --rate 4e-3 --flat 0.6 --last 0.1
"$python" "$here/sample_pool.py" "${model[@]}" "${pool[@]}" --weights "$out/stage1.*.npz" --seed 0 \
    --out "$out/pool.jsonl.gz"

# 2: aggregation, half of its drafts from the pool
"$python" "$here/train.py" "${model[@]}" "${shape[@]}" --out "$out" --name stage2 --seed 2 --init "$out/stage1.*.npz" \
    --style "$style" --mixture aggregation --pool "$out/pool.jsonl.gz" --pool-share 0.5 \
    --steps "${steps[1]}" --rate 2.5e-3 --flat 0.35 --last 0.003

"$python" "$here/evaluate.py" "${model[@]}" "${tests[@]}" --weights "$out/stage2.*.npz" --out "$out/report.json"
echo "weights: $out/stage2.*.npz, report: $out/report.json"
