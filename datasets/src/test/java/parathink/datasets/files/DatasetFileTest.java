package parathink.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.CountdownFormat;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetException;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Problem;

final class DatasetFileTest {
    @TempDir
    private Path folder;

    @Test
    void findsTheUsualColumnsWithoutRegardToCase() {
        var csv = load(
                "a.csv",
                "ID,Problem,Solution,Answer\n2024-I-1,What is 1+1?,Add them.,2\n2024-I-2,What is 2+2?,Add,4\n");
        var jsonl = load("b.jsonl", "{\"question\": \"What is 1+1?\", \"expected_answer\": 2.0}");

        assertThat(csv.name()).isEqualTo("a.csv");
        assertThat(csv.problems()).extracting(Problem::id).containsExactly("2024-I-1", "2024-I-2");
        assertThat(references(csv)).containsExactly("2", "4");
        assertThat(csv.problems().get(1).question().text()).isEqualTo("What is 2+2?");
        assertThat(jsonl.problems().getFirst().id()).isEqualTo("b/1");
        assertThat(references(jsonl)).containsExactly("2");
    }

    @Test
    void takesTheColumnsThatAreNamed() {
        var set = load(
                "a.jsonl",
                "{\"task\": \"One?\", \"answer\": 3, \"meta\": {\"gold\": [\"1\"]}, \"key\": \"k1\"}",
                Map.of("problem", "Task", "answer", "meta.gold", "id", "key", "format", "text"));

        var problem = set.problems().getFirst();
        assertThat(problem.id()).isEqualTo("k1");
        assertThat(problem.question().text()).isEqualTo("One?");
        assertThat(problem.reference()).contains("1");
        assertThat(problem.question().format().name()).isEqualTo("text");
    }

    @Test
    void namesProblemsByTheirRowsWhenIdsRecurOrHaveGaps() {
        var recurring = load(
                "a.jsonl",
                "{\"id\": 1, \"problem\": \"One?\", \"answer\": 1}\n\n{\"id\": 1, \"problem\": \"Two?\", \"answer\": 2}");
        var gaps = load(
                "b.jsonl",
                "{\"id\": 1, \"problem\": \"One?\", \"answer\": 1}\n{\"id\": 7, \"problem\": \"Two?\", \"answer\": 2}");

        assertThat(recurring.problems()).extracting(Problem::id).containsExactly("a/1", "a/2");
        assertThat(recurring.remarks())
                .containsExactly(
                        "the id column does not tell all rows apart, so problems are named by their rows, as a/1");
        assertThat(gaps.problems()).extracting(Problem::id).containsExactly("1", "7");
    }

    @Test
    void reportsDuplicatesAndContradictionsAndKeepsThem() {
        var set = load("a.jsonl", """
                {"problem": "What is $1+1$?", "answer": "2"}
                {"problem": "What is $1 + 1$?", "answer": 2.0}
                {"problem": "Name a prime.", "answer": 3}
                {"problem": "what is \\\\(1+1\\\\)?", "answer": 11}
                """);

        assertThat(set.problems()).hasSize(4);
        assertThat(set.remarks())
                .containsExactly(
                        "2 problems ask what an earlier one asks (row 2 as row 1; row 4 as row 1)",
                        "1 problem contradicts the answer of the same question (row 4 as row 1, 11 and 2)");
    }

    @Test
    void keepsProblemsWithoutAnAnswerAsNotGradable() {
        var set = load(
                "a.jsonl",
                "{\"problem\": \"One?\", \"answer\": NaN}\n{\"problem\": \"Two?\", \"answer\": 2}\n{\"problem\": \"Three?\", \"answer\": \"\"}\n{\"problem\": \"Four?\"}");

        assertThat(set.problems())
                .extracting(Problem::reference)
                .containsExactly(Optional.empty(), Optional.of("2"), Optional.empty(), Optional.empty());
        assertThat(set.remarks()).containsExactly("3 problems have no answer and are not graded (row 1; row 3; row 4)");
    }

    @Test
    void cutsTheRequestForABoxedAnswerOffTheProblem() {
        var set = load("a.jsonl", """
                {"prompt": "What is 1+1?\\nPlease reason step by step, and put your final answer within \\\\boxed{}.", "answer": 2}
                {"prompt": "What is 2+2? Let's think step by step and output the answer in \\\\boxed{}.", "answer": 4}
                {"prompt": "What is $\\\\boxed{7}$ less 1?", "answer": 6}
                """);

        assertThat(set.problems())
                .extracting(problem -> problem.question().text())
                .containsExactly("What is 1+1?", "What is 2+2?", "What is $\\boxed{7}$ less 1?");
        assertThat(set.remarks()).containsExactly("left out the request for a boxed answer that ends 2 problems");
    }

    @Test
    void asksTheLastUserMessageOfAChat() {
        var set = load(
                "a.jsonl",
                "{\"prompt\": [{\"role\": \"system\", \"content\": \"Be brief.\"}, {\"role\": \"user\", \"content\": \"One?\"}], \"answer\": 1}");

        assertThat(set.problems().getFirst().question().text()).isEqualTo("One?");
    }

    @Test
    void makesGamesOfNumbersAndTargets() {
        var lists = load("a.jsonl", "{\"nums\": [3, 5, 7], \"target\": 22, \"prompt\": [\"odd\"]}");
        var ranks = load("24.csv", "Rank,Puzzles,Solved rate\n1,1 1 4 6,99%\n2,\"[1, 1, 11, 11]\",98%\n");

        var game = lists.problems().getFirst();
        assertThat(game.question().text()).isEqualTo("Use 3, 5, 7 to make 22.");
        assertThat(game.question().format()).isEqualTo(new CountdownFormat(List.of(3, 5, 7), 22));
        assertThat(game.reference()).contains("22");
        assertThat(ranks.problems())
                .extracting(problem -> problem.question().format())
                .containsExactly(
                        new CountdownFormat(List.of(1, 1, 4, 6), 24), new CountdownFormat(List.of(1, 1, 11, 11), 24));
        assertThat(ranks.problems().get(1).id()).isEqualTo("2");
    }

    @Test
    void shufflesOptionsThatComeWithTheRightOneFirst() {
        var set = load(
                "a.csv",
                "Record ID,Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3\n"
                        + "rec1,Which ring?,\"[2-(4)]furan \n\",(1R)-ane,\"a\n\"\"b\"\"\",c\nrec2,Which?,w,x,y,z\n");

        var problem = set.problems().getFirst();
        assertThat(problem.id()).isEqualTo("rec1");
        assertThat(problem.question().choices()).containsExactly("[2-(4)]furan", "(1R)-ane", "a\n\"b\"", "c");
        assertThat(problem.reference()).contains("A");
        assertThat(problem.shuffled()).isTrue();
        assertThat(IntStream.range(0, 20)
                        .mapToObj(
                                repeat -> problem.inOrder(1, repeat).reference().orElseThrow())
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("A", "B", "C", "D");
    }

    @Test
    void keepsTheOrderOfOptionsThatComeAsAList() {
        var rows = """
                {"question": "Red?", "choices": ["blue", "red", "all of these"], "answer": "B"}
                {"question": "Blue?", "options": "['blue', 'red']", "answer": "blue"}
                {"question": "None?", "choices": {"label": ["A", "B", "C"], "text": ["x", "y", "z"]}, "answer": 2}
                {"question": "Both?", "choices": ["x", "y"], "answer": "(A)"}
                """;
        var set = load("a.jsonl", rows);

        assertThat(references(set)).containsExactly("B", "A", "C", "A");
        assertThat(set.problems()).extracting(Problem::shuffled).containsOnly(false);
        assertThat(load("a.jsonl", rows, Map.of("options", "shuffled")).problems())
                .extracting(Problem::shuffled)
                .containsOnly(true);
    }

    @Test
    void refusesASetWhoseRightOptionNeverVaries() {
        var rows = """
                {"question": "One?", "choices": ["1", "2"], "answer": "A"}
                {"question": "Three?", "choices": ["3", "4"], "answer": "A"}
                """;

        assertFails(
                rows,
                Map.of(),
                "the right option has the same letter in all 2 problems, which gives it away; set -D options=shuffled");
        assertThat(load("a.jsonl", rows, Map.of("options", "shuffled")).problems())
                .hasSize(2);
    }

    @Test
    void refusesAnAnswerThatMayBeAPlaceOrAnOption() {
        assertFails(
                "{\"question\": \"One?\", \"choices\": [\"2\", \"3\", \"1\"], \"answer\": 2}",
                Map.of(),
                "a.jsonl: line 1: the answer 2 may be a place or an option; write its letter");
        assertFails(
                "{\"question\": \"One?\", \"choices\": [\"2\", \"3\"], \"answer\": \"E\"}",
                Map.of(),
                "a.jsonl: line 1: the answer 'E' is neither a letter of an option nor an option");
        assertFails(
                "{\"question\": \"One?\", \"choices\": [\"2\", \"3\"], \"answer\": -1}",
                Map.of(),
                "a.jsonl: line 1: the answer '-1' is neither a letter of an option nor an option");
    }

    @Test
    void loadsNoMoreThanAskedForButKnowsTheWholeFile() {
        var rows =
                "{\"id\": 1, \"problem\": \"One?\", \"answer\": 1}\n{\"id\": 2, \"problem\": \"Two?\", \"answer\": 2}\n{\"id\": 3, \"problem\": \"One?\", \"answer\": 1}\n";
        var whole = load("a.jsonl", rows);
        var file = new DatasetFile(folder.resolve("a.jsonl"));

        var first = file.load(new DatasetRequest(Map.of(), 1, folder));
        var second = file.load(new DatasetRequest(Map.of("skip", "1"), 1, folder));

        assertThat(first.problems()).extracting(Problem::id).containsExactly("1");
        assertThat(second.problems()).extracting(Problem::id).containsExactly("2");
        assertThat(first.fingerprint()).isEqualTo(whole.fingerprint()).hasSize(64);
        assertThat(second.remarks()).containsExactly("1 problem asks what an earlier one asks (row 3 as row 1)");
    }

    @Test
    void changesItsFingerprintWithEveryCharacter() {
        var row = "{\"id\": 1, \"problem\": \"One?\", \"answer\": 1}";
        var fingerprint = load("a.jsonl", row).fingerprint();

        assertThat(load("b.jsonl", row).fingerprint()).isEqualTo(fingerprint);
        assertThat(load("a.jsonl", row.replace("One?", "One ?")).fingerprint()).isNotEqualTo(fingerprint);
        assertThat(load("a.jsonl", row.replace("\"answer\": 1", "\"answer\": 2"))
                        .fingerprint())
                .isNotEqualTo(fingerprint);
        assertThat(load("a.jsonl", row.replace("\"id\": 1", "\"id\": 2")).fingerprint())
                .isNotEqualTo(fingerprint);
    }

    @Test
    void saysInOneLineWhatIsMissing() {
        assertFails("", Map.of(), "a.jsonl: there is no problem in it");
        assertFails(
                "{\"problem\": \"One?\", \"hint\": 1}",
                Map.of(),
                "a.jsonl: no column holds the answers; name it with --map answer=COLUMN (the columns are problem, hint)");
        assertFails(
                "{\"text\": \"One?\", \"answer\": 1}",
                Map.of(),
                "a.jsonl: line 1: no column holds the problem; name it with --map problem=COLUMN; the columns are text, answer");
        assertFails(
                "{\"problem\": \" \", \"answer\": 1}",
                Map.of(),
                "a.jsonl: line 1: the problem is empty (column 'problem')");
        assertFails(
                "{\"problem\": \"One?\", \"answer\": 1}",
                Map.of("answer", "gold"),
                "a.jsonl: line 1: there is no column 'gold'; the columns are problem, answer");
        assertFails(
                "{\"problem\": \"One?\", \"answer\": 1, \"format\": \"maths\"}",
                Map.of(),
                "a.jsonl: line 1: unknown answer format 'maths'; did you mean 'math'? (-D format=NAME overrides the column)");
        assertFails(
                "{\"nums\": [1, 2.5], \"target\": 3}",
                Map.of(),
                "a.jsonl: line 1: '2.5' is no integer to calculate with");
        assertFails(
                "{\"nums\": [1, -2], \"target\": 3}",
                Map.of(),
                "a.jsonl: line 1: the numbers of a game are integers from 0, got [1, -2]; the columns are nums, target");
        assertFails(
                "{\"nums\": [], \"target\": 3}",
                Map.of(),
                "a.jsonl: line 1: the numbers of a game are integers from 0, got []; the columns are nums, target");
    }

    @Test
    void refusesSettingsThatItDoesNotKnow() throws IOException {
        var file =
                new DatasetFile(Files.writeString(folder.resolve("a.jsonl"), "{\"problem\": \"One?\", \"answer\": 1}"));

        assertRefuses(file, Map.of("anwser", "gold"), "unknown dataset setting 'anwser'; did you mean 'answer'?");
        assertRefuses(
                file, Map.of("skip", "1"), "skip=1 leaves none of the 1 problems in " + folder.resolve("a.jsonl"));
        assertRefuses(file, Map.of("skip", "-1"), "the setting skip is a whole number from 0, got '-1'");
        assertRefuses(
                file, Map.of("options", "random"), "the setting options is 'shuffled' or 'as-given', got 'random'");
        assertRefuses(
                file,
                Map.of("options", "shuffled"),
                "the setting options has no meaning for %s: no question in it has options"
                        .formatted(folder.resolve("a.jsonl")));
        assertRefuses(file, Map.of("format", "maths"), "unknown answer format 'maths'; did you mean 'math'?");
        assertRefuses(file, Map.of("id", " "), "'id=' needs the name of a column");
    }

    private static void assertRefuses(DatasetFile file, Map<String, String> settings, String message) {
        var request = new DatasetRequest(settings, 10, Path.of("."));
        assertThatThrownBy(() -> file.load(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private void assertFails(String content, Map<String, String> settings, String message) {
        assertThatThrownBy(() -> load("a.jsonl", content, settings))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private static List<String> references(Dataset set) {
        return set.problems().stream()
                .map(problem -> problem.reference().orElseThrow())
                .toList();
    }

    private Dataset load(String name, String content) {
        return load(name, content, Map.of());
    }

    private Dataset load(String name, String content, Map<String, String> settings) {
        try {
            var file = Files.writeString(folder.resolve(name), content);
            return new DatasetFile(file).load(new DatasetRequest(settings, Integer.MAX_VALUE, folder));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
