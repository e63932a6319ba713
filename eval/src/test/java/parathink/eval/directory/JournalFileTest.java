package parathink.eval.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.TokenBlock;

final class JournalFileTest {
    private static final Attempt ATTEMPT = new Attempt("p", 1);
    private static final TokenBlock FIRST =
            TokenBlock.part("0/2", 42, 0, new int[] {7, 8}, new double[] {0.1 + 0.2, 1e-300}, -0.1 - 0.2, Math.PI);
    private static final TokenBlock SECOND =
            TokenBlock.part("0/2", 42, 2, new int[] {9, 151_643}, new double[] {3, 4}, -1.5, 2.5);

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("journal.jsonl");
    }

    private void append(TokenBlock... blocks) {
        try (var results = Results.open(directory)) {
            for (var block : blocks) {
                results.append(new TokenLine("p", 1, block));
            }
        }
    }

    @Test
    void blocksOfOneDecodeAreReadAsOneToTheLastBitOfItsDoubles() {
        append(FIRST, SECOND, TokenBlock.whole("0/1", 5, 1, 2, 3));

        try (var results = Results.open(directory)) {
            assertThat(results.tokens(ATTEMPT, false))
                    .isEqualTo(Map.of(
                            "0/2",
                            TokenBlock.part(
                                    "0/2",
                                    42,
                                    0,
                                    new int[] {7, 8, 9, 151_643},
                                    new double[] {0.1 + 0.2, 1e-300, 3, 4},
                                    -1.5,
                                    2.5)));
            assertThat(results.tokens(ATTEMPT, true)).isEqualTo(Map.of("0/1", TokenBlock.whole("0/1", 5, 1, 2, 3)));
            assertThat(results.tokens(new Attempt("p", 0), true)).isEmpty();
        }
    }

    @Test
    void aBlockThatIsWrittenAgainTakesThePlaceOfTheFirst() {
        var again = TokenBlock.part("0/2", 42, 0, new int[] {5, 6}, new double[] {1, 2}, -9, 9);
        append(FIRST, SECOND, again);

        try (var results = Results.open(directory)) {
            assertThat(results.tokens(ATTEMPT, false)).containsEntry("0/2", again);
        }
    }

    @Test
    void aTornBlockIsLeftOutAndTheNextOneTakesItsPlace() throws IOException {
        append(FIRST);
        var whole = Files.readString(file());
        var line = new String(new TokenLine("p", 1, SECOND).bytes(), StandardCharsets.UTF_8);
        Files.writeString(file(), line.substring(0, line.length() - 9), StandardOpenOption.APPEND);

        append(SECOND);

        assertThat(Files.readString(file())).isEqualTo(whole + line);
    }

    @Test
    void aMissingBlockIsRefusedNamingFileAndLine() throws IOException {
        append(FIRST, SECOND);
        var third = TokenBlock.part("0/2", 42, 8, new int[] {1}, new double[] {1}, -2, 3);
        append(third);
        var before = Files.readString(file());

        assertThatThrownBy(() -> Results.open(directory).close())
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(file() + " line 3: token 4 of 0/2 is missing before token 8; remove the line");
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void aMissingFirstBlockIsRefusedToo() throws IOException {
        append(TokenBlock.part("0/2", 42, 8, new int[] {1}, new double[] {1}, -2, 3));

        assertThatThrownBy(() -> Results.open(directory).close())
                .isInstanceOf(ResultsException.class)
                .hasMessageStartingWith(file() + " line 1: token 0 of 0/2 is missing before token 8; remove the line");
    }

    @Test
    void aTokenThatIsNoNumberIsRefusedNamingIt() throws IOException {
        Files.writeString(
                file(),
                "{\"problem\":\"p\",\"repeat\":1,\"path\":\"0\",\"seed\":1,\"ended\":true,\"from\":0,\"tokens\":[1,\"x\"]}\n");

        assertThatThrownBy(() -> Results.open(directory).close())
                .hasMessageContaining("line 1: 'tokens' = \"x\"; it must be a list of whole numbers");
    }

    @Test
    void theFileIsMadeWithItsFirstLineAndDeletedWithTheLastOutcome() {
        append();
        assertThat(file()).doesNotExist();

        try (var results = Results.open(directory)) {
            results.append(new TokenLine("p", 1, FIRST));
            assertThat(file()).exists();
            results.append(Lines.problem("p", 1, "1", "1", true));
            assertThat(results.tokens(ATTEMPT, false)).isEmpty();

            results.order(List.of("p"));

            assertThat(file()).doesNotExist();
            results.append(new TokenLine("p", 1, FIRST)); // still open to more
        }
        assertThat(file()).exists();
    }

    @Test
    void anAttemptThatFailedKeepsWhatItHadFinished() {
        var completion = Lines.branch("p", 1, "0/1", "1", true, 3);
        var whole = TokenBlock.whole("0/1", 42, 1, 2, 3);
        try (var results = Results.open(directory)) {
            results.append(new TokenLine("p", 1, whole));
            results.append(completion);
            results.append(failed());
            results.order(List.of("p"));
        }

        try (var results = Results.open(directory)) {
            assertThat(results.unfinished()).isEqualTo(Map.of(ATTEMPT, List.of(completion)));
            assertThat(results.tokens(ATTEMPT, true)).isEqualTo(Map.of("0/1", whole));
        }
    }

    private static ProblemLine failed() {
        var good = Lines.problem("p", 1, "1", "1", true);
        return new ProblemLine(
                good.problem(),
                good.repeat(),
                ProblemLine.Status.ERROR,
                Optional.empty(),
                good.reference(),
                Optional.of(false),
                false,
                List.of(),
                good.usage(),
                good.finish(),
                Optional.of("not enough memory for this problem"),
                good.notes(),
                good.question(),
                good.format());
    }
}
