package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code compare} and {@code plan} refuse, as it is seen from outside. */
final class ComparisonErrorsTest {
    private TestingShell shell;

    @BeforeEach
    void runTwice(@TempDir Path temporary) throws IOException {
        shell = new TestingShell(temporary);
        shell.write("pool.jsonl", pool("p", "1", 4));
        run("pool.jsonl", "one", "--seed 1");
        run("pool.jsonl", "two", "--seed 2");
    }

    private static String pool(String id, String reference, int problems) {
        var pool = new StringBuilder();
        for (int problem = 0; problem < problems; problem++) {
            for (int draw = 0; draw < 3; draw++) {
                pool.append("{\"problem\": \"%s%d\", \"reference\": \"%s\", \"format\": \"integer\", "
                                .formatted(id, problem, reference))
                        .append("\"question\": \"what is %s%d?\", \"answer\": \"%d\", \"tokens\": 10}%n"
                                .formatted(id, problem, draw == 0 ? 2 : 1));
            }
        }
        return pool.toString();
    }

    private void run(String pool, String out, String more) {
        var ended =
                tried("run --model replay:%s --strategy self-consistency -n 3 --out %s %s".formatted(pool, out, more));
        assertThat(ended.status()).as(ended.err()).isZero();
    }

    private TestingShell.Ended tried(String line) {
        return shell.checkedRun(line.strip().split(" ", -1));
    }

    /** One line that holds these words, exit 2, nothing on standard output. */
    private void refused(String line, String... words) {
        var ended = tried(line);

        assertThat(ended.status()).as(line + ": " + ended.err()).isEqualTo(2);
        assertThat(ended.out()).as(line).isEmpty();
        assertThat(ended.errLines()).as(line).hasSize(1);
        assertThat(ended.err()).as(line).contains(words);
    }

    private void rewrite(String file, String from, String to) throws IOException {
        var before = shell.read(file);
        assertThat(before).contains(from);
        shell.write(file, before.replace(from, to));
    }

    @Test
    void runsOfDifferentDatasetsHaveNoProblemInCommon() throws IOException {
        shell.write("other.jsonl", pool("q", "1", 4));
        run("other.jsonl", "elsewhere", "");

        refused("compare one elsewhere", "elsewhere: has no problem in common with", "'q0'", "'p0'", "same problems");
        refused("plan one elsewhere", "elsewhere: has no problem in common with", "'q0'", "'p0'");
    }

    @Test
    void threeRunsMayLackAProblemThatIsInAll() {
        run("pool.jsonl", "front", "--ids p0,p1");
        run("pool.jsonl", "back", "--ids p2,p3");

        refused("compare one front back", "back: has no problem in common with", "'p2' here, ", "'p0' there");
        refused("compare back one front", "front: has no problem in common with", "'p0' here");
    }

    @Test
    void oneProblemInCommonIsTooFew() {
        run("pool.jsonl", "single", "--limit 1");

        refused("compare one single", "only 1 problem in common, 'p0'", "2 or more");
        refused("plan single", "only 1 finished problem");
        refused("plan single --forecast", "a pilot needs 2 finished problems or more, it has 1");
    }

    @Test
    void oneIdMustHaveOneReferenceAndOneQuestion() throws IOException {
        shell.write("references.jsonl", pool("p", "2", 4));
        run("references.jsonl", "references", "");
        shell.write("questions.jsonl", pool("p", "1", 4).replace("what is", "how much is"));
        run("questions.jsonl", "questions", "");

        refused("compare one references", "references: problem 'p0' has the reference '2', and '1' in", "same file");
        refused("compare one questions", "questions: problem 'p0' asks something else than in", "same file");
        refused("plan one references --after", "references: problem 'p0' has the reference '2'");
    }

    @Test
    void oneAnswerMustHaveOneGrade() throws IOException {
        rewrite("two/problems.jsonl", "\"correct\":true", "\"correct\":false");

        refused("compare one two", "two: problem 'p0' grades the answer 1 as wrong", "same version");
    }

    @Test
    void aRunCannotBeComparedWithItself() throws IOException {
        refused("compare one ./one", "given twice");
        Files.createSymbolicLink(shell.folder().resolve("link"), shell.folder().resolve("one"));
        refused("compare one link", "link: given twice");
        refused("plan one one", "given twice");
    }

    @Test
    void aPoolIsNoRun() throws IOException {
        refused("compare one pool.jsonl", "pool.jsonl", "parathink run --model replay:");
        refused("plan pool.jsonl --forecast", "pool.jsonl", "parathink run --model replay:");
        Files.createDirectories(shell.folder().resolve("empty"));
        refused("compare one empty", "empty: not a run directory, it has no run.json");
        refused("compare one missing", "missing: there is no such folder");
    }

    @Test
    void anUnfinishedRunIsComparedOnWhatItHas() throws IOException {
        shell.write("two/run.json", shell.read("two/run.json").replace("\"complete\"", "\"interrupted\""));
        var lines = shell.read("two/problems.jsonl").lines().toList();
        shell.write("two/problems.jsonl", lines.getFirst() + "\n" + lines.get(1) + "\n");

        var ended = tried("compare one two --json");
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(ended.json().getFirst().path("problems").asInt()).isEqualTo(2);
        assertThat(ended.err()).contains("two is not complete: 2 of 4 attempts; its command again finishes it");

        shell.write("two/problems.jsonl", "");
        refused("compare one two", "two: no problem is finished", "go on with its command");
    }

    @Test
    void aBrokenLineIsNamedByFileAndNumber() throws IOException {
        var lines = shell.read("two/problems.jsonl").lines().toList();
        shell.write("two/problems.jsonl", lines.getFirst() + "\n{\"problem\": 7}\n" + lines.get(2) + "\n");

        refused("compare one two", "problems.jsonl", "line 2");
    }

    @Test
    void optionsOutOfTheirRangeAreNamed() {
        refused("plan --difference 0", "--difference");
        refused("plan --power 1", "--power");
        refused("plan --accuracy 1.5", "--accuracy");
        refused("plan --correlation 2", "--correlation");
        refused("plan --between -1", "--between");
        refused("compare one two --margin -1", "--margin");
        refused("compare one two --match work --at 0", "--at");
        refused("compare one two --match usd --price-in -1", "prices must be 0 or more");
        refused("compare one two --match seconds", "cannot be matched by seconds");
        refused("plan one --strategy greedy", "--strategy is for a pilot that is made now", "one");
        refused("plan one --pilot 3", "--pilot is for a pilot that is made now");
        refused("plan one two --after --pilot 3", "--pilot is for a pilot that is made now");
        refused("plan --model replay:pool.jsonl --strategy greedy --pilot 1", "--pilot must be 2 or more, got 1");
    }

    @Test
    void planRefusesOptionsThatItWouldNotRead() {
        refused("plan --repeats 7", "--repeats is for a forecast");
        refused("plan --concurrency 3", "--concurrency is for a forecast");
        refused("plan one -n 9", "--branches is for a forecast");
        refused("plan one two --accuracy 0.5", "--accuracy is for plans without two pilots");
        refused("plan one two --between 0.5", "--between is for");
        refused("plan one two --correlation 0.5", "--correlation is for");
        refused("plan one --accuracy 0.5", "--accuracy is for plans without a pilot");
        refused("plan one two --after --difference 3", "--difference is for a look ahead");
        refused("plan one two --after --problems 30", "--problems is for a look ahead");
        refused("plan one --forecast --difference 3", "--difference is for a design");
    }

    @Test
    void reportRefusesAModelThatItWouldNotOpen() {
        refused("report one --model /nosuch", "--model is for --continue");
    }
}
