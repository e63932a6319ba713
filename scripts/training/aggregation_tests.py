"""Tables B, C and E: ParaThinker, parallel-distill-refine with sequential refinement, and fork/join."""

import numpy as np

import vocabulary as v
from digest import empty_workspace
from documents import merged_paths
from drafts import Draft, last_box, parse_draft, part_values
from intervals import paired_difference, percent, vote
from prompts import distil_prompt, fork_prompt, path_prompt, refine_prompt, sequential_prompt
from sampling import Prompt, Settings
from trial import LONGEST_REFINEMENT, LONGEST_TRACE, Trial

PATHS = 8
LONGEST_SUMMARY = 900  # tokens
LONGEST_HEAD, LONGEST_BRANCH, LONGEST_JOIN = 12, 300, 200
DRAFTS = 4  # in one workspace
FIRST = 16  # drafts of two rounds


def mean_length(completions: list[str]) -> float:
    return round(float(np.mean([len(completion) for completion in completions])), 1)


# ---- B


def careful_call(trial: Trial) -> list[bool]:
    """One greedy refinement of an empty workspace, no drafts."""
    return trial.right_completions(refine(trial, [empty_workspace(problem) for problem in trial.problems]))


def summary_row(trial: Trial) -> dict:
    """ParaThinker over 4 and 8 paths, against the vote over the very same paths, one path, greedy, one careful call,
    and the vote over as many plain completions as cost the same."""
    prompts = [path_prompt(problem.text, place) for problem in trial.problems for place in range(1, PATHS + 1)]
    settings = Settings(LONGEST_TRACE, trial.temperature, seed=2, stop="path")
    flat = trial.sample(prompts, settings)
    sampled = [flat[first : first + PATHS] for first in range(0, len(flat), PATHS)]
    drafts = [[parse_draft(text) for text in own] for own in sampled]
    by_path = [trial.right([own[place].answer for own in drafts]) for place in range(PATHS)]
    greedy, careful = trial.right_completions(trial.greedy), careful_call(trial)
    row = {"one path": percent(np.mean(by_path, 0)), "greedy": percent(greedy), "one careful call": percent(careful)}
    for paths in (4, PATHS):
        merged = [merged_paths(problem.text, own[:paths]) for problem, own in zip(trial.problems, drafts)]
        summaries = trial.sample([Prompt.of_document(x) for x in merged], Settings(LONGEST_SUMMARY, stop="summary"))
        summary = trial.right_completions(summaries)
        voted = trial.right([vote([draft.answer for draft in own[:paths]]) for own in drafts])
        spent = [sum(map(len, own[:paths])) + len(text) for own, text in zip(sampled, summaries)]
        votes = trial.votes_for(spent)
        row[f"{paths} paths"] = {
            "summary": percent(summary),
            "vote": percent(voted),
            "any path": percent(np.any(by_path[:paths], 0)),
            "minus vote": paired_difference(summary, voted),
            "minus one path": paired_difference(summary, np.mean(by_path[:paths], 0)),
            "minus greedy": paired_difference(summary, greedy),
            "minus careful call": paired_difference(summary, careful),
            f"vote of {votes}, same tokens": percent(trial.voted(votes)),
            "minus vote of same tokens": paired_difference(summary, trial.voted(votes)),
            "summary tokens": mean_length(summaries),
            "all tokens": round(float(np.mean(spent)), 1),
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


def lengths(texts: list[str]) -> np.ndarray:
    """Tokens of each text and its stop token, which distil has taken off."""
    return np.array([len(text) + 1 for text in texts])


def refinement_row(trial: Trial) -> dict:
    """PDR in one and two rounds and sequential refinement, each against its drafts' vote, one careful call, and the
    vote over as many plain completions as cost the same."""
    drafts = trial.plain_drafts
    one_draft = trial.right([own[0].answer for own in drafts])
    careful = careful_call(trial)
    workspaces = [distil(trial, [own[first : first + DRAFTS] for own in drafts]) for first in range(0, FIRST, DRAFTS)]
    once = refine(trial, workspaces[0])
    refined = [refine(trial, own, trial.temperature, seed=3 + group) for group, own in enumerate(workspaces)]
    second = [[trial.refined_draft(text) for text in own] for own in zip(*refined)]
    last_workspaces = distil(trial, second)
    twice = refine(trial, last_workspaces)
    costs = np.array([[len(text) for text in own[:FIRST]] for own in trial.plain])
    one_cost = costs[:, :DRAFTS].sum(1) + lengths(workspaces[0]) + lengths(once)
    two_cost = costs.sum(1) + sum(map(lengths, workspaces + refined + [last_workspaces, twice]))
    steps = _sequential(trial, [own[0] for own in drafts])
    vote_of_refined = trial.right([vote([last_box(text) for text in own]) for own in zip(*refined)])
    return {
        "one careful call": percent(careful),
        "one round": _compared(trial, once, DRAFTS, careful, one_cost),
        "two rounds": _compared(trial, twice, FIRST, careful, two_cost),
        f"vote of {len(refined)} refinements": percent(vote_of_refined),
        "one draft": percent(one_draft),
        "refined once": _compared(trial, steps[0], 1, careful, costs[:, 0] + lengths(steps[0])),
        "refined twice": percent(trial.right_completions(steps[1])),
    }


def _compared(trial: Trial, completions: list[str], drafts: int, careful: list[bool], cost: np.ndarray) -> dict:
    """An aggregate against the vote over its drafts (one draft: the draft itself), a careful call and equal cost."""
    ours, voted, votes = trial.right_completions(completions), trial.voted(drafts), trial.votes_for(cost)
    return {
        "right": percent(ours),
        f"vote of {drafts}": percent(voted),
        "minus vote of drafts": paired_difference(ours, voted),
        "minus careful call": paired_difference(ours, careful),
        "minus greedy": paired_difference(ours, trial.right_completions(trial.greedy)),
        f"vote of {votes}, same tokens": percent(trial.voted(votes)),
        "minus vote of same tokens": paired_difference(ours, trial.voted(votes)),
        "all tokens": round(float(np.mean(cost)), 1),
    }


def _sequential(trial: Trial, drafts: list[Draft]) -> list[list[str]]:
    """Refinements in two steps, the second of the first."""
    steps = []
    for _ in range(2):
        prompts = [sequential_prompt(problem.text, draft) for problem, draft in zip(trial.problems, drafts)]
        steps.append(trial.sample(prompts, Settings(LONGEST_REFINEMENT)))
        drafts = [parse_draft(text) for text in steps[-1]]
    return steps


# ---- E


def fork_row(trial: Trial) -> dict | None:
    """Fork/join, all greedy, against the serial greedy trace; None for families without independent parts."""
    if sum(not part.needs for part in trial.problems[0].parts) < 2:
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
