"""Writes templates, what they are rendered with, and what Jinja2 makes of them, for TemplateComparisonTest.

    python scripts/checks/template_cases.py OUT [FILE.jinja | FOLDER ...]

Needs jinja2 3.1.6 (pip install jinja2==3.1.6). The environment is the one in which chat templates are rendered by the
reference implementation: immutable sandbox, trim_blocks, lstrip_blocks, loop controls, a tojson without escapes of HTML,
raise_exception, strftime_now and the generation tag. FILE is a template, FOLDER one of templates or one of a model, whose
special tokens are then used. --constructs FILE writes the cases of single constructs alone, as the fixture of the unit
test has them. Then:

    PARATHINK_TEMPLATE_CASES=OUT mvn -q -Dtest=TemplateComparisonTest -DexcludedGroups= \\
        -Dsurefire.failIfNoSpecifiedTests=false -pl models -am test
"""
import argparse
import datetime
import functools
import json
import pathlib
import sys

import jinja2
import jinja2.ext
import jinja2.sandbox

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from template_constructs import CONSTRUCTS  # noqa: E402

NOW = datetime.datetime(2024, 7, 6, 9, 5, 3)
SPECIALS = {"bos_token": "<s>", "eos_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}


class Generation(jinja2.ext.Extension):
    """The tag that marks what the model said; it changes nothing in the text."""
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_body"), [], [], body).set_lineno(line)

    @staticmethod
    def _body(caller):
        return caller()


class Namespace(jinja2.utils.Namespace):
    """Keeps no names with an underscore."""

    def __init__(*arguments, **named):
        for name in dict(*arguments[1:], **named):
            Namespace._check(name)
        jinja2.utils.Namespace.__init__(*arguments, **named)

    def __setitem__(self, name, value):
        Namespace._check(name)
        jinja2.utils.Namespace.__setitem__(self, name, value)

    @staticmethod
    def _check(name):
        if str(name).startswith("_"):
            raise jinja2.exceptions.SecurityError(name)


def refuse(message):
    raise jinja2.exceptions.TemplateError(message)


def environment():
    made = jinja2.sandbox.ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
    made.filters["tojson"] = lambda value, ensure_ascii=False, indent=None, separators=None, sort_keys=False: json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)
    made.globals["raise_exception"] = refuse
    made.globals["strftime_now"] = NOW.strftime
    made.globals["namespace"] = Namespace
    return made


def user(text):
    return {"role": "user", "content": text}


def assistant(text, **more):
    return {"role": "assistant", "content": text} | more


def system(text):
    return {"role": "system", "content": text}


TOOL = {"type": "function", "function": {
    "name": "add", "description": "Adds <two> numbers & \"more\"; it's é", "parameters": {
        "type": "object", "required": ["a", "b"],
        "properties": {"a": {"type": "number", "description": "first"}, "b": {"type": "number"}}}}}
CALL = assistant("", tool_calls=[{"id": "abcdefghi", "type": "function", "function": {
    "name": "add", "arguments": {"a": 1, "b": 2.5, "s": "x<y \"q\" é", "n": None, "t": True}}}])
THOUGHT = "<think>\nsix times seven\n</think>\n\nIt is 42."

CONVERSATIONS = {
    "user": [user("What is 6 * 7?")],
    "white space": [user("  What\n\n is 6 * 7? \n")],
    "one letter": [user("a")],
    "empty": [user("")],
    "unicode": [user("Καλημέρα 👍🏽 你好\u2028 e\u0301 \u00a0")],
    "looks like a template": [user("{{ x }} {% y %} {# z #} <|im_end|> </s> <|eot_id|>")],
    "markup": [user("1 < 2 && 3 > 2 \"q\" 'p' \\boxed{4} \\n $x$\t\r\n")],
    "system": [system("Be brief."), user("What is 6 * 7?")],
    "system with white space": [system("  Be brief.\n\n"), user("What is 6 * 7? ")],
    "empty system": [system(""), user("Hello")],
    "turns": [user("a"), assistant("b"), user("c")],
    "system and turns": [system("s"), user("a"), assistant("b"), user("c"), assistant(" d "), user("e")],
    "ends with the assistant": [user("a"), assistant("b")],
    "thoughts": [user("6*7?"), assistant(THOUGHT), user("And 6*8?")],
    "thoughts at the end": [user("6*7?"), assistant(THOUGHT)],
    "reasoning apart": [user("6*7?"), assistant("42", reasoning_content="six\n"), user("7*7?")],
    "reasoning apart at the end": [user("6*7?"), assistant("42", reasoning_content="six\n")],
    "long": [user("word " * 400), assistant("answer " * 300), user("and " * 200)],
    "two users": [user("a"), user("b")],
    "assistant first": [assistant("a"), user("b")],
    "system late": [user("a"), system("b"), user("c")],
    "parts": [{"role": "user", "content": [{"type": "text", "text": "in parts"}, {"type": "text", "text": "!"}]}],
    "no messages": [],
}
WITH_TOOLS = {
    "tools": [user("Add 1 and 2.5")],
    "tools and system": [system("Use tools."), user("Add 1 and 2.5")],
    "tool call": [user("Add 1 and 2.5"), CALL, {"role": "tool", "content": "3.5", "tool_call_id": "abcdefghi"}],
    "tool call and turns": [
        user("Add"), CALL, {"role": "tool", "content": "3.5", "tool_call_id": "abcdefghi"}, assistant("3.5"), user("Thanks")],
}
OPTIONS = [
    {"add_generation_prompt": True},
    {"add_generation_prompt": False},
    {"add_generation_prompt": True, "enable_thinking": True},
    {"add_generation_prompt": True, "enable_thinking": False},
    {"add_generation_prompt": True, "date_string": "01 Jan 2025"},
]


@functools.lru_cache(maxsize=None)
def compiled(env, source):
    return env.from_string(source)


def rendered(env, source, variables):
    """What comes out, or what the refusal says."""
    try:
        return {"text": compiled(env, source).render(**json.loads(json.dumps(variables)))}
    except Exception as e:  # whatever stops Jinja2 is a refusal
        return {"refused": f"{type(e).__name__}: {e}"[:200]}


def conversations():
    for name, messages in CONVERSATIONS.items():
        for options in OPTIONS:
            yield name, {"messages": messages, "tools": None, "documents": None} | options
    for name, messages in WITH_TOOLS.items():
        for options in OPTIONS[:2]:
            yield name, {"messages": messages, "tools": [TOOL], "documents": None} | options


VARIABLES = {"messages": CONVERSATIONS["system and turns"], "add_generation_prompt": True, "word": "Käse 👍", "number": 7,
            "real": 2.5, "nothing": None, "yes": True, "items": ["b", "a", "C", "a"], "tool": TOOL,
            "nested": {"x": {"y": [1, 2, {"z": "deep"}]}, "items": "an entry", "k 1": "<&>"}} | SPECIALS


def constructs(env):
    for group, sources in CONSTRUCTS.items():
        for source in sources:
            row = {"group": group, "source": source}
            yield row | ({"unsupported": True} if group == "refused here" else rendered(env, source, VARIABLES))


def templates(paths):
    """Name, source and special tokens of the templates of files and folders."""
    for path in paths:
        if path.is_file():
            yield path.stem, path.read_text(encoding="utf-8"), SPECIALS
            continue
        settings = path / "tokenizer_config.json"
        if not settings.is_file():
            yield from templates(sorted(path.glob("*.jinja")))
            continue
        config = json.loads(settings.read_text(encoding="utf-8"))
        specials = {k: v["content"] if isinstance(v, dict) else v for k, v in config.items()
                    if k.endswith("_token") and isinstance(v, (str, dict))}
        source = config.get("chat_template")
        named = {t["name"]: t["template"] for t in source} if isinstance(source, list) else {"default": source}
        for name, text in named.items():
            if text is not None:
                yield f"{path.name}-{name}", text, specials


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("templates", nargs="*", type=pathlib.Path)
    parser.add_argument("--constructs", action="store_true", help="write the fixture of constructs to the file OUT")
    arguments = parser.parse_args()
    env = environment()
    if arguments.constructs:
        made = [{"variables": VARIABLES}, *constructs(env)]
        arguments.out.write_text("".join(json.dumps(row, ensure_ascii=True) + "\n" for row in made), encoding="utf-8")
        print(f"{len(made) - 1} constructs by jinja2 {jinja2.__version__}: {arguments.out}")
        return
    arguments.out.mkdir(parents=True, exist_ok=True)
    count = 0
    with open(arguments.out / "cases.jsonl", "w", encoding="utf-8") as out:
        for row in constructs(env):
            out.write(json.dumps({"template": "constructs", "name": row["group"], "variables": VARIABLES} | row) + "\n")
            count += 1
        for name, source, specials in templates(arguments.templates):
            for conversation, variables in conversations():
                row = {"template": name, "name": conversation, "source": source, "variables": specials | variables}
                out.write(json.dumps(row | rendered(env, source, row["variables"])) + "\n")
                count += 1
    print(f"{count} cases by jinja2 {jinja2.__version__}: {arguments.out}")


if __name__ == "__main__":
    main()
