"""How far a vote part by part could get beyond a vote on the answers: an upper bound on what aggregation can gain.

    python3 part_votes.py --run RUN_DIRECTORY           a run of parathink on a generated arithmetic family
    python3 part_votes.py --pool /tmp/w/pool.jsonl.gz   a pool of sample_pool.py, family by family

"parts right" is the share of problems in which, for every part before the final one, the most frequent value among the
first completions is right. "led" is the share of parts whose value leads as digest.leads asks for, and how many of
these are right. Where parts right is little above the vote, errors come again and again in the same places, and no
aggregation of these completions can help much. "kinds" has for each kind of part how often one completion and the most
frequent value of all are right. Per cent; three numbers are a difference and its 95 % interval.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from digest import leads
from drafts import Draft
from intervals import paired_difference, percent, vote
from pool import Pool
from problems import Problem, evaluation_set

COUNTS = (4, 8, 16)


class Attempts(NamedTuple):
    """A problem and the completions of it."""

    problem: Problem
    drafts: list[Draft]


def attempts_of_run(folder: Path) -> Iterator[Attempts]:
    """The problems of a run with the usual seed, in the order of the family, and their completions in order of path."""
    by_problem = defaultdict(list)
    for line in (folder / "completions.jsonl").read_text().splitlines():
        row = json.loads(line)
        by_problem[row["problem"]].append(row)
    families = {name.rsplit("/", 1)[0] for name in by_problem}
    if len(families) != 1 or not re.fullmatch(r"arith-[4-9]", *families):
        raise SystemExit(f"{folder}: expected one of arith-4 to arith-9 with its usual seed, got {sorted(families)}")
    family = families.pop()
    places = {name: int(name.rsplit("/", 1)[1]) for name in by_problem}
    problems = evaluation_set(family, max(places.values()))
    for name in sorted(by_problem, key=places.get):
        rows = sorted(by_problem[name], key=lambda row: [int(step) for step in row["path"].split("/")])
        drafts = [Draft.of_text(row["text"].split("</think>")[0], row["answer"]) for row in rows]
        yield Attempts(problems[places[name] - 1], drafts)


def attempts_of_pool(path: str) -> Iterator[Attempts]:
    """The arithmetic problems of several parts in a pool."""
    pool = Pool(path)
    for _ in range(len(pool)):
        problem, drafts = pool.next_problem()
        if len(problem.parts) > 2:
            yield Attempts(problem, drafts)


def listed_values(attempts: Attempts, count: int) -> dict[str, Counter]:
    """For each part before the final one, the values of the first completions whose earlier parts agree with the most
    frequent ones."""
    chosen, listed = {}, {}
    for part in attempts.problem.parts[:-1]:
        listed[part.name] = Counter(
            draft.values[part.name]
            for draft in attempts.drafts[:count]
            if part.name in draft.values and all(draft.values.get(name) == chosen[name] for name in part.needs)
        )
        chosen[part.name] = listed[part.name].most_common(1)[0][0] if listed[part.name] else None
    return listed


def row(all_attempts: list[Attempts], count: int) -> dict:
    """The figures of one family at one number of completions."""
    voted, any_right, parts_right, leading = [], [], [], []
    parts = 0
    for attempts in all_attempts:
        problem, answers = attempts.problem, [draft.answer for draft in attempts.drafts[:count]]
        voted.append(problem.is_solved_by(vote(answers)))
        any_right.append(any(problem.is_solved_by(answer) for answer in answers))
        listed = listed_values(attempts, count)
        right = {
            name: bool(own) and own.most_common(1)[0][0] == problem.truth[name] for name, own in listed.items()
        }
        parts_right.append(all(right.values()))
        leading += [right[name] for name, own in listed.items() if leads(own)]
        parts += len(listed)
    return {
        "vote": percent(voted),
        "any": percent(any_right),
        "parts right": percent(parts_right),
        "parts right minus vote": paired_difference(parts_right, voted),
        "led": [round(100 * len(leading) / parts, 1), percent(leading) if leading else None],
    }


def by_kind(all_attempts: list[Attempts]) -> dict[str, list[float]]:
    """One completion and the most frequent value of all, for each kind of the parts that build on no other."""
    one, most = defaultdict(list), defaultdict(list)
    for problem, drafts in all_attempts:
        for part in problem.parts[:-1]:
            if not part.needs:
                kind, truth = part.solve.__qualname__.split(".")[0], problem.truth[part.name]
                values = [draft.values.get(part.name) for draft in drafts]
                one[kind] += [value == truth for value in values]
                known = Counter(value for value in values if value is not None)
                most[kind].append(bool(known) and known.most_common(1)[0][0] == truth)
    return {kind: [percent(one[kind]), percent(most[kind])] for kind in sorted(one)}


def main() -> None:
    parser = argparse.ArgumentParser(description="Votes on answers against votes part by part.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--run", type=Path, help="run directory of parathink on arith-4 to arith-9")
    source.add_argument("--pool", help="pool of sample_pool.py, .jsonl.gz")
    arguments = parser.parse_args()
    by_family = defaultdict(list)
    for attempts in attempts_of_run(arguments.run) if arguments.run else attempts_of_pool(arguments.pool):
        by_family[attempts.problem.family].append(attempts)
    for family, own in sorted(by_family.items()):
        one = percent([a.problem.is_solved_by(draft.answer) for a in own for draft in a.drafts])
        print(f"{family}, {len(own)} problems, one completion {one}")
        for count in COUNTS:
            if count <= len(own[0].drafts):
                print(f"  {count}: {json.dumps(row(own, count))}", flush=True)
        print(f"  kinds: {json.dumps(by_kind(own))}")


if __name__ == "__main__":
    main()
