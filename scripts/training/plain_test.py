"""Table A: plain solving, alone and by vote."""

import numpy as np

from countdown import GAVE_UP
from intervals import mean_interval, paired_difference, percent, wilson
from trial import Trial


def plain_row(trial: Trial) -> dict:
    """One sample, greedy, votes over the first 4 and all samples, any of all; per cent, with 95 % intervals.

    The interval of one sample is over problems (the samples of one problem go together).
    """
    answers, count = trial.plain_answers, len(trial.problems)
    by_sample = np.array([trial.right([own[place] for own in answers]) for place in range(trial.samples)])
    greedy = trial.right_completions(trial.greedy)
    vote_of_4, vote_of_16, vote_of_all = (trial.voted(votes) for votes in (4, 16, trial.samples))
    one, half = mean_interval(100 * by_sample.mean(0))
    return {
        "one sample": [round(one, 1), round(one - half, 1), round(one + half, 1)],
        "greedy": [percent(greedy), *wilson(sum(greedy), count)],
        "vote of 4": [percent(vote_of_4), *wilson(sum(vote_of_4), count)],
        "vote of 16": [percent(vote_of_16), *wilson(sum(vote_of_16), count)],
        f"vote of {trial.samples}": [percent(vote_of_all), *wilson(sum(vote_of_all), count)],
        f"any of {trial.samples}": [percent(by_sample.any(0)), *wilson(int(by_sample.any(0).sum()), count)],
        f"vote of {trial.samples} minus greedy": paired_difference(vote_of_all, greedy),
        "tokens": round(trial.mean_tokens, 1),
        "greedy tokens": round(float(np.mean([len(text) for text in trial.greedy])), 1),
        "no answer": percent([answer in (None, GAVE_UP) for own in answers for answer in own]),
        "out of tokens": percent([answer is None for own in answers for answer in own]),
    }
