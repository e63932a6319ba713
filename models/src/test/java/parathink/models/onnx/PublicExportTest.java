package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static parathink.models.onnx.Models.TINY;
import static parathink.models.onnx.Models.append;
import static parathink.models.onnx.Models.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parathink.models.Batch;
import parathink.models.KvCache;
import parathink.models.ModelException;
import parathink.models.onnx.ReferenceDecoder.Token;

final class PublicExportTest {
    private static final ReferenceDecoder REFERENCE =
            new ReferenceDecoder(TINY, new RandomWeights(), NumericMode.EXACT);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "INT64, FLOAT, true, true",
        "INT32, FLOAT, true, false",
        "INT64, FLOAT16, true, true",
        "INT32, FLOAT16, false, true",
        "INT64, FLOAT, false, false"
    })
    void agreesWithTheReference(ElementType ids, ElementType cacheType, boolean positions, boolean everyToken) {
        try (var model = open(new ExportGraph(ids, cacheType, positions, everyToken));
                var cache = model.newCache()) {
            var text = tokens(1, 150); // more than one chunk
            // a cache of halves is good to some 3 digits
            double tolerance = cacheType == ElementType.FLOAT ? 1e-4 : 0.05;

            assertClose(append(model, cache, text), REFERENCE.logits(text), tolerance);
            assertClose(append(model, cache, 7), REFERENCE.logits(with(text, 7)), tolerance);
            cache.truncate(20);
            var cut = Arrays.copyOf(text, 20);
            assertClose(append(model, cache, 9), REFERENCE.logits(with(cut, 9)), tolerance);
            assertThat(model.joinsCaches()).isEqualTo(positions);
        }
    }

    @Test
    void aRowHasTheSameBitsAloneAndInAnyCompany() {
        try (var model = open(new ExportGraph(ElementType.INT64, ElementType.FLOAT, true, true))) {
            var alone = new ArrayList<List<float[]>>();
            for (int row = 0; row < 6; row++) {
                alone.add(decode(model, List.of(row)).getFirst());
            }
            // rows 0 and 3, 1 and 4, 2 and 5 have the same length
            for (var company : List.of(List.of(0, 1, 2, 3, 4, 5), List.of(3, 0), List.of(5, 4, 2))) {
                var together = decode(model, company);
                for (int i = 0; i < company.size(); i++) {
                    for (int step = 0; step < 6; step++) {
                        assertThat(Arrays.equals(
                                        together.get(i).get(step),
                                        alone.get(company.get(i)).get(step)))
                                .as("row %d of %s, step %d", company.get(i), company, step)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void rowsOfAnExportWithOneScaleForAllAreKeptApart() {
        assumeTrue(
                Files.isRegularFile(Models.int8Export()),
                () -> "no " + Models.int8Export() + " in the optional local data");
        try (var model = Models.openInt8Export(1)) {
            var alone = decode(model, List.of(1)).getFirst();
            var together = decode(model, List.of(0, 1, 4)).get(1);
            for (int step = 0; step < 6; step++) {
                assertThat(Arrays.equals(together.get(step), alone.get(step)))
                        .as("step %d", step)
                        .isTrue();
            }
        }
    }

    @Test
    void seesWhetherAGraphHasOneScaleForAllRows() {
        var graph = new OnnxGraph();
        graph.node("", "DynamicQuantizeLinear", List.of("x"), List.of("y", "scale", "zero"));
        assertThat(OnnxFile.read(write(graph, "dynamic.onnx")).mixesRows()).isTrue();
        var file = new ExportGraph(ElementType.INT64, ElementType.FLOAT, true, true).write(folder.resolve("m.onnx"));
        assertThat(OnnxFile.read(file).mixesRows()).isFalse();
        assertThat(OnnxFile.read(file).operators()).contains("GroupQueryAttention", "Gather");
    }

    @Test
    void forksGoTheirOwnWaysAndJoin() {
        try (var model = open(new ExportGraph(ElementType.INT64, ElementType.FLOAT, true, true));
                var prompt = model.newCache()) {
            append(model, prompt, tokens(1, 9));
            var left = prompt.fork();
            var right = prompt.fork();
            append(model, left, 3, 4, 5);
            append(model, right, 6);
            var expected = new ArrayList<Token>();
            REFERENCE.logits(expected, tokens(1, 9), 0);
            var rightSeen = new ArrayList<>(expected);
            REFERENCE.logits(rightSeen, new int[] {6}, 9);
            REFERENCE.logits(expected, new int[] {3, 4, 5}, 9);
            expected.add(rightSeen.getLast());

            var joined = prompt.join(List.of(left, right));

            assertThat(joined.length()).isEqualTo(13);
            assertThat(joined.position()).isEqualTo(12);
            assertClose(append(model, joined, 8), REFERENCE.logits(expected, new int[] {8}, 12), 1e-4);
            assertClose(append(model, prompt, 8), REFERENCE.logits(with(tokens(1, 9), 8)), 1e-4);
            joined.close();
            left.close();
            right.close();
        }
    }

    @Test
    void withoutPositionsCachesAreNotJoined() {
        try (var model = open(new ExportGraph(ElementType.INT64, ElementType.FLOAT, false, true));
                var cache = model.newCache()) {
            assertThatThrownBy(() -> cache.join(List.of())).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void aTruncatedFileIsOneClearLine() throws IOException {
        var file = new ExportGraph(ElementType.INT64, ElementType.FLOAT, true, true).write(folder.resolve("m.onnx"));
        var whole = Files.readAllBytes(file);
        for (int size : new int[] {0, 5, 100, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, size));
            assertUnusable(
                    file,
                    file + (size == 0 ? ": not an ONNX model: it has no graph" : ": not an ONNX model, or cut short"));
        }
    }

    @Test
    void aFileThatIsNoModelIsOneClearLine() throws IOException {
        var file = Files.writeString(folder.resolve("readme.onnx"), "# Not a model\nbut a text of several lines\n");
        assertUnusable(file, file + ": not an ONNX model, or cut short");
    }

    @Test
    void aMissingFileIsMissing() {
        assertThatThrownBy(() -> OnnxModel.open(folder.resolve("no.onnx"), Models.card(48, 700), Models.SETTINGS))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.MISSING))
                .hasMessage("no such model file: " + folder.resolve("no.onnx"));
    }

    @Test
    void aGraphThatIsNoDecoderIsOneClearLine() {
        var graph = new OnnxGraph();
        graph.input("pixels", ElementType.FLOAT, "batch", 8);
        graph.output("label", ElementType.FLOAT, "batch", 8);
        graph.standard("Abs", List.of("pixels"), "label");
        var file = write(graph, "classifier.onnx");
        assertUnusable(
                file,
                file + ": not a decoder with past: it has no input input_ids, no input attention_mask, "
                        + "no input past_key_values.0.key, no output present.0.key, "
                        + "no input past_key_values.0.value, no output present.0.value");
    }

    @Test
    void weightsOutsideOfTheFolderAreRefused() {
        for (var place : List.of("../secret", "/etc/passwd")) {
            var file = write(external(place), "outside.onnx");
            assertUnusable(
                    file, file + ": its weights are said to lie outside of its folder, in \"%s\"".formatted(place));
        }
    }

    @Test
    void missingWeightsAreNamed() {
        var file = write(external("weights.bin"), "external.onnx");
        assertThatThrownBy(() -> OnnxModel.open(file, Models.card(48, 700), Models.SETTINGS))
                .isInstanceOf(ModelException.class)
                .hasMessage(file + ": its weights are missing: no " + folder.resolve("weights.bin"));
    }

    @Test
    void aTokenizerOfAnotherModelIsRefused() {
        var file = new ExportGraph(ElementType.INT64, ElementType.FLOAT, true, true).write(folder.resolve("m.onnx"));
        assertThatThrownBy(() -> OnnxModel.open(file, Models.card(49, 700), Models.SETTINGS))
                .isInstanceOf(ModelException.class)
                .hasMessage("tiny: the tokenizer has 49 tokens, the model 48");
    }

    private OnnxModel open(ExportGraph export) {
        return OnnxModel.open(
                export.write(folder.resolve("model.onnx")),
                Models.card(TINY.vocabulary(), TINY.context()),
                Models.SETTINGS.withThreads(1));
    }

    private Path write(Protobuf model, String name) {
        try {
            return Files.write(folder.resolve(name), model.toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(OnnxGraph graph, String name) {
        try (var arena = Arena.ofConfined()) {
            return Files.write(folder.resolve(name), graph.write(arena).toArray(ValueLayout.JAVA_BYTE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model whose one tensor lies elsewhere. */
    private static Protobuf external(String location) {
        var entry = new Protobuf().text(1, "location").text(2, location);
        var tensor = new Protobuf()
                .number(1, 4)
                .number(2, 1)
                .text(8, "w")
                .message(13, entry)
                .number(14, 1);
        return new Protobuf().number(1, 10).message(7, new Protobuf().message(5, tensor));
    }

    private static void assertUnusable(Path file, String message) {
        assertThatThrownBy(() -> OnnxModel.open(file, Models.card(48, 700), Models.SETTINGS))
                .isInstanceOfSatisfying(
                        ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.UNUSABLE))
                .hasMessage(message);
    }

    private static void assertClose(float[] logits, double[] expected, double tolerance) {
        assertThat(logits).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) logits[i]).isCloseTo(expected[i], Offset.offset(tolerance));
        }
    }

    private static int[] with(int[] tokens, int next) {
        var longer = Arrays.copyOf(tokens, tokens.length + 1);
        longer[tokens.length] = next;
        return longer;
    }

    /** Prefills rows of 10, 17 or 24 tokens and decodes five more of each, side by side. */
    private static List<List<float[]>> decode(OnnxModel model, List<Integer> rows) {
        var caches = new ArrayList<KvCache>();
        var logits = new ArrayList<List<float[]>>();
        var batch = new Batch();
        for (int row : rows) {
            caches.add(model.newCache());
            logits.add(new ArrayList<>());
            batch.add(caches.getLast(), tokens(row, 40), 0, 10 + 7 * (row % 3));
        }
        for (int step = 0; step < 6; step++) {
            model.forward(batch);
            for (int i = 0; i < rows.size(); i++) {
                logits.get(i).add(Models.row(batch.logits(), i, model.vocabularySize()));
            }
            batch.clear();
            for (int i = 0; i < rows.size(); i++) {
                batch.add(caches.get(i), tokens(50 + rows.get(i), 6), step, 1);
            }
        }
        caches.forEach(KvCache::close);
        return logits;
    }
}
