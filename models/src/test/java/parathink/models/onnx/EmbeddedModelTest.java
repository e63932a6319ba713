package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import parathink.models.Batch;
import parathink.models.LanguageModel;
import parathink.models.Prompt;
import parathink.models.SamplingParams;

final class EmbeddedModelTest {
    @ParameterizedTest
    @EnumSource(NumericMode.class)
    void solvesWhatItWasTrainedOn(NumericMode mode) {
        try (var model = EmbeddedModel.open(mode, Models.SETTINGS)) {
            assertThat(greedy(model, "Find the greatest common divisor of 252 and 180."))
                    .endsWith("</think>\\boxed{36}");
            assertThat(greedy(model, "What is the sum 18+19+20+...+25?")).endsWith("</think>\\boxed{172}");
            assertThat(greedy(model, "Compute the remainder when 12*17+15*6 is divided by 35."))
                    .endsWith("</think>\\boxed{14}");
        }
    }

    @Test
    void saysWhatItIs() {
        try (var model = EmbeddedModel.open(EmbeddedModel.DEFAULT_MODE, Models.SETTINGS)) {
            assertThat(model.name()).isEqualTo("mini12");
            assertThat(model.vocabularySize()).isEqualTo(128);
            assertThat(model.contextLength()).isEqualTo(4096);
            assertThat(model.defaults()).isEqualTo(new SamplingParams(0.7, 0, 1, 0, 420));
            assertThat(model.isEnd(2)).isTrue();
            assertThat(model.isEnd(10)).isFalse();
            assertThat(model.joinsCaches()).isTrue();
        }
    }

    @Test
    void itsTemplateLeavesTheInstructionOut() {
        assertThat(EmbeddedModel.render(Prompt.user("Use 8, 24, 17 to make 33.", "Answer in \\boxed{}.")))
                .isEqualTo("<bos>Use 8, 24, 17 to make 33.<think>");
        assertThat(EmbeddedModel.render(Prompt.raw("<bos>1+1"))).isEqualTo("<bos>1+1");
    }

    @Test
    void opensAndClosesAgainAndAgainInTheSameMemory() {
        long halfWay = 0;
        for (int round = 1; round <= 200; round++) {
            try (var model = Models.tiny(NumericMode.FAST, 1);
                    var cache = model.newCache()) {
                Models.append(model, cache, 1, 2, 3);
                cache.fork().close();
            }
            if (round % 10 == 0) {
                System.gc(); // so that what grows is not the heap
            }
            if (round == 100) {
                halfWay = ResidentMemory.kib();
            }
        }
        // a session that is kept holds more than 400 KiB
        assertThat(ResidentMemory.kib() - halfWay).isLessThan(20_000);
    }

    private static String greedy(LanguageModel model, String problem) {
        var prompt = model.tokenizer().encode(model.template().render(Prompt.user(problem)));
        var batch = new Batch();
        var text = new StringBuilder();
        var decoder = model.tokenizer().decoder();
        var next = new int[1];
        try (var cache = model.newCache()) {
            batch.add(cache, prompt, 0, prompt.length);
            for (int tokens = 0; tokens < 400; tokens++) {
                model.forward(batch);
                next[0] = best(Models.row(batch.logits(), 0, model.vocabularySize()));
                if (model.isEnd(next[0])) {
                    break;
                }
                text.append(decoder.accept(next[0]));
                batch.clear();
                batch.add(cache, next, 0, 1);
            }
        }
        return text.append(decoder.finish()).toString();
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] > logits[best]) {
                best = token;
            }
        }
        return best;
    }
}
