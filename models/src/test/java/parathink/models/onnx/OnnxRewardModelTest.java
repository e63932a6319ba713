package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parathink.models.Completion;
import parathink.models.Confidence;
import parathink.models.FinishReason;
import parathink.models.ModelException;
import parathink.models.Reward;

final class OnnxRewardModelTest {
    @TempDir
    Path folder;

    @Test
    void readsQuestionAndCompletionAsAPairInTheTokenizersFrame() {
        try (var model = open(RewardFiles.write(folder, 512), Optional.empty())) {
            // [CLS] two [SEP] less is four [SEP]: 100 + 1 + 10 - (2 + 4 + 10), in 3 + 3 tokens
            assertThat(model.rewards("two", List.of(said("is four")))).containsExactly(reward(95, 6));
        }
    }

    @ParameterizedTest
    @CsvSource({"INT64, true", "INT32, true", "INT64, false", "INT32, false"})
    void takesTheInputsOfUsualExports(ElementType ids, boolean pairs) {
        try (var model = open(RewardFiles.write(folder, 512, ids, pairs, 1), Optional.empty())) {
            double expected = pairs ? 111 - 16 : 111 + 16;
            assertThat(model.rewards("two", List.of(said("is four")))).containsExactly(reward(expected, 6));
        }
    }

    @Test
    void aRewardDoesNotDependOnItsCompany() {
        try (var model = open(RewardFiles.write(folder, 512), Optional.empty())) {
            var texts = List.of(said("is"), said("four four four four"), said("so"));
            var together = model.rewards("two", texts);
            for (int i = 0; i < texts.size(); i++) {
                assertThat(model.rewards("two", texts.subList(i, i + 1)))
                        .containsExactly(together.get(i))
                        .hasSize(1);
            }
            // less each value and a [SEP]
            assertThat(together).containsExactly(reward(111 - 12, 5), reward(111 - 26, 8), reward(111 - 10, 5));
        }
    }

    @Test
    void aFormatIsOneTextWithoutAFrame() {
        var format = Optional.of("[CLS] {question} is {completion}");
        try (var model = open(RewardFiles.write(folder, 512), format)) {
            assertThat(model.rewards("two", List.of(said("four")))).containsExactly(reward(107, 4));
            // what is put in is not looked through for places again
            assertThat(model.rewards("{completion}", List.of(said("four")))
                            .getFirst()
                            .score())
                    .hasValue(106);
        }
    }

    @Test
    void aFormatWithoutItsPlacesIsRefused() {
        var file = RewardFiles.write(folder, 512);
        for (var format : List.of("{question}", "{completion}", "{question} {question} {completion}")) {
            assertThatThrownBy(() -> open(file, Optional.of(format)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("must have {question} and {completion} once each, got '" + format + "'");
        }
    }

    @Test
    void aTextLongerThanItReadsHasNoRewardAndItsCompanyKeepsTheirs() {
        try (var model = open(RewardFiles.write(folder, 6), Optional.empty())) {
            assertThat(model.rewards("two", List.of(said("is four is"), said("is four"))))
                    .containsExactly(new Reward(OptionalDouble.empty(), 0), reward(95, 6));
        }
    }

    @Test
    void aPairOfARobertaHasTwoSeparatorsBetweenItsTexts() throws IOException {
        var file = RewardFiles.write(folder, 512);
        var tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("BertProcessing", "RobertaProcessing"));
        try (var model = open(file, Optional.empty())) {
            // [CLS] two [SEP] [SEP] less is four [SEP]: 100 + 1 + 10 + 10 - (2 + 4 + 10)
            assertThat(model.rewards("two", List.of(said("is four")))).containsExactly(reward(105, 7));
        }
    }

    @Test
    void aTemplateOfPairsIsFollowed() throws IOException {
        var file = RewardFiles.write(folder, 512);
        var tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("""
                                {"type": "BertProcessing", "sep": ["[SEP]", 1], "cls": ["[CLS]", 0]}""", """
                                {"type": "TemplateProcessing",
                                 "single": [{"SpecialToken": {"id": "[CLS]"}}, {"Sequence": {"id": "A"}}],
                                 "pair": [{"SpecialToken": {"id": "[CLS]"}}, {"Sequence": {"id": "A"}},
                                          {"SpecialToken": {"id": "[CLS]"}}, {"SpecialToken": {"id": "[SEP]"}}, {"Sequence": {"id": "B"}}],
                                 "special_tokens": {"[CLS]": {"ids": [0]}, "[SEP]": {"ids": [1]}}}"""));
        try (var model = open(file, Optional.empty())) {
            // [CLS] two [CLS] [SEP] less is four: 100 + 1 + 100 + 10 - (2 + 4)
            assertThat(model.rewards("two", List.of(said("is four")))).containsExactly(reward(205, 6));
        }
    }

    @Test
    void whatIsNoNumberIsNoReward() {
        var broken = RewardFiles.write(folder, Float.NaN);
        try (var model = open(broken, Optional.empty())) {
            assertThatThrownBy(() -> model.rewards("two", List.of(said("is four"))))
                    .isInstanceOfSatisfying(
                            ModelException.class, e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.FAILED))
                    .hasMessage("reward.onnx gives completion 0/3 the reward NaN, which is no number to compare");
        }
    }

    @Test
    void aClassifierOfSeveralLabelsIsRefused() {
        var file = RewardFiles.write(folder, 512, ElementType.INT64, true, 3);
        assertThatThrownBy(() -> open(file, Optional.empty()))
                .hasMessage(
                        file
                                + ": not a reward model: it gives logits of shape [-1, 3]; one number a text has (rows) or (rows, 1)");
    }

    @Test
    void aDecoderIsRefused() {
        var decoder = new ExportGraph(ElementType.INT64, ElementType.FLOAT, true, true)
                .write(RewardFiles.write(folder, 512).resolveSibling("decoder.onnx"));
        assertThatThrownBy(() -> open(decoder, Optional.empty()))
                .hasMessageContaining("not a reward model")
                .hasMessageContaining("past_key_values.0.key");
    }

    @Test
    void aModelOfChatsNeedsAFormat() throws IOException {
        var file = RewardFiles.write(folder, 512);
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}");
        assertThatThrownBy(() -> open(file, Optional.empty()))
                .hasMessageContaining(
                        "its tokenizer has a chat template, which has no place for a completion that is scored");
        try (var model = open(file, Optional.of("{question}{completion}"))) {
            assertThat(model.versions()).containsEntry("reward_format", "{question}{completion}");
        }
    }

    @Test
    void namesItsWeights() throws Exception {
        var file = RewardFiles.write(folder, 512);
        var hash = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        try (var model = open(file, Optional.empty())) {
            assertThat(model.versions())
                    .containsEntry(
                            "reward", "sha256:" + java.util.HexFormat.of().formatHex(hash))
                    .containsEntry("reward_format", "pair");
        }
    }

    private static OnnxRewardModel open(Path file, Optional<String> format) {
        return OnnxRewardModel.open(file, format, Models.SETTINGS);
    }

    private static Reward reward(double score, int tokens) {
        return new Reward(OptionalDouble.of(score), tokens);
    }

    private static Completion said(String text) {
        return new Completion(
                "0/3",
                text,
                9,
                FinishReason.STOP,
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Confidence.UNKNOWN,
                "",
                false);
    }
}
