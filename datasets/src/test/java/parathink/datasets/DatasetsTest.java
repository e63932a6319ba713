package parathink.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatasetsTest {
    @TempDir
    private Path folder;

    @Test
    void listsEveryDatasetOnceWithItsTerms() {
        assertThat(Datasets.all())
                .extracting(DatasetEntry::name)
                .doesNotHaveDuplicates()
                .contains(
                        "countdown-3",
                        "countdown-4",
                        "arith-1",
                        "arith-9",
                        "aime24",
                        "aime25",
                        "aime26",
                        "gpqa-diamond")
                .contains("gpqa-main", "math500", "amc23", "gsm8k", "hmmt25", "brumo25", "game24", "countdown");
        assertThat(Datasets.all()).allSatisfy(entry -> {
            assertThat(entry.description()).isNotBlank().doesNotContain("\n");
            assertThat(entry.source()).isNotBlank();
            assertThat(entry.licence()).isNotBlank();
            assertThat(entry.settings()).isNotEmpty();
        });
    }

    @Test
    void makesGeneratedDatasetsByName() {
        for (var entry : Datasets.all()) {
            if (entry.generated()) {
                var set = Datasets.load(entry.name(), new DatasetRequest(Map.of("size", "5"), 3, folder));

                assertThat(set.problems()).hasSize(3);
                assertThat(set.name()).isEqualTo(entry.name());
                assertThat(set.problems().getFirst().question().format().name()).isEqualTo(entry.format());
            }
        }
    }

    @Test
    void acceptsTheSettingsThatItLists() {
        for (var entry : Datasets.all()) {
            if (entry.generated()) {
                var settings = new HashMap<String, String>();
                entry.settings().forEach(setting -> settings.put(setting.name(), setting.defaultValue()));

                assertThat(Datasets.load(entry.name(), new DatasetRequest(settings, 2, folder)))
                        .isEqualTo(Datasets.load(entry.name(), request(2)));
            }
        }
    }

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> Datasets.load("countdwon-3", request(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no dataset 'countdwon-3'; did you mean 'countdown-3'?");
        assertThatThrownBy(() -> Datasets.named("gpqa-diamnod"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'gpqa-diamond'?");
    }

    @Test
    void saysWhenAFileIsNotThere() {
        for (var file : List.of("no/such/file", "none.jsonl", "none.csv.gz")) {
            assertThatThrownBy(() -> Datasets.load(file, request(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is no file '%s'", file);
        }
    }

    @Test
    void loadsFiles() throws IOException {
        var file = Files.writeString(folder.resolve("own.jsonl"), "{\"problem\": \"One?\", \"answer\": 1}");

        assertThat(Datasets.load(file.toString(), request(9)).problems()).hasSize(1);
        assertThatThrownBy(() -> Datasets.load(folder.toString(), request(1)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("is a folder: name a file in it, or bring it in with 'parathink import ");
    }

    @Test
    void saysHowToGetEveryDatasetThatIsMissing() {
        for (var entry : Datasets.all()) {
            if (!entry.generated()) {
                assertThatThrownBy(() -> Datasets.load(entry.name(), request(1)))
                        .isInstanceOfSatisfying(
                                DatasetException.class,
                                e -> assertThat(e.isMissing()).isTrue())
                        .hasMessageContaining(entry.source())
                        .hasMessageContaining("--as " + entry.name());
            }
        }
    }

    @Test
    void explainsTheGateOfGpqa() {
        assertThatThrownBy(() -> Datasets.load("gpqa-diamond", request(1)))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        "gpqa-diamond is not in %s: it is gated, so accept the terms of Idavidrein/gpqa on the Hugging Face hub,"
                                + " download gpqa_diamond.csv there and run 'parathink import gpqa_diamond.csv --as gpqa-diamond'",
                        folder);
    }

    @Test
    void importsUnderNamesOfItsOwnButNotOfGeneratedFamilies() {
        assertThat(Datasets.importable("own-set").name()).isEqualTo("own-set");
        assertThatThrownBy(() -> Datasets.importable("arith-1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'arith-1' is generated");
        for (var name : List.of("../own", "Own Set", "", ".own")) {
            assertThatThrownBy(() -> Datasets.importable(name)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void refusesAnUnknownSetting() {
        assertThatThrownBy(() -> Datasets.load("arith-1", new DatasetRequest(Map.of("sise", "3"), 1, folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sise");
        assertThatThrownBy(() -> Datasets.load("aime24", new DatasetRequest(Map.of("skp", "3"), 1, folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown dataset setting 'skp'; did you mean 'skip'?");
        assertThatThrownBy(() -> Datasets.load("aime24", new DatasetRequest(Map.of("options", "shuffled"), 1, folder)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("unknown dataset setting 'options'");
    }

    /** A generated dataset must not pay for the readers of files. */
    @Test
    void loadsNoReaderOfFilesForAGeneratedDataset() throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Generated.class.getName())
                .redirectErrorStream(true)
                .start();
        var log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        var loaded = new HashSet<String>();
        log.lines().forEach(line -> loaded.add(line.replaceAll("^(?:\\[[^]]*])+ ?(\\S+).*", "$1")));
        assertThat(loaded).contains("parathink.datasets.Datasets", "parathink.datasets.generated.ArithmeticProblems");
        assertThat(loaded)
                .noneMatch(name -> name.startsWith("dev.hardwood.")
                        || name.startsWith("org.apache.commons.csv.")
                        || name.startsWith("org.xerial.")
                        || name.startsWith("com.fasterxml.")
                        || name.startsWith("parathink.datasets.rows."));
    }

    /** What the process of the test above runs. */
    static final class Generated {
        private Generated() {}

        public static void main(String[] arguments) {
            Datasets.load("arith-1", new DatasetRequest(Map.of(), 2, Path.of(".")));
        }
    }

    private DatasetRequest request(int limit) {
        return new DatasetRequest(Map.of(), limit, folder);
    }
}
