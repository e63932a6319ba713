package parathink.models.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static parathink.models.replay.Pools.text;
import static parathink.models.replay.Pools.utf8;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parathink.models.FinishReason;
import parathink.models.ModelException;

final class PoolTest {
    private static final String LINE = "{\"problem\": \"p\", \"answer\": \"4\"}";

    @TempDir
    private Path folder;

    @Test
    void readsWhatALineSaysOfItsProblem() throws IOException {
        var file = Pools.write(
                folder,
                "{\"problem\": \"g\", \"question\": \"make 24\", \"reference\": 24, \"format\": \"countdown\","
                        + " \"numbers\": [4, 5], \"target\": 24, \"answer\": null, \"unknown\": {\"a\": [1]}}",
                "",
                "{\"problem\": 7, \"choices\": [\"x\", \"y\"], \"text\": \"B\"}",
                "{\"problem\": \"g\", \"answer\": \"4\"}");
        try (var pool = Pool.open(file)) {
            var game = pool.problem("g").orElseThrow();
            assertThat(game.question()).contains("make 24");
            assertThat(game.reference()).contains("24");
            assertThat(game.format()).contains("countdown");
            assertThat(game.numbers()).containsExactly(4, 5);
            assertThat(game.target()).isEqualTo(OptionalInt.of(24));
            assertThat(game.completions()).isEqualTo(2);
            assertThat(game.line()).isEqualTo(1);
            assertThat(pool.problem("7").orElseThrow().choices()).containsExactly("x", "y");
            assertThat(pool.problem("7").orElseThrow().line()).isEqualTo(3);
            assertThat(pool.problems()).extracting(PoolProblem::id).containsExactly("g", "7");
            assertThat(pool.largest()).isEqualTo(2);
        }
    }

    @Test
    void aPackedPoolThatUnpacksToOneEndlessLineIsNotReadToItsEnd() throws IOException {
        var file = folder.resolve("bomb.jsonl.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            var filler = "a".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 200; i++) {
                gzip.write(filler);
            }
        }

        assertThatThrownBy(() -> Pool.open(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 1 is longer than 64 MiB");
    }

    @Test
    void refusesAFileOfShortAnswersThatWasPutBehindItself() throws IOException {
        String[] once = {line("p", 4), line("p", 5), line("p", 4), line("q", 1), line("q", 2)};
        var twice = Pools.write(folder, (String.join("\n", once) + "\n" + String.join("\n", once)).split("\n", -1));

        assertThatThrownBy(() -> Pool.open(twice))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("line 6: from here on the lines repeat those from line 1 on")
                .hasMessageContaining("\"draw\"");
    }

    @Test
    void equalShortAnswersInAnotherOrderAreDraws() throws IOException {
        var file = Pools.write(
                folder,
                line("p", 4),
                line("p", 5),
                line("q", 1),
                line("q", 2),
                line("p", 5),
                line("p", 4),
                line("q", 1),
                line("q", 2));
        try (var pool = Pool.open(file)) {
            assertThat(pool.completions()).isEqualTo(8);
        }
    }

    private static String line(String problem, int answer) {
        return "{\"problem\": \"%s\", \"answer\": \"%d\"}".formatted(problem, answer);
    }

    @Test
    void readsWhatWasMeasuredOfACompletion() throws IOException {
        var file = Pools.write(
                folder,
                "{\"problem\": \"p\", \"text\": \"abc\", \"tokens\": 3, \"finish\": \"length\", \"score\": -0.5,"
                        + " \"confidence\": [1, 2.5, 3], \"seconds\": 2.25, \"logprob\": -0.25, \"self_certainty\": 9}");
        try (var pool = Pool.open(file)) {
            var draw = pool.draws("p").getFirst();
            assertThat(draw.text()).isEqualTo("abc");
            assertThat(draw.tokens()).isEqualTo(3);
            assertThat(draw.finish()).isEqualTo(FinishReason.LENGTH);
            assertThat(draw.recorded().score()).isEqualTo(OptionalDouble.of(-0.5));
            assertThat(draw.recorded().seconds()).isEqualTo(OptionalDouble.of(2.25));
            assertThat(draw.confidence(2, 2).tokens()).containsExactly(1, 2.5);
            assertThat(draw.logprob()).isEqualTo(OptionalDouble.of(-0.25));
            assertThat(draw.selfCertainty()).isEqualTo(OptionalDouble.of(9));
        }
    }

    @Test
    void theLogprobOfChunksIsTheirMeanByLengthWherePerplexityIsKnown() throws IOException {
        var file = Pools.write(
                folder,
                "{\"problem\": \"p\", \"text\": \"abcdef\", \"chunks\": [{\"chars\": 3, \"ppl\": 2},"
                        + " {\"chars\": 1, \"ppl\": 8}, {\"chars\": 2, \"ppl\": null}]}");
        try (var pool = Pool.open(file)) {
            // (3 ln 2 + 1 ln 8) / 4 = 6/4 ln 2
            assertThat(pool.draws("p").getFirst().logprob().orElseThrow()).isCloseTo(-1.5 * Math.log(2), within(1e-15));
        }
    }

    @Test
    void anAnswerAloneStandsInABoxAndNoAnswerInNone() throws IOException {
        var file = Pools.write(folder, LINE, "{\"problem\": \"p\", \"answer\": null, \"tokens\": 9}");
        try (var pool = Pool.open(file)) {
            assertThat(pool.draws("p")).extracting(Draw::text).containsExactly("\\boxed{4}", "");
            assertThat(pool.draws("p")).extracting(Draw::tokens).containsExactly(1, 9);
        }
    }

    @Test
    void tokensThatNobodyCountedAreEstimatedAndCounted() throws IOException {
        var file = Pools.write(
                folder,
                text("x".repeat(9), 2),
                "{\"problem\": \"p\", \"text\": \"123456789\"}",
                "{\"problem\": \"p\", \"text\": \"\"}",
                "{\"problem\": \"p\", \"answer\": \"3\", \"confidence\": [1, 2, 3, 4, 5]}");
        try (var pool = Pool.open(file)) {
            assertThat(pool.draws("p")).extracting(Draw::tokens).containsExactly(2, 3, 1, 5);
            assertThat(pool.estimated()).isEqualTo(3);
            assertThat(pool.remarks()).singleElement().asString().contains("3 of 4", "estimated");
        }
    }

    @Test
    void readsPackedFilesAndLinesThatLieApart() throws IOException {
        var lines = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            lines.append("{\"problem\": \"p%d\", \"draw\": %d, \"text\": \"text %d é\", \"tokens\": 2}%n"
                    .formatted(i % 7, i, i));
        }
        var file = Pools.pack(folder, utf8(lines.toString()));
        try (var pool = Pool.open(file)) {
            assertThat(pool.completions()).isEqualTo(30_000);
            assertThat(pool.draws("p3")).hasSize(4286); // 3, 10, …, 29,998
            assertThat(pool.draws("p3").getLast().text()).isEqualTo("text 29998 é");
        }
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aMarkBeforeUtf8DoesNotMatter() throws IOException {
        var file = Pools.write(folder, "\ufeff" + LINE, LINE);
        try (var pool = Pool.open(file)) {
            assertThat(pool.draws("p")).extracting(Draw::text).containsExactly("\\boxed{4}", "\\boxed{4}");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"answer\": \"4\"}                                     | no 'problem'",
                "{\"problem\": \" \", \"answer\": \"4\"}                 | no 'problem'",
                "{\"problem\": \"p\"}                                    | neither 'text' nor 'answer'",
                "{\"problem\": \"p\", \"text\": null}                    | neither 'text' nor 'answer'",
                "{\"problem\": \"p\", \"answer\": \"4\", \"tokens\": 0}  | 'tokens' = 0",
                "{\"problem\": \"p\", \"answer\": \"4\", \"tokens\": 1.5} | 'tokens' = 1.5",
                "{\"problem\": \"p\", \"answer\": \"4\", \"tokens\": \"9\"} | 'tokens' = 9",
                "{\"problem\": \"p\", \"answer\": \"4\", \"score\": NaN} | not-a-number",
                "{\"problem\": \"p\", \"answer\": \"4\", \"score\": -Infinity} | not-a-number",
                "{\"problem\": \"p\", \"answer\": \"4\", \"score\": 1e999} | finite",
                "{\"problem\": \"p\", \"answer\": \"4\", \"confidence\": [1, NaN]} | not-a-number",
                "{\"problem\": \"p\", \"answer\": \"4\", \"confidence\": [1, null]} | 'confidence' = null",
                "{\"problem\": \"p\", \"answer\": \"4\", \"seconds\": -1} | 0 or more",
                "{\"problem\": \"p\", \"answer\": \"4\", \"finish\": \"eos\"} | must be stop, length",
                "{\"problem\": \"p\", \"answer\": true}                  | 'answer' = true",
                "{\"problem\": \"p\", \"answer\": \"4\", \"answer\": \"5\"} | twice",
                "{\"problem\": \"p\", \"answer\": \"4\", \"chunks\": [{\"ppl\": 2}]} | chars",
                "{\"problem\": \"p\", \"answer\": \"4\", \"chunks\": [{\"chars\": 2, \"ppl\": 0.5}]} | 1 or more",
                "{\"problem\": \"p\", \"answer\": \"4                    | not a whole JSON object",
                "[1]                                                     | not a JSON object",
                "{\"problem\": \"p\", \"answer\": \"4\"} {}              | more than one",
                "{\"problem\": \"p\", \"answer\": \"4\", \"numbers\": 3} | a list",
                "{\"problem\": \"p\", \"answer\": \"4\", \"reference\": \"5\"} | another 'reference' than in line 1",
            })
    void refusesALineAndNamesFileLineAndRemedy(String line, String reason) throws IOException {
        var file = Pools.write(folder, "{\"problem\": \"p\", \"answer\": \"1\", \"reference\": \"4\"}", "", line);
        assertUnusable(file, file + ": line 3: ", reason);
    }

    @Test
    void refusesADrawThatStandsThereTwice() throws IOException {
        var file = Pools.write(
                folder,
                "{\"problem\": \"p\", \"draw\": 1, \"run\": \"a\", \"answer\": \"4\"}",
                "{\"problem\": \"p\", \"draw\": 1, \"run\": \"b\", \"answer\": \"4\"}",
                "{\"problem\": \"q\", \"draw\": 1, \"run\": \"a\", \"answer\": \"4\"}",
                "{\"problem\": \"p\", \"draw\": 1, \"run\": \"b\", \"answer\": \"5\"}");
        assertUnusable(file, "line 4", "run b, draw 1 of problem 'p' stands in line 2 too");
    }

    @Test
    void aLongTextTwiceIsALineCopiedAndAShortOneMayBeDrawnTwice() throws IOException {
        var shortOnes = Pools.write(folder, text("four", 2), text("four", 2));
        try (var pool = Pool.open(shortOnes)) {
            assertThat(pool.completions()).isEqualTo(2);
        }
        var copied = text("x".repeat(100), 50);
        assertUnusable(Pools.write(folder, copied, text("y", 1), copied), "line 3", "stands in line 1 too");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
    void refusesOtherEncodings(String name) throws IOException {
        var line = "{\"problem\": \"p\", \"text\": \"caf\u00e9\"}\n";
        var file = folder.resolve("pool.jsonl");
        Files.write(file, (line + line).getBytes(Charset.forName(name)));
        assertUnusable(file, "line 1", "not UTF-8; convert the file");
    }

    @Test
    void refusesPackedFilesThatAreTornOrNone() throws IOException {
        var whole = Pools.pack(folder, utf8((LINE + "\n").repeat(1000)));
        var bytes = Files.readAllBytes(whole);
        Files.write(whole, Arrays.copyOf(bytes, bytes.length / 2));
        assertUnusable(whole, whole.toString(), "ends early");
        Files.write(whole, LINE.getBytes(StandardCharsets.UTF_8));
        assertUnusable(whole, whole.toString(), "no whole gzip file");
    }

    @Test
    void refusesWhatIsNoPool() throws IOException {
        assertUnusable(folder.resolve("none.jsonl"), "none.jsonl", "there is no such file");
        assertUnusable(folder, folder.toString(), "no run directory");
        assertUnusable(Pools.write(folder), "pool.jsonl", "no completion");
        Files.writeString(folder.resolve("run.json"), "{\"status\": \"running\"}");
        assertUnusable(folder, folder.toString(), "not complete");
    }

    @Test
    void leavesOutWhatWasCutOffOrIsNoBranch() throws IOException {
        var file = Pools.write(
                folder,
                LINE,
                "{\"problem\": \"p\", \"answer\": \"4\", \"finish\": \"cancelled\"}",
                "{\"problem\": \"p\", \"answer\": \"4\", \"finish\": \"budget\"}",
                "{\"problem\": \"p\", \"answer\": \"4\", \"role\": \"judge\"}");
        try (var pool = Pool.open(file)) {
            assertThat(pool.completions()).isEqualTo(1);
            assertThat(pool.remarks())
                    .anyMatch(
                            remark -> remark.equals(
                                    "2 of 3 branches that a strategy or a budget had cut off are left out; as short ones were kept, this pool is biased"));
            assertThat(pool.remarks()).anyMatch(remark -> remark.startsWith("1 completions"));
        }
    }

    private static void assertUnusable(Path path, String place, String reason) {
        assertThatThrownBy(() -> Pool.open(path).close())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(reason)
                .matches(e -> ((ModelException) e).kind() == ModelException.Kind.UNUSABLE);
    }
}
