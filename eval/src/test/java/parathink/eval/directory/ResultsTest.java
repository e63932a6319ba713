package parathink.eval.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Confidence;
import parathink.models.ServerCount;
import parathink.models.Standstill;
import parathink.models.Usage;

final class ResultsTest {
    @TempDir
    Path directory;

    @Test
    void writesAProblemWithItsFieldsInTheOrderOfTheContract() {
        var line = new ProblemLine(
                "p1",
                2,
                ProblemLine.Status.ANSWERED,
                Optional.of("4"),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(new VoteCount("4", 2, 1.5)),
                new Usage(1, 2, 9, 4, 5, 6, 7),
                new FinishCounts(2, 1, 0, 0, 0),
                Optional.empty(),
                Json.MAPPER.createObjectNode().put("rounds", 3),
                Optional.empty(),
                Optional.empty());

        assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"problem\":\"p1\",\"repeat\":2,\"status\":\"answered\",\"answer\":\"4\",\"reference\":null,"
                                + "\"correct\":null,\"oracle\":false,\"votes\":[{\"answer\":\"4\",\"count\":2,\"weight\":1.5}],"
                                + "\"usage\":{\"prefill\":1,\"reused\":2,\"work\":9,\"span\":4,\"judge_prefill\":5,"
                                + "\"judge_work\":6,\"calls\":7},\"finish\":{\"stop\":2,\"length\":1,\"budget\":0,"
                                + "\"cancelled\":0,\"error\":0},\"notes\":{\"rounds\":3}}\n");
    }

    @Test
    void writesACompletionWithUnknownFieldsLeftOutAndAnAbsentAnswerAsNull() {
        var line = Lines.completion("p", 0, "0/1", "branch", Optional.empty(), false, 5, Finish.LENGTH);

        assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"problem\":\"p\",\"repeat\":0,\"path\":\"0/1\",\"role\":\"branch\",\"round\":0,"
                        + "\"text\":\"text of 0/1\",\"tokens\":5,\"finish\":\"length\",\"answer\":null,"
                        + "\"correct\":null,\"seed\":42}\n");
    }

    @Test
    void whatAServerCountedIsKeptForTheBillOfALaterRun() throws IOException {
        var line = CompletionLine.of(
                new Attempt("p", 0),
                Lines.completion("p", 0, "0/1", "branch", Optional.empty(), false, 5, Finish.STOP)
                        .completion()
                        .counted(new ServerCount(
                                OptionalLong.of(40), 16, 3, OptionalLong.of(-5), List.of(new Standstill(1, 0)))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(new String(line.bytes(), StandardCharsets.UTF_8))
                .endsWith(",\"prefill\":24,\"reused\":16,\"lost\":3,\"read\":-5,\"pauses\":[1,0]}\n");

        try (var results = Results.open(directory)) {
            results.append(line);
        }
        try (var results = Results.open(directory)) {
            assertThat(results.unfinished().get(new Attempt("p", 0))).containsExactly(line);
        }
    }

    @Test
    void readsBackEveryFieldToTheLastBitOfItsDoubles() {
        var completion = new CompletionLine(
                "p",
                1,
                "0/3/1",
                "judge",
                2,
                "line one\nline \"two\" \u2028 \ud83d\ude00",
                11,
                Finish.CANCELLED,
                Optional.of("1/3"),
                Optional.of(true),
                (1L << 53) - 1,
                OptionalDouble.of(-0.1 - 0.2),
                OptionalDouble.of(Math.PI),
                Confidence.of(2, Double.MIN_VALUE, 0.1 + 0.2, 15.781),
                OptionalDouble.of(1e300 / 3),
                Optional.of("esc"),
                Optional.of("0/3"),
                Optional.empty(),
                OptionalDouble.of(12.75));
        var problem = Lines.problem("p", 1, "4", "4", true);
        var timing = new TimingLine("p", 1, Instant.parse("2026-01-31T12:00:00.123456789Z"), 0.1 + 0.2, 99);
        try (var results = Results.open(directory)) {
            results.append(completion);
            results.append(timing);
        }

        try (var results = Results.open(directory)) {
            assertThat(results.unfinished()).containsOnlyKeys(new Attempt("p", 1));
            assertThat(results.unfinished().get(new Attempt("p", 1))).containsExactly(completion);
            results.append(problem);
            assertThat(results.unfinished()).isEmpty();
            results.writeRun(Lines.run(RunRecord.Status.RUNNING, 1, 2));
        }

        var read = RunDirectory.read(directory);
        assertThat(read.problems()).containsExactly(problem);
        assertThat(read.completions(new Attempt("p", 1))).containsExactly(completion);
        assertThat(read.timing()).containsExactly(timing);
        assertThat(read.run()).isEqualTo(Lines.run(RunRecord.Status.RUNNING, 1, 2));
    }

    @Test
    void writesHalfASurrogatePairAsAQuestionMarkInsteadOfFailing() {
        try (var results = Results.open(directory)) {
            results.append(Lines.branch("p", 0, "0", "\ud800", true, 1));
        }

        try (var results = Results.open(directory)) {
            assertThat(results.unfinished().get(new Attempt("p", 0)).getFirst().answer())
                    .contains("?");
        }
    }

    @Test
    void ignoresFieldsItDoesNotKnow() throws IOException {
        Files.writeString(
                directory.resolve("completions.jsonl"),
                "{\"later\":[1,{\"a\":2}],\"problem\":\"p\",\"repeat\":0,\"path\":\"0\",\"role\":\"branch\",\"round\":0,"
                        + "\"text\":\"t\",\"tokens\":1,\"finish\":\"stop\",\"answer\":null,\"correct\":null,\"seed\":1}\n");

        try (var results = Results.open(directory)) {
            assertThat(results.unfinished().get(new Attempt("p", 0)).getFirst().text())
                    .isEqualTo("t");
        }
    }

    @Test
    void dropsATornLastLineAndAppendsInItsPlace() throws IOException {
        var file = directory.resolve("problems.jsonl");
        try (var results = Results.open(directory)) {
            results.append(Lines.problem("a", 0, "1", "1", true));
        }
        var whole = Files.readString(file);
        Files.writeString(file, "{\"problem\":\"b\",\"rep", StandardOpenOption.APPEND);

        try (var results = Results.open(directory)) {
            assertThat(results.problems()).extracting(ProblemLine::problem).containsExactly("a");
            assertThat(Files.readString(file)).isEqualTo(whole);
            results.append(Lines.problem("b", 0, "1", "1", true));
        }

        assertThat(Files.readString(file)).startsWith(whole).endsWith("}\n").hasLineCount(2);
    }

    @Test
    void aFullDiskIsOneSentenceNamingTheFileAndLeavesNoHalfLine() throws IOException {
        var disk = new Disk();
        try (var results = Results.open(directory, disk::open)) {
            results.append(Lines.problem("a", 0, "1", "1", true));
            results.append(Lines.branch("b", 0, "0", "1", true, 1));
            var problems = Files.readString(directory.resolve("problems.jsonl"));
            var completions = Files.readString(directory.resolve("completions.jsonl"));
            disk.full = true;

            assertThatThrownBy(() -> results.append(Lines.problem("b", 0, "1", "1", true)))
                    .isInstanceOf(ResultsException.class)
                    .hasMessage(directory.resolve("problems.jsonl")
                            + ": cannot be written (No space left on device); what was written before is kept");
            assertThatThrownBy(() -> results.append(Lines.branch("b", 0, "1", "1", true, 1)))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageStartingWith(directory.resolve("completions.jsonl") + ": cannot be written");
            assertThatThrownBy(() -> results.append(new TimingLine("b", 0, Instant.EPOCH, 1, 1)))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageStartingWith(directory.resolve("timing.jsonl") + ": cannot be written");

            assertThat(Files.readString(directory.resolve("problems.jsonl"))).isEqualTo(problems);
            assertThat(Files.readString(directory.resolve("completions.jsonl"))).isEqualTo(completions);
            assertThat(directory.resolve("timing.jsonl")).isEmptyFile();
            assertThat(results.problems()).extracting(ProblemLine::problem).containsExactly("a");
            assertThat(results.unfinished()).isEmpty();
            disk.full = false;
            results.append(Lines.problem("b", 0, "1", "1", true)); // goes on once there is room
        }

        assertThat(RunDirectoryProblems.of(directory)).containsExactly("a 0 1", "b 0 1");
    }

    @Test
    void aHalfLineThatCouldNotBeTakenBackIsNeverContinuedByTheNext() throws IOException {
        var disk = new Disk();
        try (var results = Results.open(directory, disk::open)) {
            results.append(Lines.problem("a", 0, "1", "1", true));
            disk.full = true;
            disk.stuck = true;
            assertThatThrownBy(() -> results.append(Lines.problem("b", 0, "1", "1", true)))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("No space left on device");
            assertThat(Files.readString(directory.resolve("problems.jsonl"))).doesNotEndWith("\n"); // half a line

            disk.full = false;
            assertThatThrownBy(() -> results.append(Lines.problem("c", 0, "1", "1", true)))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("problems.jsonl: cannot be written (Input/output error)");
            disk.stuck = false;
            results.append(Lines.problem("d", 0, "1", "1", true));
        }

        assertThat(RunDirectoryProblems.of(directory)).containsExactly("a 0 1", "d 0 1");
    }

    /** A disk that, while it is full, takes half of each write; while it is stuck, no file can be cut. */
    private static final class Disk {
        private boolean full;
        private boolean stuck;

        RandomAccessFile open(Path path) throws IOException {
            return new RandomAccessFile(path.toFile(), "rw") {
                @Override
                public void write(byte[] bytes) throws IOException {
                    super.write(bytes, 0, full ? bytes.length / 2 : bytes.length);
                    if (full) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void setLength(long length) throws IOException {
                    if (stuck) {
                        throw new IOException("Input/output error");
                    }
                    super.setLength(length);
                }
            };
        }
    }

    @Test
    void refusesATornLineInTheMiddleNamingFileAndLine() throws IOException {
        var good = new String(Lines.problem("a", 0, "1", "1", true).bytes(), StandardCharsets.UTF_8);
        var file = directory.resolve("problems.jsonl");
        Files.writeString(file, good + good.substring(0, 30) + "\n" + good);

        assertThatThrownBy(() -> Results.open(directory).close())
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(file + " line 2: not whole JSON");
        assertThat(Files.readString(file)).hasLineCount(3); // nothing was changed
        assertThat(directory.resolve(".lock")).doesNotExist();
    }

    @Test
    void refusesAValueOfTheWrongKindNamingIt() throws IOException {
        Files.writeString(directory.resolve("problems.jsonl"), "{\"problem\":\"a\",\"repeat\":\"x\"}\n");

        assertThatThrownBy(() -> Results.open(directory).close())
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("line 1: 'repeat' = \"x\"; it must be a whole number");
    }

    @Test
    void ordersByProblemThenRepeatThenPathAsNumbersAndKeepsTheLaterOfTwo() throws IOException {
        try (var results = Results.open(directory)) {
            results.append(Lines.branch("b", 0, "0/10", "1", true, 1));
            results.append(Lines.branch("b", 0, "0/2", "old", true, 1));
            results.append(Lines.branch("b", 1, "0", "1", true, 1));
            results.append(Lines.branch("b", 0, "0/2/1", "1", true, 1));
            results.append(Lines.branch("b", 0, "0/2", "new", true, 1));
            results.append(Lines.branch("a", 10, "0", "1", true, 1));
            results.append(Lines.branch("a", 9, "0", "1", true, 1));
            results.append(Lines.problem("a", 9, "1", "1", true));
            results.append(Lines.problem("b", 0, "1", "1", true));
            results.append(Lines.problem("b", 0, "2", "1", false));

            results.order(List.of("b", "a"));
            results.append(Lines.problem("a", 10, "1", "1", true));
        }

        assertThat(Files.readAllLines(directory.resolve("completions.jsonl")))
                .extracting(line ->
                        line.replaceAll(".*\"problem\":\"(.)\",\"repeat\":(\\d+),\"path\":\"([^\"]*)\".*", "$1 $2 $3"))
                .containsExactly("b 0 0/2", "b 0 0/2/1", "b 0 0/10", "b 1 0", "a 9 0", "a 10 0");
        assertThat(Files.readString(directory.resolve("completions.jsonl")))
                .contains("\"new\"")
                .doesNotContain("\"old\"");
        assertThat(RunDirectoryProblems.of(directory)).containsExactly("b 0 2", "a 9 1", "a 10 1");
    }

    @Test
    void refusesToOrderALineOfAnotherRunAndLeavesTheFilesAlone() throws IOException {
        try (var results = Results.open(directory)) {
            results.append(Lines.branch("stranger", 0, "0", "1", true, 1));
            var before = Files.readString(directory.resolve("completions.jsonl"));

            assertThatThrownBy(() -> results.order(List.of("a")))
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining("completions.jsonl line 1: the problem 'stranger' is not one of this run");
            assertThat(Files.readString(directory.resolve("completions.jsonl"))).isEqualTo(before);
            results.append(Lines.branch("a", 0, "0", "1", true, 1)); // still open
        }
    }

    @Test
    void refusesASecondOwnerNamingTheFirst() {
        try (var first = Results.open(directory)) {
            assertThatThrownBy(() -> Results.open(first.directory()).close())
                    .isInstanceOf(ResultsException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
        }

        try (var second = Results.open(directory)) {
            assertThat(second.problems()).isEmpty();
        }
    }

    @Test
    void refusesADirectoryOfAnotherProcessUntilThatIsKilled() throws Exception {
        var other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var told = other.inputReader()) {
            assertThat(told.readLine()).isEqualTo("open");
            for (int i = 0; i < 2; i++) { // a refusal must not weaken the lock
                assertThatThrownBy(() -> Results.open(directory).close())
                        .isInstanceOf(ResultsException.class)
                        .hasMessageContaining("in use by process " + other.pid());
            }
        } finally {
            other.destroyForcibly().waitFor();
        }

        try (var results = Results.open(directory)) {
            assertThat(results.problems()).hasSize(1); // written before the kill
        }
    }

    /** Opens a directory and keeps it until it is killed. */
    static final class Holder {
        public static void main(String[] directory) throws IOException {
            try (var results = Results.open(Path.of(directory[0]))) {
                results.append(Lines.problem("a", 0, "1", "1", true));
                System.out.println("open");
                System.in.read();
            }
        }
    }

    @Test
    void takesOverTheLockOfADeadProcess() throws IOException {
        Files.writeString(directory.resolve(".lock"), "999999\n");

        try (var results = Results.open(directory)) {
            assertThat(Files.readString(directory.resolve(".lock")))
                    .startsWith(ProcessHandle.current().pid() + "\n");
            assertThat(results.problems()).isEmpty();
        }
        assertThat(directory.resolve(".lock")).doesNotExist();
    }

    @Test
    void takesOverTheLockOfADeadProcessWhoseNumberALivingOneHasNow() throws IOException {
        var living = ProcessHandle.current().parent().orElseThrow();
        Files.writeString(directory.resolve(".lock"), living.pid() + "\n");

        try (var results = Results.open(directory)) {
            assertThat(living.isAlive()).isTrue();
            assertThat(results.problems()).isEmpty();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatNobodyMayWriteToIsOneSentence() {
        assertThatThrownBy(() -> Results.open(Path.of("/sys/kernel")).close()) // read-only to every user
                .isInstanceOf(ResultsException.class)
                .hasMessageContaining("/sys/kernel/.lock: cannot be locked (")
                .hasMessageContaining("use a folder that you may write to");
    }

    @Test
    void keepsEveryLineWholeWhenManyThreadsWrite() throws Exception {
        try (var results = Results.open(directory);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writing = new ArrayList<Future<?>>();
            for (int i = 0; i < 200; i++) {
                var path = "0/" + i;
                writing.add(threads.submit(() -> results.append(Lines.branch("p", 0, path, "1", true, 1))));
            }
            for (var done : writing) {
                done.get();
            }
        }

        try (var results = Results.open(directory)) {
            assertThat(results.unfinished().get(new Attempt("p", 0))).hasSize(200);
        }
    }

    @Test
    void keepsWritingAfterAWritingThreadWasInterrupted() throws Exception {
        try (var results = Results.open(directory)) {
            Thread.ofPlatform()
                    .start(() -> {
                        Thread.currentThread().interrupt();
                        results.append(Lines.branch("p", 0, "0", "1", true, 1));
                    })
                    .join();
            results.append(Lines.branch("p", 0, "1", "1", true, 1));
        }

        assertThat(Files.readString(directory.resolve("completions.jsonl"))).hasLineCount(2);
    }

    @Test
    void writesRunJsonWithTheStateOnTop() throws IOException {
        try (var results = Results.open(directory)) {
            results.writeRun(Lines.run(RunRecord.Status.COMPLETE, 3, 1));
            assertThat(results.run()).contains(Lines.run(RunRecord.Status.COMPLETE, 3, 1));
        }

        var json = Json.MAPPER.readTree(directory.resolve("run.json").toFile());
        assertThat(json.path("status").textValue()).isEqualTo("complete");
        assertThat(json.path("settings").path("temperature").doubleValue()).isEqualTo(0.6);
        assertThat(directory.toFile().list())
                .containsExactlyInAnyOrder("run.json", "problems.jsonl", "completions.jsonl", "timing.jsonl");
    }

    /** What {@code problems.jsonl} says, in its order. */
    private static final class RunDirectoryProblems {
        static List<String> of(Path directory) {
            try (var results = Results.open(directory)) {
                return results.problems().stream()
                        .map(line -> line.problem() + " " + line.repeat() + " "
                                + line.answer().orElseThrow())
                        .toList();
            }
        }
    }
}
