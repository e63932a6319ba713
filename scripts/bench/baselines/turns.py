"""What every baseline of 'parathink bench' has in common: it answers a line of JSON with another one (docs/bench.md)."""
import argparse
import json
import os
import pathlib
import sys
import time

IMPORTED = time.perf_counter()  # every script imports this file before its library


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


def age():
    """Seconds since this process was started; where the system does not tell, since this file was imported."""
    try:
        fields = pathlib.Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        since_boot = time.clock_gettime(time.CLOCK_BOOTTIME)
        return since_boot - int(fields[19]) / os.sysconf("SC_CLK_TCK")  # field 22 of all, starttime
    except (OSError, AttributeError):
        return time.perf_counter() - IMPORTED


def serve(name, measure, preparing=0.0):
    """
    Takes turns until standard input ends; measure(rows, context, tokens, round) gives seconds of prefill and decoding.
    Ready after the age of the process, less the seconds in which files were prepared that later starts find.
    """
    say(name=name, start_seconds=age() - preparing)
    for line in sys.stdin:
        asked = json.loads(line)
        rows, context, tokens = asked["rows"], asked["context"], asked["tokens"]
        prefill, decode = measure(rows, context, tokens, asked["round"])
        say(prefill_tokens=rows * context, prefill_seconds=prefill, decode_tokens=rows * tokens, decode_seconds=decode,
            peak_bytes=peak_bytes())
