"""What an aggregation writes: the digest of several drafts, and the derivation of what they leave open.

For arithmetic the digest has one line a part with the value of every draft, then a decision. For Countdown it checks
one candidate expression after the other. A summary (ParaThinker) decides and derives in one go; a workspace (PDR) only
decides, a refinement then copies what is decided and derives the rest with care.

In training a majority is only accepted where it is right, so that the model learns how far it can be trusted: the
target of every line can be derived from what stands before it.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from countdown import GAVE_UP, SEARCH_CAP, Search, evaluation, expression, is_solution, solutions
from drafts import Draft, lines_of_part
from problems import FINAL, Part, Problem, write_part
from vocabulary import CLOSE_SUMMARY, CLOSE_THINK, END, boxed
from writing import SLIP_MARK, Scribe

FIRST_DERIVATION_SLIPS = 0.3  # chance that the first new derivation is wrong; there is no loss on it
OWN_VOTES = 2  # what a new derivation counts against the drafts that list another value
RETRY_CAP = 420  # characters of a second search
RETRY_CAP_OF_MANY = 340  # the same after seven drafts or more
TRIED_LISTED = 24  # first operations that a digest lists at most


@dataclass(frozen=True)
class Decisions:
    """What a workspace has settled, and what its drafts listed for the parts that it has not.

    For Countdown: the solution that held (None if none did), the first operations already tried, and whether there were
    drafts at all.
    """

    values: dict[str, int] = field(default_factory=dict)
    listed: dict[str, Counter] = field(default_factory=dict)
    solution: str | None = None
    tried: list[str] = field(default_factory=list)
    drafted: bool = True


# ---- arithmetic


def plurality(listed: Counter) -> int | None:
    """The value that at least two drafts have, and more than have any other."""
    top = listed.most_common(2)
    if not top or top[0][1] < 2:
        return None
    return top[0][0] if len(top) < 2 or top[0][1] > top[1][1] else None


def derive_again(
    scribe: Scribe, part: Part, values: dict[str, int], listed: Counter | None, drafts: list[Draft] = ()
) -> tuple[list[str], int]:
    """A new derivation of a part, checked against the values that the drafts listed (None: there were no drafts).

    A value that is among them is accepted, unless another has more votes by more than OWN_VOTES. One that is not gives
    way to the drafts' plurality, or, where there is none, is derived once more ("again"). What nothing confirms in a
    final is computed in the other order, and a third time if the two differ. Some first derivations are wrong, by a
    slip or as one of the drafts has it, so that the model learns what to do then.
    """
    scribe.begin_anew()
    lines, truth = write_part(scribe, FINAL, part.solve, values)
    confirmed = listed is None or truth in listed
    if listed and scribe.chance.happens(FIRST_DERIVATION_SLIPS):
        wrong = _outvoted_derivation(scribe, part, listed, drafts, truth) or _slipped_derivation(
            scribe, part, values, listed, truth
        )
        if wrong:
            lines, confirmed = wrong, plurality(listed) == truth
    if not confirmed and part.name == FINAL:
        lines = _final_until_two_agree(scribe, part, values, lines, truth)
    elif not confirmed and listed:
        lines = lines + ["again"] + write_part(scribe, FINAL, part.solve, values)[0]
    if part.name != FINAL:
        lines = lines + [f"{part.name}={truth}"]
    return lines, truth


def _slipped_derivation(
    scribe: Scribe, part: Part, values: dict[str, int], listed: Counter, truth: int
) -> list[str] | None:
    """A derivation with a slip whose value no draft has; None if the slip did not come or made no difference."""
    lines, value = write_part(scribe, FINAL, part.solve, values, 1.0)
    slipped = any(line.startswith(SLIP_MARK) for line in lines)
    return list(lines) if slipped and value not in listed and value != truth else None


def _outvoted_derivation(
    scribe: Scribe, part: Part, listed: Counter, drafts: list[Draft], truth: int
) -> list[str] | None:
    """The derivation of a draft that is wrong where many more drafts are right; None if there is none."""
    if plurality(listed) != truth:
        return None
    wrong = [
        draft
        for draft in drafts
        if listed.get(draft.values.get(part.name), listed[truth]) + OWN_VOTES < listed[truth]
    ]
    if not wrong or scribe.chance.happens(0.5):
        return None
    lines = lines_of_part(scribe.chance.pick(wrong).text, part.name)
    return [SLIP_MARK + line for line in lines] or None


def _final_until_two_agree(
    scribe: Scribe, part: Part, values: dict[str, int], first: list[str], truth: int
) -> list[str]:
    """The final once more in the other order, and a third time in the first one if the two differ."""
    differ = any(line.startswith(SLIP_MARK) for line in first)
    scribe.backward = True
    second = write_part(scribe, FINAL, part.solve, values)[0]
    if not differ and scribe.chance.happens(FIRST_DERIVATION_SLIPS):
        slipped, value = write_part(scribe, FINAL, part.solve, values, 1.0)
        if value != truth:
            second, differ = slipped, True
    scribe.backward = False
    lines = first + ["again"] + second
    return lines + ["again"] + write_part(scribe, FINAL, part.solve, values)[0] if differ else lines


def _listing(part: Part, drafts: list[Draft], values: dict[str, int]) -> tuple[str, Counter]:
    """`A 1:23 2:? 3:-`: the value of each draft, `?` where there is none, `-` where it builds on a value that was not
    accepted."""
    entries, listed = [], Counter()
    for place, draft in enumerate(drafts, 1):
        value = draft.values.get(part.name)
        if value is None:
            entries.append(f"{place}:?")
        elif any(draft.values.get(name) != values[name] for name in part.needs):
            entries.append(f"{place}:-")
        else:
            entries.append(f"{place}:{value}")
            listed[value] += 1
    return f"{part.name} {' '.join(entries)}", listed


def leads(listed: Counter) -> bool:
    """Whether a value may stand without a new derivation: two drafts at least have it, more than half of all, and more
    than twice as many as have any other."""
    (_, votes), (_, second) = (listed.most_common(2) + [(None, 0)] * 2)[:2]
    return votes >= 2 and 2 * votes > sum(listed.values()) and votes > 2 * second


def _accepted(listed: Counter, truth: int) -> bool:
    return leads(listed) and listed.most_common(1)[0][0] == truth


def digest_and_derive(scribe: Scribe, problem: Problem, drafts: list[Draft]) -> tuple[str, int]:
    """The digest of a summary: each part that is not accepted is derived at once. Text and final value."""
    lines, values = [], {}
    for part in problem.parts:
        listing, listed = _listing(part, drafts, values)
        lines.append(listing)
        if _accepted(listed, problem.truth[part.name]):
            values[part.name] = problem.truth[part.name]
            if part.name != FINAL:
                lines.append(f"{part.name}={values[part.name]}")
        else:
            derived, values[part.name] = derive_again(scribe, part, values, listed, drafts)
            lines += derived
    return "\n".join(lines) + "\n", values[FINAL]


def _arithmetic_workspace(problem: Problem, drafts: list[Draft]) -> tuple[str, Decisions]:
    """The digest of a workspace: a part is accepted, or left open as `A=?`."""
    lines, decisions = [], Decisions()
    for part in problem.parts:
        if not drafts or any(name not in decisions.values for name in part.needs):
            lines.append(f"{part.name}=?")
            if drafts:
                decisions.listed[part.name] = Counter()
            continue
        listing, listed = _listing(part, drafts, decisions.values)
        lines.append(listing)
        if _accepted(listed, problem.truth[part.name]):
            decisions.values[part.name] = problem.truth[part.name]
            lines.append(f"{part.name}={problem.truth[part.name]}")
        else:
            decisions.listed[part.name] = listed
            lines.append(f"{part.name}=?")
    return "\n".join(lines) + "\n", decisions


# ---- Countdown


def check_candidates(problem: Problem, drafts: list[Draft]) -> tuple[str, Decisions]:
    """Checks the drafts' expressions until one holds; if none does, lists the first operations already searched."""
    lines, tried = [], []
    for place, draft in enumerate(drafts, 1):
        tried += [operation for operation in _first_operations(draft) if operation not in tried]
        if draft.answer is None or draft.answer == GAVE_UP:
            lines.append(f"{place}:{GAVE_UP}")
            continue
        steps, value = evaluation(draft.answer)
        holds = is_solution(problem.text, draft.answer)
        verdict = " ok" if holds else " nums x" if value == problem.countdown.target else " x"
        lines.append(f"{place}:{draft.answer} {' '.join(steps)}{verdict}")
        if holds:
            return "\n".join(lines) + "\n", Decisions(solution=draft.answer)
    lines.append("tried " + " ".join(tried[:TRIED_LISTED]))
    return "\n".join(lines) + "\n", Decisions(tried=tried)


def _first_operations(draft: Draft) -> list[str]:
    """The operations at the root of a draft's search, those included that it lists as tried."""
    found = []
    for line in draft.text.split("\n"):
        line = line.lstrip(SLIP_MARK)
        if line.startswith("tried "):
            found += line[6:].split()
        match = re.match(r"(\d+[-+*/]\d+)=", line)
        if match:
            found.append(match[1])
    return list(dict.fromkeys(found))


def search_again(scribe: Scribe, problem: Problem, tried: list[str], cap: int = RETRY_CAP) -> tuple[str, str]:
    """A longer search that leaves out the first operations already tried, where a solution allows it. Text and
    answer."""
    chance, countdown = scribe.chance, problem.countdown
    if chance.happens(0.12):
        search = Search(chance, countdown, None, tried, cap)
        if not search.solution():
            return "\n".join(SLIP_MARK + line for line in search.lines), GAVE_UP
    known = solutions(countdown.numbers, countdown.target)
    known = [steps for steps in known if steps[0][0] not in tried] or known
    for _ in range(10):
        search = Search(chance, countdown, chance.pick(known), tried, cap, wide=True)
        if search.solution() and search.length <= cap:
            break
    return "\n".join(search.lines), expression(countdown.numbers, search.solution())


# ---- the three texts


def summary_text(scribe: Scribe, problem: Problem, drafts: list[Draft]) -> str:
    """What follows `<summary>` over the merged paths."""
    if problem.countdown:
        text, decisions = check_candidates(problem, drafts)
        answer = decisions.solution
        if answer is None:
            cap = RETRY_CAP if len(drafts) < 7 else RETRY_CAP_OF_MANY
            search, answer = search_again(scribe, problem, decisions.tried, cap)
            text += search + "\n"
    else:
        text, value = digest_and_derive(scribe, problem, drafts)
        answer = str(value)
    return text + boxed(answer) + chr(CLOSE_SUMMARY) + chr(END)


def workspace_text(problem: Problem, drafts: list[Draft]) -> tuple[str, Decisions]:
    """The digest between `<workspace>` and `</workspace>`, and what it decides; without drafts everything is open."""
    if not problem.countdown:
        return _arithmetic_workspace(problem, drafts)
    return check_candidates(problem, drafts) if drafts else ("tried \n", Decisions(drafted=False))


def empty_workspace(problem: Problem) -> str:
    """The workspace that asks for a careful derivation of everything."""
    return workspace_text(problem, [])[0]


def refinement_text(scribe: Scribe, problem: Problem, decisions: Decisions) -> str:
    """What follows `<think>` after a workspace or a draft: decided values copied, the rest derived with care."""
    if problem.countdown:
        text, answer = "", decisions.solution
        if answer is None:
            cap = RETRY_CAP if decisions.drafted else SEARCH_CAP
            text, answer = search_again(scribe, problem, decisions.tried, cap)
        return text + chr(CLOSE_THINK) + boxed(answer) + chr(END)
    values, lines = dict(decisions.values), []
    for part in problem.parts:
        if part.name not in values:
            derived, values[part.name] = derive_again(scribe, part, values, decisions.listed.get(part.name))
            lines += derived
        elif part.name != FINAL:
            lines.append(f"{part.name}={values[part.name]}")
    return "\n".join(lines) + chr(CLOSE_THINK) + boxed(str(values[FINAL])) + chr(END)
