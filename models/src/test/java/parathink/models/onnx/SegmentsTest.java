package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import parathink.models.ModelException;

final class SegmentsTest {
    private static final ThoughtTokens THOUGHTS = new ThoughtTokens(List.of(40, 41), 44);

    @Test
    void aThoughtLastsFromItsTokenToTheSummary() {
        var segments = new Segments();

        assertThat(after(segments, 44, 7))
                .as("a summary token in the prompt opens nothing")
                .isZero();
        assertThat(after(segments, 40)).isEqualTo(1);
        assertThat(after(segments, 7, 8)).isEqualTo(1);
        assertThat(after(segments, 41, 9)).isEqualTo(2);
        assertThat(after(segments, 44)).isZero();
        assertThat(after(segments, 9)).isZero();
    }

    @Test
    void whatFollowsAJoinBelongsToNoThought() {
        var prompt = new Segments();
        after(prompt, 5, 6);
        var joined = copy(prompt);
        for (int branch = 0; branch < 2; branch++) {
            var thought = copy(prompt);
            after(thought, 40 + branch, 7);
            joined.addFrom(thought, 2);
        }
        assertThat(joined.last()).isEqualTo(2);
        joined.join();

        assertThat(joined.last()).isZero();
        assertThat(copy(joined).last()).as("nor in a fork of it").isZero();
        joined.add(0);
        joined.truncate(6);
        assertThat(joined.last()).as("cut back to the join").isZero();
        joined.truncate(4);
        assertThat(joined.last()).as("cut back into the first branch").isEqualTo(1);
    }

    @Test
    void asManyThoughtsAsTheTokenizerNames() {
        var tokenizer = new NumberTokenizer(48);

        assertThat(ThoughtTokens.of(tokenizer, 32, "tiny").opening()).containsExactly(40, 41, 42, 43);
        assertThat(ThoughtTokens.of(tokenizer, 3, "tiny").opening()).containsExactly(40, 41);
        assertThat(ThoughtTokens.of(tokenizer, 0, "tiny")).isEqualTo(ThoughtTokens.NONE);
        assertThatThrownBy(() -> ThoughtTokens.of(tokenizer, 1, "tiny"))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "tiny: the weights have thought embeddings, so the tokenizer needs the tokens <think1> and <summary>");
    }

    private static int after(Segments segments, int... tokens) {
        for (int token : tokens) {
            segments.add(THOUGHTS.segment(segments.last(), token));
        }
        return segments.last();
    }

    private static Segments copy(Segments source) {
        var copy = new Segments();
        copy.addFrom(source, 0);
        return copy;
    }
}
