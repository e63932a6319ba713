package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.locks.ReentrantLock;
import parathink.models.Completion;
import parathink.models.ModelException;
import parathink.models.Reward;
import parathink.models.RewardModel;
import parathink.models.tokenizer.PlainTemplate;
import parathink.models.tokenizer.TokenizerFolder;

/**
 * A reward model on ONNX Runtime: a sequence classifier with one number a text. Texts are read one at a time, unpadded, so that a reward does
 * not depend on its company. Thread-safe; closed by whoever opened it.
 */
public final class OnnxRewardModel implements RewardModel {
    private final String name;
    private final OnnxSession session;
    private final RewardLayout layout;
    private final RewardText text;
    private final int context;
    private final Map<String, String> versions;
    private final ReentrantLock running = new ReentrantLock(); // the binding holds one text

    private OnnxRewardModel(
            String name,
            OnnxSession session,
            RewardLayout layout,
            RewardText text,
            int context,
            Map<String, String> versions) {
        this.name = name;
        this.session = session;
        this.layout = layout;
        this.text = text;
        this.context = context;
        this.versions = versions;
    }

    /**
     * Loads a classifier with the {@code tokenizer.json} that lies beside it. The caller closes it.
     *
     * @param format the text that it reads, with {@code {question}} and {@code {completion}}; nothing for the pair of both texts
     * @throws ModelException when the file is missing, is no such classifier, or was trained on chats and no format is given
     */
    public static OnnxRewardModel open(Path file, Optional<String> format, OrtSettings settings) {
        var content = OnnxFile.read(file);
        var texts = TokenizerFolder.beside(file);
        if (format.isEmpty() && !(texts.template() instanceof PlainTemplate)) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE,
                    "%s: its tokenizer has a chat template, which has no place for a completion that is scored; write it out in --reward-format with %s and %s"
                            .formatted(file, RewardText.QUESTION, RewardText.COMPLETION));
        }
        var text = new RewardText(texts.tokenizer(), format);
        var session = OnnxSession.of(file, settings);
        try {
            var layout = RewardLayout.of(file, session.inputs(), session.outputs());
            var versions = Map.of(
                    "onnxruntime", session.runtimeVersion(),
                    "reward", DecoderFile.hash(file, content),
                    "reward_format", format.orElse("pair"));
            int context = DecoderFile.contextLength(texts.folder().resolve("config.json"));
            return new OnnxRewardModel(file.getFileName().toString(), session, layout, text, context, versions);
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    @Override
    public List<Reward> rewards(String question, List<Completion> completions) {
        return completions.stream()
                .map(completion -> reward(question, completion))
                .toList();
    }

    private Reward reward(String question, Completion completion) {
        var tokens = text.tokens(question, completion.answerText());
        if (tokens.ids().size() > context) {
            return new Reward(OptionalDouble.empty(), 0);
        }
        running.lock();
        try {
            double score = run(tokens);
            if (!Double.isFinite(score)) {
                throw new ModelException(
                        ModelException.Kind.FAILED,
                        "%s gives completion %s the reward %s, which is no number to compare"
                                .formatted(name, completion.path(), score));
            }
            return new Reward(OptionalDouble.of(score), tokens.ids().size());
        } finally {
            running.unlock();
        }
    }

    private double run(RewardText.Tokens tokens) {
        int count = tokens.ids().size();
        try (var arena = Arena.ofConfined();
                var binding = session.bind()) {
            for (var input : layout.inputs()) {
                var type = input.type().orElseThrow();
                var data = arena.allocate((long) count * type.bytes, Long.BYTES);
                for (int i = 0; i < count; i++) {
                    put(data, type, i, value(input.name(), tokens, i));
                }
                binding.input(input.name(), data, type, 1, count);
            }
            var type = layout.output().type().orElseThrow();
            var reward = arena.allocate(type.bytes, Long.BYTES);
            var shape = new long[layout.output().shape().size()];
            Arrays.fill(shape, 1);
            binding.output(layout.output().name(), reward, type, shape);
            binding.run();
            return type == ElementType.FLOAT
                    ? reward.get(JAVA_FLOAT, 0)
                    : Float.float16ToFloat(reward.get(JAVA_SHORT, 0));
        }
    }

    private static int value(String input, RewardText.Tokens tokens, int place) {
        return switch (input) {
            case RewardLayout.IDS -> tokens.ids().get(place);
            case RewardLayout.MASK -> 1;
            case RewardLayout.TYPES -> tokens.type(place);
            case RewardLayout.POSITIONS -> place;
            default -> throw new IllegalStateException("the layout has let through the input " + input);
        };
    }

    private static void put(MemorySegment data, ElementType type, int place, int value) {
        if (type == ElementType.INT64) {
            data.setAtIndex(JAVA_LONG, place, value);
        } else {
            data.setAtIndex(JAVA_INT, place, value);
        }
    }

    @Override
    public Map<String, String> versions() {
        return versions;
    }

    @Override
    public void close() {
        session.close();
    }
}
