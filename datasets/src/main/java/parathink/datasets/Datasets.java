package parathink.datasets;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import parathink.datasets.files.DatasetFile;
import parathink.datasets.files.FormatName;
import parathink.datasets.files.ImportedDataset;
import parathink.datasets.files.Layout;
import parathink.datasets.generated.ArithmeticProblems;
import parathink.datasets.generated.CountdownProblems;
import parathink.datasets.rows.RowFile;

/** The catalogue of datasets: those that are made here, and those that are imported from files. */
public final class Datasets {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]*");
    private static final String GATED =
            "CC BY 4.0, gated: the terms must be accepted first, and the authors ask that no"
                    + " item is posted in plain text";

    private static final List<DatasetSetting> GENERATED = List.of(
            new DatasetSetting("size", "256", "how many problems there are, 1 to 10000"),
            new DatasetSetting("seed", "99", "which problems are drawn"));

    private static final List<DatasetEntry> ALL = entries();

    private Datasets() {}

    /** Every entry, in the order to show them in. */
    public static List<DatasetEntry> all() {
        return ALL;
    }

    /**
     * The entry of a name.
     *
     * @throws IllegalArgumentException when there is none, with the nearest name
     */
    public static DatasetEntry named(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("there is no dataset '%s'; %s"
                        .formatted(
                                name,
                                NearestName.hint(
                                        name,
                                        ALL.stream().map(DatasetEntry::name).toList()))));
    }

    /**
     * Loads a dataset of the catalogue, one that was imported under a name of its own, or a file.
     *
     * @throws DatasetException when data is missing or cannot be read
     * @throws IllegalArgumentException when there is no such dataset or file, or a setting is wrong
     */
    public static Dataset load(String nameOrFile, DatasetRequest request) {
        return loader(nameOrFile, request.dataFolder()).load(request);
    }

    private static DatasetLoader loader(String nameOrFile, Path dataFolder) {
        var entry = find(nameOrFile);
        if (entry.isPresent()) {
            return entry.get().loader();
        }
        if (NAME.matcher(nameOrFile).matches()) {
            var imported = new ImportedDataset(nameOrFile, Layout.OPEN, "");
            if (Files.exists(imported.file(dataFolder))) {
                return imported;
            }
        }
        var file = Path.of(nameOrFile);
        return Files.exists(file) ? new DatasetFile(file) : unknown(nameOrFile);
    }

    private static DatasetLoader unknown(String nameOrFile) {
        if (nameOrFile.contains("/") || RowFile.readable(Path.of(nameOrFile))) {
            throw new IllegalArgumentException("there is no file '%s'".formatted(nameOrFile));
        }
        return named(nameOrFile).loader();
    }

    /**
     * The dataset that an import under a name fills: one of the catalogue, or one of that name alone.
     *
     * @throws IllegalArgumentException when the name is that of a generated family or cannot be a file's name
     */
    public static ImportedDataset importable(String name) {
        var entry = find(name);
        if (entry.isPresent()) {
            if (entry.get().loader() instanceof ImportedDataset imported) {
                return imported;
            }
            throw new IllegalArgumentException(
                    "'%s' is generated, so nothing can be imported under its name".formatted(name));
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a dataset's name has small letters, digits, '.', '_' and '-' only, got '%s'".formatted(name));
        }
        return new ImportedDataset(name, Layout.OPEN, "");
    }

    private static Optional<DatasetEntry> find(String name) {
        return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    private static List<DatasetEntry> entries() {
        var all = new ArrayList<DatasetEntry>();
        for (int numbers = 3; numbers <= 4; numbers++) {
            all.add(generated(
                    "countdown-" + numbers,
                    "make a number from 10 to 100 out of %d numbers".formatted(numbers),
                    "countdown",
                    new CountdownProblems(numbers)));
        }
        for (int level = 1; level <= 9; level++) {
            all.add(generated(
                    "arith-" + level,
                    "whole-number arithmetic in %s"
                            .formatted(level == 1 ? "one step" : "several steps, level " + level),
                    "integer",
                    new ArithmeticProblems(level, AnswerFormats.named(FormatName.INTEGER.label()))));
        }
        all.addAll(contests());
        all.addAll(others());
        return List.copyOf(all);
    }

    private static List<DatasetEntry> contests() {
        var aime = Layout.of(FormatName.INTEGER).withRows(30);
        var math = Layout.of(FormatName.MATH);
        return List.of(
                local("aime24", "AIME I and II of 2024", "HuggingFaceH4/aime_2024", "none stated", aime.ofYear(2024)),
                local("aime25", "AIME I and II of 2025", "math-ai/aime25", "none stated", aime.ofYear(2025)),
                local("aime26", "AIME I and II of 2026", "MathArena/aime_2026", "CC BY-NC-SA 4.0", aime.ofYear(2026)),
                local(
                        "amc23",
                        "AMC 12 of 2023",
                        "AI-MO/aimo-validation-amc",
                        "Apache-2.0",
                        math.withRows(40).ofYear(2023)),
                local("hmmt25", "HMMT February 2025", "MathArena/hmmt_feb_2025", "CC BY-NC-SA 4.0", math.withRows(30)),
                local("brumo25", "BRUMO 2025", "MathArena/brumo_2025", "CC BY-NC-SA 4.0", math.withRows(30)));
    }

    private static List<DatasetEntry> others() {
        var choice = Layout.of(FormatName.CHOICE);
        var game = Layout.of(FormatName.COUNTDOWN);
        var math = Layout.of(FormatName.MATH);
        return List.of(
                local("math500", "500 problems of MATH", "HuggingFaceH4/MATH-500", "MIT", math.withRows(500)),
                local(
                        "gsm8k",
                        "grade-school word problems, test split",
                        "openai/gsm8k",
                        "MIT",
                        math.withRows(1319).inFiles("^(?!.*socratic).*test")),
                gated(
                        "gpqa-diamond",
                        "graduate science, four options, the hardest",
                        "Idavidrein/gpqa",
                        "gpqa_diamond.csv",
                        choice.withRows(198).inFiles("diamond")),
                gated(
                        "gpqa-main",
                        "graduate science, four options",
                        "Idavidrein/gpqa",
                        "gpqa_main.csv",
                        choice.withRows(448).inFiles("main")),
                local(
                        "game24",
                        "Game of 24; papers use -D skip=900 --limit 100",
                        "24.csv of princeton-nlp/tree-of-thought-llm",
                        "MIT",
                        game.withRows(1362).inFiles("24")),
                local(
                        "countdown",
                        "Countdown games with 3 or 4 numbers",
                        "Jiayi-Pan/Countdown-Tasks-3to4",
                        "none stated",
                        game));
    }

    private static DatasetEntry generated(String name, String description, String format, DatasetLoader loader) {
        return new DatasetEntry(
                name,
                description,
                "generated here; held out of the embedded model's training",
                OptionalInt.of(256),
                "Apache-2.0",
                format,
                true,
                GENERATED,
                loader);
    }

    private static DatasetEntry local(String name, String description, String source, String licence, Layout layout) {
        var advice = "download %s and run 'parathink import FILE --as %s'".formatted(source, name);
        return local(name, description, source, licence, layout, advice);
    }

    private static DatasetEntry gated(String name, String description, String source, String file, Layout layout) {
        var advice = ("it is gated, so accept the terms of %s on the Hugging Face hub, download %s there"
                        + " and run 'parathink import %s --as %s'")
                .formatted(source, file, file, name);
        return local(name, description, source, GATED, layout, advice);
    }

    private static DatasetEntry local(
            String name, String description, String source, String licence, Layout layout, String advice) {
        var imported = new ImportedDataset(name, layout, advice);
        return new DatasetEntry(
                name,
                description,
                source,
                layout.rows(),
                licence,
                layout.format().orElse(FormatName.MATH).label(),
                false,
                imported.settings(),
                imported);
    }
}
