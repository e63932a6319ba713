"""What every baseline of 'parathink bench' has in common: it answers a line of JSON with another one (docs/bench.md)."""
import argparse
import json
import pathlib
import sys
import time


def arguments(default_format, formats):
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--cache", type=pathlib.Path, required=True)
    parser.add_argument("--format", default=default_format, choices=formats)
    return parser.parse_args()


def say(**fields):
    print(json.dumps(fields), flush=True)


def missing(what, command):
    """Ends with what has to be installed; for a script whose imports fail."""
    say(missing=f"{what} is not installed for {sys.executable}; {command}")
    sys.exit(0)


def vocabulary(model):
    return json.loads((model / "config.json").read_text())["vocab_size"]


def peak_bytes():
    """The most memory that this process has had; 0 where the system does not tell."""
    status = pathlib.Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0)


def serve(name, started, measure):
    """Takes turns until standard input ends; measure(rows, context, tokens, round) gives seconds of prefill and decoding."""
    say(name=name, start_seconds=time.perf_counter() - started)
    for line in sys.stdin:
        asked = json.loads(line)
        rows, context, tokens = asked["rows"], asked["context"], asked["tokens"]
        prefill, decode = measure(rows, context, tokens, asked["round"])
        say(prefill_tokens=rows * context, prefill_seconds=prefill, decode_tokens=rows * tokens, decode_seconds=decode,
            peak_bytes=peak_bytes())
