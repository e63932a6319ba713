"""What the model is given to go on from, in each of its forms; training and inference use the same ones."""

import vocabulary as v
from drafts import Draft


def plain_prompt(problem_text: str) -> str:
    """To be followed by a trace, `</think>` and the boxed answer."""
    return chr(v.BEGIN) + problem_text + chr(v.THINK)


def path_prompt(problem_text: str, place: int) -> str:
    """To be followed by the thinking path at this place, from 1 up."""
    return chr(v.BEGIN) + problem_text + chr(v.open_path(place))


def path_text(place: int, draft: Draft) -> str:
    """A whole path with its opening and closing token."""
    return chr(v.open_path(place)) + draft.body + chr(v.close_path(place))


def distil_prompt(problem_text: str, drafts: list[Draft]) -> str:
    """To be followed by the digest of the drafts."""
    paths = "".join(path_text(place, draft) for place, draft in enumerate(drafts, 1))
    return chr(v.BEGIN) + problem_text + paths + chr(v.WORKSPACE)


def refine_prompt(problem_text: str, workspace: str) -> str:
    """To be followed by a careful trace on top of the workspace."""
    return chr(v.BEGIN) + problem_text + chr(v.WORKSPACE) + workspace + chr(v.CLOSE_WORKSPACE) + chr(v.THINK)


def sequential_prompt(problem_text: str, draft: Draft) -> str:
    """To be followed by a careful trace that takes one draft into account."""
    return chr(v.BEGIN) + problem_text + judged_draft(draft.body) + chr(v.THINK)


def judge_prompt(problem_text: str, first: str, second: str) -> str:
    """To be followed by `<yes>` if the two (unfinished) traces come to the same answer, else by `<no>`."""
    return chr(v.BEGIN) + problem_text + judged_draft(first) + judged_draft(second) + chr(v.SAME)


def judged_draft(text: str) -> str:
    return chr(v.DRAFT) + text + chr(v.CLOSE_DRAFT)


def fork_prompt(problem_text: str) -> str:
    """To be followed by the names of the independent parts."""
    return chr(v.BEGIN) + problem_text + chr(v.FORK)
