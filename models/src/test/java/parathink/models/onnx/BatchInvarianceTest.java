package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static parathink.models.onnx.Models.append;
import static parathink.models.onnx.Models.row;
import static parathink.models.onnx.Models.tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import parathink.models.Batch;
import parathink.models.KvCache;
import parathink.models.LanguageModel;

/**
 * A row's logits have the same bits whoever its neighbours are; on the shipped model's shapes, where kernels are
 * chosen by size.
 */
final class BatchInvarianceTest {
    private static final int ROWS = 19;
    private static final int STEPS = 8;

    static Stream<Arguments> models() {
        var families = Stream.of(NumericMode.values())
                .flatMap(mode -> Stream.of(Families.values())
                        .map(family -> Arguments.of(Named.of(
                                family + " " + mode, (Opener) threads -> Models.model(family.config, mode, threads)))));
        var others = Arrays.stream(NumericMode.values())
                .flatMap(mode -> Stream.of(
                        Arguments.of(Named.of("tiny " + mode, (Opener) threads -> Models.tiny(mode, threads))),
                        Arguments.of(Named.of(
                                "thinking " + mode, (Opener) threads -> Models.model(Models.THINKING, mode, threads))),
                        Arguments.of(Named.of("embedded " + mode, (Opener)
                                threads -> EmbeddedModel.open(mode, Models.SETTINGS.withThreads(threads))))));
        return Stream.concat(families, others);
    }

    interface Opener {
        OnnxModel open(int threads);
    }

    @ParameterizedTest
    @MethodSource("models")
    void aRowAloneOnOneThreadHasTheSameBitsInAnyBatchOnTwoThreads(Opener opener) {
        var alone = new ArrayList<List<float[]>>();
        try (var model = opener.open(1)) {
            for (int row = 0; row < ROWS; row++) {
                alone.add(together(model, List.of(row)).getFirst());
            }
        }
        try (var model = opener.open(2)) {
            for (int size : new int[] {2, 3, 5, 8, 16, 19}) {
                // other rows and another order each time
                var chosen = Stream.iterate(size % ROWS, row -> (row + 7) % ROWS)
                        .limit(size)
                        .toList();
                var batch = together(model, chosen);
                for (int i = 0; i < size; i++) {
                    for (int step = 0; step <= STEPS; step++) {
                        assertThat(Arrays.equals(
                                        batch.get(i).get(step),
                                        alone.get(chosen.get(i)).get(step)))
                                .as("row %d in a batch of %d, step %d", chosen.get(i), size, step)
                                .isTrue();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aPromptHasTheSameBitsInPiecesOfTwoTokensAndMore(Opener opener) {
        var prompt = tokens(3, 514); // no piece of one token, which is decoded, not read
        try (var model = opener.open(2)) {
            float[] whole;
            try (var cache = model.newCache()) {
                whole = append(model, cache, prompt);
            }
            for (int piece : new int[] {13, 100, 300}) {
                try (var cache = model.newCache()) {
                    var logits = whole;
                    for (int at = 0; at < prompt.length; at += piece) {
                        logits = append(
                                model, cache, Arrays.copyOfRange(prompt, at, Math.min(prompt.length, at + piece)));
                    }
                    assertThat(Arrays.equals(logits, whole))
                            .as("pieces of %d", piece)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void anIdleNeighbourIsLeftAsItWas(NumericMode mode) {
        try (var model = Models.tiny(mode, 2)) {
            var caches = Stream.generate(model::newCache).limit(5).toList();
            for (int row = 0; row < 5; row++) {
                append(model, caches.get(row), tokens(row, 10 + row));
            }
            // rows 0, 2 and 4 step over their idle neighbours
            var batch = new Batch();
            for (int row = 0; row < 5; row += 2) {
                batch.add(caches.get(row), new int[] {5}, 0, 1);
            }
            model.forward(batch);

            for (int row = 1; row < 5; row += 2) {
                var after = append(model, caches.get(row), 6);
                try (var fresh = model.newCache()) {
                    append(model, fresh, tokens(row, 10 + row));
                    assertThat(after).isEqualTo(append(model, fresh, 6));
                }
            }
        }
    }

    /** Prefills some rows in one pass, then decodes them side by side; the logits of each row after each pass. */
    private static List<List<float[]>> together(LanguageModel model, List<Integer> rows) {
        var caches = new ArrayList<KvCache>();
        var logits = new ArrayList<List<float[]>>();
        var batch = new Batch();
        for (int row : rows) {
            caches.add(model.newCache());
            logits.add(new ArrayList<>());
            var prompt = prompt(row);
            batch.add(caches.getLast(), prompt, 0, prompt.length);
        }
        for (int step = 0; step <= STEPS; step++) {
            model.forward(batch);
            for (int i = 0; i < rows.size(); i++) {
                logits.get(i).add(row(batch.logits(), i, model.vocabularySize()));
            }
            batch.clear();
            for (int i = 0; i < rows.size(); i++) {
                batch.add(caches.get(i), tokens(100 + rows.get(i), STEPS), step % STEPS, 1);
            }
        }
        caches.forEach(KvCache::close);
        return logits;
    }

    /** Lengths differ, one is a single token, one crosses the blocks of long sums. */
    private static int[] prompt(int row) {
        return tokens(row, row == 0 ? 1 : row == 1 ? 270 : 5 + 7 * row);
    }
}
