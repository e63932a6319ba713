package parathink.strategies;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import parathink.models.SamplingParams;
import parathink.strategies.GreedyClustering.Assign;
import parathink.strategies.GreedyClustering.Full;
import parathink.strategies.judges.Judge;
import parathink.strategies.judges.JudgeKind;

/** DeepPrune's line of the catalogue. */
final class DeepPruneSettings {
    private static final String BAR = "|";
    private static final String BUILT_IN = "built-in";

    private DeepPruneSettings() {}

    static StrategyEntry entry() {
        return new StrategyEntry(
                "deepprune",
                "Prunes unfinished branches that a judge expects to repeat an answer; the largest group finishes and votes.",
                "Tu et al., 2025, arXiv 2510.08483",
                "completions of one prompt that can stand still, go on and be cancelled; judge=own or model: label"
                        + " probabilities of a model",
                List.of(
                        new Setting("branches", "16", "completions begun a problem, 1 or more; -n sets it"),
                        new Setting(
                                "cut",
                                "words=25",
                                "where they are judged: words=N (reasoning words), tokens=N, share=S of the first"
                                        + " completion's length, or chunks=N of a pool"),
                        new Setting(
                                "words",
                                String.join(BAR, Cut.REASONING_WORDS),
                                "the reasoning words, with | between them"),
                        new Setting(
                                "judge",
                                "lexical",
                                "who judges: own (the model itself), model (--judge MODEL), lexical (no model), or oracle"
                                        + " (a pool's recorded ends; a bound, no method)"),
                        new Setting(
                                "coefficients",
                                BUILT_IN,
                                "of judge=lexical: built-in, or a file that 'parathink judge --fit FILE' wrote"),
                        new Setting("tau", "0.5", "similarity above which a completion joins a cluster, 0 to 1"),
                        new Setting("k", "32", "clusters at most, 1 or more"),
                        new Setting("k1", "10", "members of a cluster that are compared at most, 1 or more"),
                        new Setting("k2", "20", "members of the largest cluster that finish at most, 1 or more"),
                        new Setting(
                                "k3",
                                "20",
                                "completions that finish when no two are in one cluster; 0 for the first one"),
                        new Setting(
                                "assign", "argmax", "cluster joined: argmax (most similar) or first (first similar)"),
                        new Setting(
                                "full",
                                "argmax",
                                "with k clusters, one that is like none joins the most similar (argmax) or is given up"
                                        + " (drop)")),
                DeepPruneSettings::strategy);
    }

    private static Strategy strategy(Settings settings, SamplingParams sampling) {
        return new DeepPrune(
                settings.whole("branches"),
                Cut.read(settings.text("cut"), words(settings.text("words"))),
                judge(settings),
                new GreedyClustering(
                        settings.number("tau"),
                        settings.whole("k"),
                        settings.whole("k1"),
                        settings.oneOf("assign", Assign.values(), DeepPruneSettings::word),
                        settings.oneOf("full", Full.values(), DeepPruneSettings::word)),
                settings.whole("k2"),
                settings.whole("k3"),
                sampling);
    }

    private static Judge judge(Settings settings) {
        var kind = settings.oneOf("judge", JudgeKind.values(), JudgeKind::word);
        var file = settings.text("coefficients");
        return file.equals(BUILT_IN) ? kind.judge() : kind.judge(Path.of(file));
    }

    private static List<String> words(String text) {
        var words = Arrays.stream(text.split("\\|", -1)).map(String::strip).toList();
        if (words.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException(
                    "setting 'words' of strategy 'deepprune' must be words with | between them, got '%s'"
                            .formatted(text));
        }
        return words;
    }

    private static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
