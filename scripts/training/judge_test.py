"""Table D: the same-answer judge within problems, and pruning by it."""

import math
from collections.abc import Callable

import numpy as np

from intervals import area_under_curve, mean_interval, paired_difference, percent, vote
from prompts import judge_prompt
from pruning import prune
from sampling import judge_scores
from trial import Trial

FINISHED = (2, 3, 4, 6)  # traces that pruning finishes
WHOLE_TRACES = 8  # of a problem, whose pairs are judged whole
Judged = list[dict[tuple[int, int], float]]  # per problem: probability of "same" of each pair of traces


def judge_pairs(trial: Trial, problems: int, share: float) -> Judged:
    """All pairs of traces of the first problems, both cut to a share of their characters."""
    traces = trial.samples if share < 1 else min(WHOLE_TRACES, trial.samples)
    pairs = [(place, a, b) for place in range(problems) for b in range(1, traces) for a in range(b)]
    prompts = []
    for place, a, b in pairs:
        texts = [trial.plain_drafts[place][trace].text for trace in (a, b)]
        cut = [text[: int(len(text) * share)] for text in texts]
        prompts.append(judge_prompt(trial.problems[place].text, *cut))
    judged: Judged = [{} for _ in range(problems)]
    for (place, a, b), score in zip(pairs, judge_scores(trial.decoder, prompts)):
        judged[place][a, b] = 1 / (1 + math.exp(-float(score)))
    return judged


def judge_row(trial: Trial, problems: int, shares: tuple[float, ...]) -> dict | None:
    """By share of the traces that the judge sees: area under the curve within problems, and what pruning saves and
    costs."""
    if trial.is_countdown:
        return None
    row = {}
    for share in shares:
        judged = judge_pairs(trial, problems, share)
        row[f"share {share}"] = _separation(trial, judged)
        if share < 1:
            row[f"share {share}"] |= {f"pruned to {k}": _pruning(trial, judged, share, k) for k in FINISHED}
    return row


def _separation(trial: Trial, judged: Judged) -> dict:
    areas, same_shares, agreed = [], [], []
    for answers, pairs in zip(trial.plain_answers, judged):
        known = {pair: p for pair, p in pairs.items() if None not in (answers[pair[0]], answers[pair[1]])}
        same = [p for (a, b), p in known.items() if answers[a] == answers[b]]
        different = [p for (a, b), p in known.items() if answers[a] != answers[b]]
        same_shares.append(len(same) / max(1, len(known)))
        agreed += [p > 0.5 for p in same] + [p <= 0.5 for p in different]
        if same and different:
            areas.append(area_under_curve(same, different))
    return {
        "problems with both labels": len(areas),
        "area under curve": mean_interval(areas) if areas else None,
        "pairs with the same answer": percent(same_shares),
        "judged right at 0.5": percent(agreed),
    }


def _pruning(trial: Trial, judged: Judged, share: float, finished: int) -> dict:
    """Pruning at threshold 0.5 against the vote over all traces and over the first `finished`. Judge tokens are not
    counted."""
    count = len(judged)
    chosen = [prune(pairs, trial.samples, 0.5, finished) for pairs in judged]
    answers = trial.plain_answers[:count]
    lengths = [[len(text) for text in own] for own in trial.plain[:count]]
    spent = sum(
        share * sum(own) + (1 - share) * sum(own[trace] for trace in pruned.finished)
        for own, pruned in zip(lengths, chosen)
    )
    pruned_right = _right(trial, count, lambda place: [answers[place][trace] for trace in chosen[place].finished])
    all_right = _right(trial, count, lambda place: answers[place])
    first_right = _right(trial, count, lambda place: answers[place][:finished])
    return {
        "vote": percent(pruned_right),
        "minus vote of all": paired_difference(pruned_right, all_right),
        "minus vote of the first": paired_difference(pruned_right, first_right),
        "tokens saved": round(100 * (1 - spent / sum(map(sum, lengths))), 1),
        "judge calls": round(float(np.mean([pruned.calls for pruned in chosen])), 1),
    }


def _right(trial: Trial, count: int, answers: Callable[[int], list[str | None]]) -> list[bool]:
    return [trial.problems[place].is_solved_by(vote(answers(place))) for place in range(count)]
