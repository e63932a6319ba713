"""Training documents: plain traces, ParaThinker paths with their summary, PDR (distil, refine), sequential refinement,
the same-answer judge, fork and join.

A document holds three arrays of one length: tokens, positions and flags. The low four bits of a flag are the *path* of
the token: 0 shared by all, 1 to 8 a path or branch of its own, 9 the summary. Attention inside a document is causal,
and a key is seen by a query of the same path, by every query if it is shared, and by the summary always.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

import countdown
import vocabulary as v
from digest import Decisions, check_candidates, refinement_text, search_again, summary_text, workspace_text
from drafts import Draft, part_values, synthetic_drafts
from pool import Pool
from problems import FINAL, Problem, draw_problem, is_held_out, write_part, write_trace
from prompts import distil_prompt, fork_prompt, judged_draft, path_text, plain_prompt, refine_prompt, sequential_prompt
from vocabulary import boxed
from writing import SLIP_MARK, Chance, Scribe

SHARED = 0
SUMMARY_PATH = 9
PATH_BITS = 15
LOSS = 16  # the model learns to predict this token
JUDGE = 32  # a token of the judge, which weighs more in the loss
TARGET_YES = 64  # what is to be predicted here is <yes>, not the token: a label that costs no token
TARGET_NO = 128

JOIN_BRANCH = 8
GIVES_UP = 0.08  # share of plain Countdown documents whose search gives up


class Document(NamedTuple):
    """Token bytes, positions (uint16) and flags (uint8), all of one length."""

    tokens: bytes
    positions: np.ndarray
    flags: np.ndarray


class Composer:
    """Puts a document together, piece by piece."""

    def __init__(self):
        self._tokens: list[bytes] = []
        self._positions: list[np.ndarray] = []
        self.flags: list[np.ndarray] = []  # of each piece

    def append(self, text: str, start: int, path: int = SHARED, flags: int = 0) -> int:
        """Appends a text from position `start` on; lines with the slip mark get no flags. Returns the position after
        it."""
        lines = text.split("\n")
        newlines = [1] * (len(lines) - 1) + [0]
        piece_flags = np.concatenate([self._line_flags(line, newline, flags) for line, newline in zip(lines, newlines)])
        tokens = text.replace(SLIP_MARK, "").encode("latin-1")
        self._tokens.append(tokens)
        self._positions.append(np.arange(start, start + len(tokens), dtype=np.uint16))
        self.flags.append(piece_flags | np.uint8(path))
        return start + len(tokens)

    @staticmethod
    def _line_flags(line: str, newline: int, flags: int) -> np.ndarray:
        slipped = line.startswith(SLIP_MARK)
        return np.full(len(line) - slipped + newline, 0 if slipped else flags, np.uint8)

    def document(self) -> Document:
        return Document(b"".join(self._tokens), np.concatenate(self._positions), np.concatenate(self.flags))


def prompt_and_target(prompt: str, target: str) -> Document:
    """A document of one thread: a prompt without loss and a target with it."""
    composer = Composer()
    composer.append(target, composer.append(prompt, 0), flags=LOSS)
    return composer.document()


def merged_paths(problem_text: str, drafts: list[Draft]) -> Document:
    """Problem, all paths side by side, `<summary>`: as a decoder that merges the caches of the paths holds them."""
    composer = Composer()
    start = composer.append(chr(v.BEGIN) + problem_text, 0)
    end = start
    for place, draft in enumerate(drafts, 1):
        end = max(end, composer.append(path_text(place, draft), start, place))
    composer.append(chr(v.SUMMARY), end, SUMMARY_PATH)
    return composer.document()


# ---- one function a kind: documents of one problem; `pool` holds the model's own drafts of it, None for synthetic ones


def plain_documents(scribe: Scribe, problem: Problem, pool: list[Draft] | None) -> list[Document]:
    scribe.begin_trace()
    if problem.countdown:
        ending = "none" if scribe.chance.happens(GIVES_UP) else "found"
        text, answer = countdown.draft(scribe.chance, problem.countdown, [problem.countdown.path], ending)
    else:
        text, values = write_trace(scribe, problem)
        answer = str(values[FINAL])
    composer = Composer()
    position = composer.append(plain_prompt(problem.text), 0)
    position = composer.append(text, position, flags=LOSS)
    # a piece of its own: to give up is learnt, the search that fails is not
    composer.append(chr(v.CLOSE_THINK) + boxed(answer) + chr(v.END), position, flags=LOSS)
    return [composer.document()]


def paths_documents(scribe: Scribe, problem: Problem, pool: list[Draft] | None) -> list[Document]:
    """ParaThinker: synthetic paths are learnt too, the model's own are not; the summary always is."""
    chance = scribe.chance
    paths = chance.pick((2, 3, 4, 4, 5, 6, 7, 8, 8))
    if pool is None:
        many = paths > 6 and not problem.countdown
        drafts = synthetic_drafts(scribe, problem, paths, chance.pick((0.05, 0.15, 0.25)) if many else None)
    else:
        drafts = chance.sample(pool, min(paths, len(pool)))
    composer = Composer()
    start = composer.append(chr(v.BEGIN) + problem.text, 0)
    end = start
    for place, draft in enumerate(drafts, 1):
        learnt = LOSS if pool is None else 0
        end_learnt = 0 if draft.answer is None else learnt
        position = composer.append(chr(v.open_path(place)), start, place)
        position = composer.append(draft.text, position, place, learnt)
        position = composer.append(draft.answer_text + chr(v.close_path(place)), position, place, end_learnt)
        end = max(end, position)
    position = composer.append(chr(v.SUMMARY), end, SUMMARY_PATH)
    composer.append(summary_text(scribe, problem, drafts), position, SUMMARY_PATH, LOSS)
    return [composer.document()]


def distil_and_refine_documents(scribe: Scribe, problem: Problem, pool: list[Draft] | None) -> list[Document]:
    """PDR: one document to distil and one to refine; at times the drafts are refinements themselves (second round)."""
    chance = scribe.chance
    count = chance.pick((1, 2, 2, 3, 4, 4, 4, 4))
    bare = 0.7 if chance.happens(0.25) else 0.0
    if pool is not None and not bare:
        drafts = chance.sample(pool, min(count, len(pool)))
    else:
        drafts = synthetic_drafts(scribe, problem, count, bare=bare)
    if chance.happens(0.05):
        drafts = []
    workspace, decisions = workspace_text(problem, drafts)
    documents = []
    if drafts and chance.happens(0.75):
        prompt = distil_prompt(problem.text, [draft.without_marks() for draft in drafts])
        documents.append(prompt_and_target(prompt, workspace + chr(v.CLOSE_WORKSPACE)))
    target = refinement_text(scribe, problem, decisions)
    return documents + [prompt_and_target(refine_prompt(problem.text, workspace), target)]


def sequential_documents(scribe: Scribe, problem: Problem, pool: list[Draft] | None) -> list[Document]:
    """Sequential refinement of one draft."""
    chance = scribe.chance
    if pool is not None and chance.happens(0.6):
        draft = chance.pick(pool)
    else:
        draft = synthetic_drafts(scribe, problem, 1, 0.5)[0]
    if problem.countdown:
        draft, target = _sequential_countdown(scribe, problem, draft)
    else:
        listed = {FINAL: Counter()} | {name: Counter([value]) for name, value in draft.values.items()}
        target = refinement_text(scribe, problem, Decisions(listed=listed))
    return [prompt_and_target(sequential_prompt(problem.text, draft.without_marks()), target)]


def _sequential_countdown(scribe: Scribe, problem: Problem, draft: Draft) -> tuple[Draft, str]:
    """The draft to show (at times itself a refinement of the given one) and what follows it."""
    if scribe.chance.happens(0.4):
        text, decisions = check_candidates(problem, [draft])
        answer = decisions.solution
        if answer is None:
            search, answer = search_again(scribe, problem, decisions.tried)
            text += search
        draft = Draft(text.rstrip("\n"), answer)
    text, decisions = check_candidates(problem, [draft])
    if decisions.solution:
        text = text.rstrip("\n")
    return draft, text + refinement_text(scribe, problem, decisions)


JUDGED_SHARES = (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.5, 0.6, 0.8, 1.0, 1.0)  # of the first trace; 1: both are whole


def judge_documents(scribe: Scribe, problem: Problem, pool: list[Draft] | None) -> list[Document]:
    """One trace against up to eight others of the same problem, each in a branch of its own, as many "same" as
    "different"."""
    chance = scribe.chance
    if problem.countdown:
        return []
    if pool is None:
        pool = synthetic_drafts(scribe, problem, 10, chance.pick((0.1, 0.2, 0.3)))
    pairs = _draw_pairs(chance, [draft for draft in pool if draft.answer is not None])
    if not pairs:
        return []
    share = chance.pick(JUDGED_SHARES)
    first = pairs[0][0].without_marks().text
    cut = int(len(first) * share) if share < 1 else None
    first = first[:cut]
    composer = Composer()
    start = composer.append(chr(v.BEGIN) + problem.text + judged_draft(first), 0)
    known = part_values(first, None)
    for branch, (_, other, same) in enumerate(pairs, 1):
        text = other.without_marks().text[:cut]
        position = composer.append(judged_draft(text) + chr(v.SAME), start, branch)
        _label_on_the_way(composer.flags[-1], text, known)
        if share == 1:
            composer.flags[-1][-1] |= LOSS | JUDGE | (TARGET_YES if same else TARGET_NO)
        composer.append(chr(v.YES if same else v.NO), position, branch, LOSS | JUDGE)
    return [composer.document()]


def _draw_pairs(chance: Chance, drafts: list[Draft]) -> list[tuple[Draft, Draft, bool]]:
    """Pairs of one draft with others, and whether they have the same answer; empty where there are not both kinds."""
    by_answer: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_answer.setdefault(draft.answer, []).append(draft)
    groups = [group for group in by_answer.values() if len(group) > 1]
    if len(by_answer) < 2 or not groups:
        return []
    group = chance.pick(groups)
    first = group[0]
    others = [draft for draft in drafts if draft.answer != first.answer]
    each = min(4, len(group) - 1, len(others))
    pairs = [(first, draft, True) for draft in chance.sample(group[1:], each)]
    pairs += [(first, draft, False) for draft in chance.sample(others, each)]
    chance.shuffle(pairs)
    return pairs


def _label_on_the_way(flags: np.ndarray, text: str, known: dict[str, int]) -> None:
    """After each `B=17` of the second trace: does the first one have the same B? `flags` begins at `<draft>`, before
    the text."""
    for match in re.finditer(r"^([A-D])=(\d+)\n", text, re.MULTILINE):
        if match[1] in known:
            same = known[match[1]] == int(match[2])
            flags[1 + match.end()] |= LOSS | JUDGE | (TARGET_YES if same else TARGET_NO)


def fork_documents(scribe: Scribe, problem: Problem, pool: list[Draft] | None) -> list[Document]:
    """The main thread names the independent parts, a branch solves each, the join gets `A=17 B=5` and finishes."""
    free = [part for part in problem.parts if not part.needs and part.name != FINAL]
    if len(free) < 2:
        return []
    composer = Composer()
    position = composer.append(fork_prompt(problem.text), 0)
    start = composer.append(" ".join(part.name for part in free) + "\n", position, SHARED, LOSS)
    scribe.begin_trace()
    for branch, part in enumerate(free, 1):
        position = composer.append(f"{part.name}:", start, branch)
        lines, _ = write_part(scribe, part.name, part.solve, {})
        composer.append("\n".join(lines) + chr(v.CLOSE_THINK), position, branch, LOSS)
    results = " ".join(f"{part.name}={problem.truth[part.name]}" for part in free)
    position = composer.append(results + "\n", start, JOIN_BRANCH)
    lines, value = write_part(scribe, FINAL, problem.parts[-1].solve, problem.truth)
    target = "\n".join(lines) + chr(v.CLOSE_THINK) + boxed(str(value)) + chr(v.END)
    composer.append(target, position, JOIN_BRANCH, LOSS)
    return [composer.document()]


# ---- mixtures

Writer = Callable[[Scribe, Problem, list[Draft] | None], list[Document]]
PLAIN = "plain"
USES_DRAFTS = ("paths", "pdr", "sequential", "judge")
WRITERS: dict[str, Writer] = {
    PLAIN: plain_documents,
    "paths": paths_documents,
    "pdr": distil_and_refine_documents,
    "sequential": sequential_documents,
    "judge": judge_documents,
    "fork": fork_documents,
}
MIXTURES = {  # share of problems by kind; documents differ in length
    "base": {PLAIN: 0.78, "paths": 0.10, "pdr": 0.05, "sequential": 0.02, "judge": 0.04, "fork": 0.01},
    "aggregation": {PLAIN: 0.45, "paths": 0.20, "pdr": 0.13, "sequential": 0.05, "judge": 0.15, "fork": 0.02},
}
FAMILY_SHARES = {  # family: share among plain documents, share among the others
    "countdown-3": (0.03, 0.02),
    "countdown-4": (0.17, 0.12),
    "arith-1": (0.04, 0.02),
    "arith-2": (0.07, 0.05),
    "arith-3": (0.12, 0.09),
    "arith-4": (0.09, 0.09),
    "arith-5": (0.11, 0.11),
    "arith-6": (0.08, 0.10),
    "arith-7": (0.10, 0.10),
    "arith-8": (0.10, 0.15),
    "arith-9": (0.09, 0.15),
}


def stream(scribe: Scribe, mixture: str, pool: Pool | None = None, pool_share: float = 0.5) -> Iterator[Document]:
    """Documents without end, none of a held-out problem; `pool_share` of those that use drafts take them from the
    pool."""
    chance = scribe.chance
    kinds, shares = list(MIXTURES[mixture]), list(MIXTURES[mixture].values())
    while True:
        kind = chance.choices(kinds, shares)[0]
        if pool and kind in USES_DRAFTS and chance.happens(pool_share):
            problem, drafts = pool.next_problem()
        else:
            problem, drafts = _training_problem(scribe, kind), None
        try:
            documents = WRITERS[kind](scribe, problem, drafts)
        except (ValueError, TypeError, IndexError):
            continue  # a slip can make it impossible to go on with a trace; such a document is dropped
        yield from documents


def _training_problem(scribe: Scribe, kind: str) -> Problem:
    shares = [plain if kind == PLAIN else other for plain, other in FAMILY_SHARES.values()]
    while True:
        problem = draw_problem(scribe, scribe.chance.choices(list(FAMILY_SHARES), shares)[0])
        if not is_held_out(problem.text):
            return problem
