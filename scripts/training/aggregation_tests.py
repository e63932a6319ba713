"""Tables B, C and E: ParaThinker, parallel-distill-refine with sequential refinement, and fork/join."""

import numpy as np

import vocabulary as v
from digest import empty_workspace
from documents import merged_paths
from drafts import Draft, last_box, parse_draft, part_values
from intervals import paired_difference, percent, vote
from prompts import distil_prompt, fork_prompt, path_prompt, refine_prompt, sequential_prompt
from sampling import Prompt, Settings
from trial import LONGEST_REFINEMENT, LONGEST_TRACE, TEMPERATURE, Trial

PATHS = 8
LONGEST_SUMMARY = 700  # tokens
LONGEST_HEAD, LONGEST_BRANCH, LONGEST_JOIN = 12, 300, 200
DRAFTS = 4  # in one workspace


def mean_length(completions: list[str]) -> float:
    return round(float(np.mean([len(completion) for completion in completions])), 1)


# ---- B


def summary_row(trial: Trial) -> dict:
    """ParaThinker over 4 and 8 paths, against the vote over the very same paths and against greedy."""
    prompts = [path_prompt(problem.text, place) for problem in trial.problems for place in range(1, PATHS + 1)]
    settings = Settings(LONGEST_TRACE, TEMPERATURE, seed=2, stop="path")
    sampled = trial.sample(prompts, settings)
    drafts = [[parse_draft(x) for x in sampled[first : first + PATHS]] for first in range(0, len(sampled), PATHS)]
    one_path = [trial.right([own[place].answer for own in drafts]) for place in range(PATHS)]
    greedy = trial.right_completions(trial.greedy)
    row = {"one path": percent(np.mean(one_path, 0)), "greedy": percent(greedy)}
    for paths in (4, PATHS):
        merged = [merged_paths(problem.text, own[:paths]) for problem, own in zip(trial.problems, drafts)]
        summaries = trial.sample([Prompt.of_document(x) for x in merged], Settings(LONGEST_SUMMARY, stop="summary"))
        summary = trial.right_completions(summaries)
        voted = trial.right([vote([draft.answer for draft in own[:paths]]) for own in drafts])
        row[f"{paths} paths"] = {
            "summary": percent(summary),
            "vote": percent(voted),
            "any path": percent(np.any(one_path[:paths], 0)),
            "summary minus vote": paired_difference(summary, voted),
            "summary minus greedy": paired_difference(summary, greedy),
            "summary tokens": mean_length(summaries),
        }
    return row


# ---- C


def distil(trial: Trial, drafts: list[list[Draft]]) -> list[str]:
    """The workspace of each problem."""
    prompts = [distil_prompt(problem.text, own) for problem, own in zip(trial.problems, drafts)]
    written = trial.sample(prompts, Settings(LONGEST_TRACE, stop="workspace"))
    return [text.rstrip(chr(v.CLOSE_WORKSPACE) + chr(v.END)) for text in written]


def refine(trial: Trial, workspaces: list[str], temperature: float = 0.0, seed: int = 0) -> list[str]:
    """The refinement of each problem on top of its workspace."""
    prompts = [refine_prompt(problem.text, text) for problem, text in zip(trial.problems, workspaces)]
    return trial.sample(prompts, Settings(LONGEST_REFINEMENT, temperature, seed))


def refinement_row(trial: Trial) -> dict:
    """PDR in one and two rounds, one careful call without drafts, and sequential refinement."""
    drafts = trial.plain_drafts
    one_draft = trial.right([own[0].answer for own in drafts])
    vote_of_4, vote_of_all = (trial.right([vote(own[:k]) for own in trial.plain_answers]) for k in (4, trial.samples))
    careful = trial.right_completions(refine(trial, [empty_workspace(problem) for problem in trial.problems]))
    groups = trial.samples // DRAFTS
    workspaces = [
        distil(trial, [own[group * DRAFTS : (group + 1) * DRAFTS] for own in drafts]) for group in range(groups)
    ]
    one_round = trial.right_completions(refine(trial, workspaces[0]))
    refined = [refine(trial, own, TEMPERATURE, seed=3 + group) for group, own in enumerate(workspaces)]
    second = [[trial.refined_draft(text) for text in own] for own in zip(*refined)]
    two_rounds = trial.right_completions(refine(trial, distil(trial, second)))
    vote_of_refined = trial.right([vote([last_box(text) for text in own]) for own in zip(*refined)])
    steps = _sequential(trial, [own[0] for own in drafts])
    return {
        "vote of 4": percent(vote_of_4),
        "one round": percent(one_round),
        "one round minus vote of 4": paired_difference(one_round, vote_of_4),
        f"vote of {trial.samples}": percent(vote_of_all),
        "two rounds": percent(two_rounds),
        f"two rounds minus vote of {trial.samples}": paired_difference(two_rounds, vote_of_all),
        f"vote of {groups} refinements": percent(vote_of_refined),
        "one careful call": percent(careful),
        "one round minus careful call": paired_difference(one_round, careful),
        "two rounds minus careful call": paired_difference(two_rounds, careful),
        "one draft": percent(one_draft),
        "refined once, twice": [percent(steps[0]), percent(steps[1])],
        "refined once minus draft": paired_difference(steps[0], one_draft),
    }


def _sequential(trial: Trial, drafts: list[Draft]) -> list[list[bool]]:
    """Whether each problem is right after one and after two steps of sequential refinement."""
    steps = []
    for _ in range(2):
        prompts = [sequential_prompt(problem.text, draft) for problem, draft in zip(trial.problems, drafts)]
        refinements = trial.sample(prompts, Settings(LONGEST_REFINEMENT))
        steps.append(trial.right_completions(refinements))
        drafts = [parse_draft(text) for text in refinements]
    return steps


# ---- E


def fork_row(trial: Trial) -> dict | None:
    """Fork/join, all greedy, against the serial greedy trace; None for families without independent parts."""
    if len(trial.problems[0].parts) < 3:
        return None
    prompts = [fork_prompt(problem.text) for problem in trial.problems]
    heads = trial.sample(prompts, Settings(LONGEST_HEAD, stop="line"))
    heads = [head.rstrip("\n" + chr(v.END)) for head in heads]
    jobs = [(place, name) for place, head in enumerate(heads) for name in head.split()]
    branch_prompts = [f"{prompts[place]}{heads[place]}\n{name}:" for place, name in jobs]
    branches = trial.sample(branch_prompts, Settings(LONGEST_BRANCH, stop="branch"))
    results: list[list[str]] = [[] for _ in heads]
    lengths: list[list[int]] = [[] for _ in heads]
    for (place, name), branch in zip(jobs, branches):
        value = part_values(branch.rstrip(chr(v.CLOSE_THINK) + chr(v.END)), None).get(name, 0)
        results[place].append(f"{name}={value}")
        lengths[place].append(len(branch))
    join_prompts = [f"{prompt}{head}\n{' '.join(own)}\n" for prompt, head, own in zip(prompts, heads, results)]
    joins = trial.sample(join_prompts, Settings(LONGEST_JOIN))
    joined, serial = trial.right_completions(joins), trial.right_completions(trial.greedy)
    outside = [len(head) + 1 + len(join) for head, join in zip(heads, joins)]
    return {
        "fork and join": percent(joined),
        "serial": percent(serial),
        "difference": paired_difference(joined, serial),
        "critical path": round(float(np.mean([a + max(own, default=0) for a, own in zip(outside, lengths)])), 1),
        "serial tokens": mean_length(trial.greedy),
        "all tokens": round(float(np.mean([a + sum(own) for a, own in zip(outside, lengths)])), 1),
    }
