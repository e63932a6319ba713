package parathink.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetException;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Datasets;
import parathink.datasets.Problem;

final class DatasetImportTest {
    private static final String CONTEST = """
            {"id": 1, "problem": "What is $1+1$?", "answer": "02", "url": "wiki/2024_AIME_I_Problems/Problem_1"}
            {"id": 2, "problem": "What is $2+2$?", "answer": "4", "url": "wiki/2023_AIME_I_Problems/Problem_1"}
            {"id": 3, "problem": "What is $1 + 1$?", "answer": "\\\\boxed{3}", "url": "wiki/2024_AIME_II_Problems/Problem_9"}
            """;
    private static final String SCIENCE = """
            Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3,Record ID
            Which metal is liquid?," mercury
            ",iron,gold,zinc,recA
            Which gas is noble?,argon,[O2],(N2),chlorine,recB
            """;

    @TempDir
    private Path folder;

    @Test
    void putsADatasetWhereItsNameFindsIt() throws IOException {
        var imported = into("aime24").load(file("raw.jsonl", CONTEST), Map.of(), false);

        assertThat(imported.file()).isEqualTo(data().resolve("aime24.jsonl"));
        assertThat(imported.record().rows()).isEqualTo(2);
        assertThat(imported.record().source()).isEqualTo("raw.jsonl");
        assertThat(imported.record().leftOut()).isEqualTo(1);
        assertThat(imported.remarks())
                .containsExactly(
                        "1 problem asks what an earlier one asks (row 2 as row 1)",
                        "1 problem contradicts the answer of the same question (row 2 as row 1, 3 and 2)",
                        "left out 1 row of other years' contests",
                        "a whole aime24 has 30 problems, this copy has 2");
        var set = named("aime24");
        assertThat(set.problems()).extracting(Problem::id).containsExactly("1", "3");
        assertThat(set.problems().get(1).reference()).contains("3");
        assertThat(set.problems().getFirst().question().format().name()).isEqualTo("integer");
        assertThat(set.fingerprint()).isEqualTo(imported.record().fingerprint());
        assertThat(ImportRecord.find(data(), "aime24")).contains(imported.record());
    }

    @Test
    void writesEveryKindOfProblemSoThatItReadsBackTheSame() throws IOException {
        var files = Map.of(
                "own-math",
                file("math.csv", "problem,answer\n\"two\nlines\",\\frac{1}{2}\nOpen?,\n"),
                "own-science",
                file("science.csv", SCIENCE),
                "own-options",
                file("options.json", "[{\"question\": \"Red?\", \"choices\": [\"a\", \"b\"], \"answer\": \"B\"}]"),
                "own-games",
                file("games.jsonl", "{\"nums\": [1, 2, 3], \"target\": 6}"));

        files.forEach((name, file) -> {
            var raw = new DatasetFile(file)
                    .load(new DatasetRequest(Map.of(), 99, data()))
                    .problems();
            into(name).load(file, Map.of(), false);
            var back = named(name).problems();

            assertThat(back).hasSameSizeAs(raw);
            for (int i = 0; i < raw.size(); i++) {
                assertThat(back.get(i).question()).isEqualTo(raw.get(i).question());
                assertThat(back.get(i).reference()).isEqualTo(raw.get(i).reference());
                assertThat(back.get(i).shuffled()).isEqualTo(raw.get(i).shuffled());
            }
        });
    }

    @Test
    void keepsNoLetterThatWouldGiveTheRightOptionAway() throws IOException {
        into("gpqa-diamond").load(file("gpqa_diamond.csv", SCIENCE), Map.of(), false);

        assertThat(Files.readAllLines(data().resolve("gpqa-diamond.jsonl")))
                .first()
                .isEqualTo("{\"id\":\"recA\",\"problem\":\"Which metal is liquid?\",\"correct\":\"mercury\","
                        + "\"incorrect\":[\"iron\",\"gold\",\"zinc\"],\"format\":\"choice\"}");
        assertThat(named("gpqa-diamond").problems())
                .extracting(Problem::shuffled)
                .containsOnly(true);
    }

    @Test
    void takesTheColumnsThatAreNamed() throws IOException {
        var source = file("odd.csv", "Aufgabe,Ergebnis\nWhat is 1+1?,2\n");

        var imported = into("odd").load(source, Map.of("problem", "aufgabe", "answer", "Ergebnis"), false);

        assertThat(named("odd").problems().getFirst().reference()).contains("2");
        assertThat(imported.record().columns()).containsOnlyKeys("problem", "answer");
        assertThatThrownBy(() -> into("odd").load(source, Map.of("problme", "Aufgabe"), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no column can be mapped to 'problme'; did you mean 'problem'?");
    }

    @Test
    void takesTheRightFilesOutOfADownloadedFolder() throws IOException {
        var gpqa = Files.createDirectories(folder.resolve("gpqa"));
        Files.writeString(gpqa.resolve("gpqa_main.csv"), SCIENCE.replace("recA", "mainA"));
        Files.writeString(gpqa.resolve("gpqa_diamond.csv"), SCIENCE);
        Files.writeString(gpqa.resolve("README.txt"), "about it");
        var contest = Files.createDirectories(folder.resolve("contest/data"));
        Files.writeString(contest.resolve("part-II.jsonl"), "{\"question\": \"Two?\", \"answer\": 2}");
        Files.writeString(contest.resolve("part-I.jsonl"), "{\"question\": \"One?\", \"answer\": 1}");
        Files.writeString(folder.resolve("contest/dataset_infos.json"), "{}");
        Files.createDirectories(folder.resolve("contest/.git"));
        Files.writeString(folder.resolve("contest/.git/x.json"), "{}");

        into("gpqa-diamond").load(gpqa, Map.of(), false);
        var imported = into("own").load(folder.resolve("contest"), Map.of(), false);

        assertThat(named("gpqa-diamond").problems()).extracting(Problem::id).containsExactly("recA", "recB");
        assertThat(imported.record().files()).containsExactly("part-I.jsonl", "part-II.jsonl");
        assertThat(named("own").problems()).extracting(Problem::id).containsExactly("own/1", "own/2");
    }

    @Test
    void doesNotMixTheSplitsOfAFolder() throws IOException {
        var splits = Files.createDirectories(folder.resolve("splits"));
        Files.writeString(splits.resolve("train-0.jsonl"), "{\"question\": \"One?\", \"answer\": 1}");
        Files.writeString(splits.resolve("test-0.jsonl"), "{\"question\": \"Two?\", \"answer\": 2}");

        assertThatThrownBy(() -> into("own").load(splits, Map.of(), false))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        splits + ": holds more than one split (test-0.jsonl, train-0.jsonl); name the file to import");
    }

    @Test
    void overwritesOtherDataOnlyWhenTold() throws IOException {
        var one = file("one.jsonl", "{\"question\": \"One?\", \"answer\": 1}");
        var two = file("two.jsonl", "{\"question\": \"Two?\", \"answer\": 2}");
        into("own").load(one, Map.of(), false);

        into("own").load(one, Map.of(), false);
        assertThatThrownBy(() -> into("own").load(two, Map.of(), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "%s holds other data already (1 problems from one.jsonl); --replace overwrites it",
                        data().resolve("own.jsonl"));
        assertThat(named("own").problems().getFirst().question().text()).isEqualTo("One?");

        into("own").load(two, Map.of(), true);
        assertThat(named("own").problems().getFirst().question().text()).isEqualTo("Two?");
    }

    @Test
    void leavesNothingBehindWhenTheSourceIsBroken() throws IOException {
        var torn = file("torn.jsonl", "{\"question\": \"One?\", \"answer\": 1}\n{\"question\": \"Tw");
        Files.createDirectories(data());

        assertThatThrownBy(() -> into("own").load(torn, Map.of(), false))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("torn.jsonl: line 2: not a whole JSON value");
        try (var left = Files.list(data())) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void saysWhenTheDataFolderCannotBeWritten() throws IOException {
        var source = file("one.jsonl", "{\"question\": \"One?\", \"answer\": 1}");
        var inTheWay = file("in-the-way", "");

        assertThatThrownBy(() -> new DatasetImport(Datasets.importable("own"), inTheWay.resolve("data"))
                        .load(source, Map.of(), false))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("own cannot be written there");
    }

    @Test
    void saysWhenImportedDataWasChangedAfterwards() throws IOException {
        into("own").load(file("one.jsonl", "{\"question\": \"One?\", \"answer\": 1}"), Map.of(), false);
        var data = data().resolve("own.jsonl");
        Files.writeString(data, Files.readString(data).replace("One?", "Two?"));

        assertThatThrownBy(() -> named("own"))
                .isInstanceOf(DatasetException.class)
                .hasMessage(data + ": changed since it was imported from one.jsonl; import it again with --replace");
    }

    private DatasetImport into(String name) {
        return new DatasetImport(Datasets.importable(name), data());
    }

    private Dataset named(String name) {
        return Datasets.load(name, new DatasetRequest(Map.of(), Integer.MAX_VALUE, data()));
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
