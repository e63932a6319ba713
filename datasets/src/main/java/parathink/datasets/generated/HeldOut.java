package parathink.datasets.generated;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetRequest;
import parathink.datasets.Problem;
import parathink.datasets.Question;

/**
 * The part of a generated family that the embedded model was never trained on: one text in forty, chosen by its checksum.
 *
 * @param size problems in the whole set
 * @param seed which set; the seed of the published figures when it is left out
 */
record HeldOut(int size, int seed) {
    static final int DEFAULT_SEED = 99;
    private static final int DEFAULT_SIZE = 256;
    private static final int LARGEST_SIZE = 10_000;
    private static final int SHARE = 40;

    HeldOut {
        if (size < 1 || size > LARGEST_SIZE) {
            throw new IllegalArgumentException("size must be 1 to " + LARGEST_SIZE + ", got " + size);
        }
        if (seed < 0) {
            throw new IllegalArgumentException("seed must not be negative, got " + seed);
        }
    }

    /** Reads the settings {@code size} and {@code seed}. */
    static HeldOut of(Map<String, String> settings) {
        for (var name : settings.keySet()) {
            if (!name.equals("size") && !name.equals("seed")) {
                throw new IllegalArgumentException("unknown setting '" + name + "'; known are size, seed");
            }
        }
        return new HeldOut(number(settings, "size", DEFAULT_SIZE), number(settings, "seed", DEFAULT_SEED));
    }

    private static int number(Map<String, String> settings, String name, int otherwise) {
        var typed = settings.get(name);
        if (typed == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(typed);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, got '" + typed + "'", e);
        }
    }

    /**
     * Draws as many problems as the request asks for.
     *
     * @param stream tells the families of one seed apart
     */
    Dataset draw(String family, int stream, Generator generator, DatasetRequest request) {
        var prefix = seed == DEFAULT_SEED ? family + "/" : family + "/s" + seed + "/";
        var random = new MersenneTwister(seed * 1000L + stream);
        var problems = new ArrayList<Problem>();
        var seen = new HashSet<String>();
        while (problems.size() < Math.min(size, request.limit())) {
            var drawn = generator.draw(random);
            var text = drawn.text();
            if (isHeldOut(text) && seen.add(text)) {
                var id = prefix + (problems.size() + 1);
                var question = new Question(text, drawn.format());
                problems.add(new Problem(id, question, Optional.of(drawn.reference())));
            }
        }
        return new Dataset(family, problems, List.of());
    }

    static boolean isHeldOut(String text) {
        var checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        return checksum.getValue() % SHARE == 0;
    }
}
