"""Table D: the same-answer judge within problems, and pruning by it.

Both traces of a pair are cut after the same number of tokens, a share of the mean length of the family's traces, as a
strategy that runs them side by side would cut them; a share of 1 shows both whole.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from intervals import area_under_curve, mean_interval, paired_difference, percent, vote
from prompts import judge_prompt
from pruning import Pruned, prune
from sampling import judge_scores
from trial import Trial

FINISHED = (8, 12)  # traces that pruning finishes
THRESHOLDS = (0.5, 0.7)
TRACES = (16, 32, 64)  # that pruning begins with, as far as there are so many
WHOLE_TRACES = 8  # of a problem, whose pairs are judged whole
Scores = list[dict[tuple[int, int], float]]  # per problem: probability of "same" of each pair of traces


class Judged(NamedTuple):
    """The scores of all pairs, the tokens after which a trace was cut (None: whole), and what a judge prompt took."""

    scores: Scores
    cut: int | None
    prompt_tokens: float

    @property
    def problems(self) -> int:
        return len(self.scores)


def judge_pairs(trial: Trial, problems: int, traces: int, share: float) -> Judged:
    """All pairs of the first traces of the first problems, cut to a share."""
    cut = int(share * trial.mean_tokens) if share < 1 else None
    traces = min(traces, trial.samples) if cut else WHOLE_TRACES
    pairs = [(place, a, b) for place in range(problems) for b in range(1, traces) for a in range(b)]
    prompts = []
    for place, a, b in pairs:
        first, second = (trial.plain_drafts[place][trace].text[:cut] for trace in (a, b))
        prompts.append(judge_prompt(trial.problems[place].text, first, second))
    scores: Scores = [{} for _ in range(problems)]
    for (place, a, b), score in zip(pairs, judge_scores(trial.decoder, prompts)):
        scores[place][a, b] = 1 / (1 + math.exp(-float(score)))
    return Judged(scores, cut, float(np.mean([len(prompt) for prompt in prompts])))


def judge_row(trial: Trial, problems: int, traces: int, shares: tuple[float, ...]) -> dict | None:
    """By share of the traces that the judge sees: area under the curve within problems, and what pruning saves and
    costs."""
    if trial.is_countdown:
        return None
    row = {}
    for share in shares:
        judged = judge_pairs(trial, problems, traces, share)
        row[f"share {share}"] = _separation(trial, judged)
        if judged.cut:
            row[f"share {share}"] |= {
                f"{count} traces to {finished} at {threshold}": _pruning(trial, judged, count, finished, threshold)
                for count in TRACES
                if count <= min(traces, trial.samples)
                for finished in FINISHED
                if finished < count
                for threshold in THRESHOLDS
            }
    return row


def _separation(trial: Trial, judged: Judged) -> dict:
    areas, same_shares, agreed = [], [], []
    for answers, pairs in zip(trial.plain_answers, judged.scores):
        known = {pair: p for pair, p in pairs.items() if None not in (answers[pair[0]], answers[pair[1]])}
        same = [p for (a, b), p in known.items() if answers[a] == answers[b]]
        different = [p for (a, b), p in known.items() if answers[a] != answers[b]]
        same_shares.append(len(same) / max(1, len(known)))
        agreed += [p > 0.5 for p in same] + [p <= 0.5 for p in different]
        if same and different:
            areas.append(area_under_curve(same, different))
    return {
        "tokens of a trace": judged.cut,
        "tokens of a judge prompt": round(judged.prompt_tokens, 1),
        "problems with both labels": len(areas),
        "area under curve": mean_interval(areas) if areas else None,
        "pairs with the same answer": percent(same_shares),
        "judged right at 0.5": percent(agreed),
    }


def _pruning(trial: Trial, judged: Judged, count: int, finished: int, threshold: float) -> dict:
    """Pruning against the vote over all traces and over the first `finished`. A judge call decodes one token, which is
    counted; what it reads is not decoded and stands beside it."""
    chosen = [prune(pairs, count, threshold, finished) for pairs in judged.scores]
    answers = trial.plain_answers[: judged.problems]
    whole = [[len(text) for text in own[:count]] for own in trial.plain[: judged.problems]]
    spent = sum(_spent(own, pruned, judged.cut) for own, pruned in zip(whole, chosen))
    pruned_right = _right(trial, judged, lambda place: [answers[place][trace] for trace in chosen[place].finished])
    all_right = _right(trial, judged, lambda place: answers[place][:count])
    first_right = _right(trial, judged, lambda place: answers[place][:finished])
    calls = float(np.mean([pruned.calls for pruned in chosen]))
    return {
        "vote": percent(pruned_right),
        "minus vote of all": paired_difference(pruned_right, all_right),
        "minus vote of the first": paired_difference(pruned_right, first_right),
        "tokens saved": round(100 * (1 - spent / sum(map(sum, whole))), 1),
        "judge calls": round(calls, 1),
        "judge tokens read": round(calls * judged.prompt_tokens),
        "tokens of all traces": round(sum(map(sum, whole)) / judged.problems),
    }


def _spent(lengths: list[int], pruned: Pruned, cut: int) -> int:
    begun = sum(min(cut, length) for length in lengths)
    return begun + sum(max(0, lengths[trace] - cut) for trace in pruned.finished) + pruned.calls


def _right(trial: Trial, judged: Judged, answers: Callable[[int], list[str | None]]) -> list[bool]:
    return [trial.problems[place].is_solved_by(vote(answers(place))) for place in range(judged.problems)]
