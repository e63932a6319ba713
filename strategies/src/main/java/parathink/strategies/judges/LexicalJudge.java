package parathink.strategies.judges;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import parathink.datasets.Question;
import parathink.models.Session;

/**
 * Goes by the numbers, intermediate values and words that two texts share, by logistic regression; it asks no model and spends no
 * token. Immutable; any thread.
 *
 * @param intercept of the regression
 * @param weights one for each feature
 */
public record LexicalJudge(double intercept, Map<LexicalFeature, Double> weights) implements Judge {
    private static final String BUILT_IN = "/parathink/strategies/judges/lexical.tsv";
    private static final String INTERCEPT = "intercept";

    public LexicalJudge {
        weights = Map.copyOf(weights);
        for (var feature : LexicalFeature.values()) {
            if (!weights.containsKey(feature)) {
                throw new IllegalArgumentException("a lexical judge needs a weight for '%s'".formatted(feature.word()));
            }
        }
    }

    /** The coefficients that come with the program; {@code docs/judges.md} says what they were trained on. */
    public static LexicalJudge builtIn() {
        try (var in = LexicalJudge.class.getResourceAsStream(BUILT_IN);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return read(BUILT_IN, lines.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Coefficients from a file: a line for each feature with its word, a tab and its weight, and one for the intercept.
     *
     * @throws IllegalArgumentException naming file, line and what would be right
     */
    public static LexicalJudge read(Path file) {
        try {
            return read(file.toString(), Files.readAllLines(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "%s: cannot be read; give a file that 'parathink judge --fit' wrote".formatted(file), e);
        }
    }

    private static LexicalJudge read(String file, List<String> lines) {
        var values = new HashMap<String, Double>();
        for (int i = 0; i < lines.size(); i++) {
            var parts = lines.get(i).split("\t", -1);
            try {
                if (parts.length != 2 || !Double.isFinite(Double.parseDouble(parts[1]))) {
                    throw new NumberFormatException();
                }
                values.put(parts[0], Double.parseDouble(parts[1]));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "%s: line %d must be a word, a tab and a number, got '%s'".formatted(file, i + 1, lines.get(i)),
                        e);
            }
        }
        var weights = new EnumMap<LexicalFeature, Double>(LexicalFeature.class);
        for (var feature : LexicalFeature.values()) {
            weights.put(feature, value(file, values, feature.word()));
        }
        return new LexicalJudge(value(file, values, INTERCEPT), weights);
    }

    private static double value(String file, Map<String, Double> values, String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("%s: has no line for '%s'".formatted(file, name));
        }
        return values.get(name);
    }

    /** The lines of a file that {@link #read} reads. */
    public String lines() {
        var lines = new StringBuilder("%s\t%s\n".formatted(INTERCEPT, intercept));
        for (var feature : LexicalFeature.values()) {
            lines.append("%s\t%s\n".formatted(feature.word(), weights.get(feature)));
        }
        return lines.toString();
    }

    /** SHA-256 of its {@link #lines}. */
    public String hash() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(lines().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** What is measured of pairs, (pair, feature), the features in their order. */
    public static double[][] features(Question question, List<Pair> pairs) {
        var readings = new HashMap<String, LexicalReading>();
        for (var pair : pairs) {
            for (var text : List.of(pair.one(), pair.other())) {
                readings.computeIfAbsent(text, unread -> LexicalReading.of(question.asked(), unread));
            }
        }
        return pairs.stream()
                .map(pair -> Arrays.stream(LexicalFeature.values())
                        .mapToDouble(feature -> feature.of(readings.get(pair.one()), readings.get(pair.other())))
                        .toArray())
                .toArray(double[][]::new);
    }

    @Override
    public List<OptionalDouble> same(Question question, Session session, List<Pair> pairs) {
        return Arrays.stream(features(question, pairs))
                .map(row -> OptionalDouble.of(probability(row)))
                .toList();
    }

    private double probability(double[] row) {
        double sum = intercept;
        int column = 0;
        for (var feature : LexicalFeature.values()) {
            sum += weights.get(feature) * row[column++];
        }
        return 1 / (1 + StrictMath.exp(-sum));
    }
}
