package parathink.datasets.generated;

import java.util.Objects;
import parathink.datasets.AnswerFormat;
import parathink.datasets.Dataset;
import parathink.datasets.DatasetLoader;
import parathink.datasets.DatasetRequest;

/**
 * Generated arithmetic problems with whole answers from 0 to 999, held out of the embedded model's training (which had
 * levels 1 to 7 alone). Settings:
 * {@code size} (256) and {@code seed} (99). Immutable, for any thread.
 *
 * @param level 1 (one easy part) to 9 (a chain of four laborious steps)
 * @param format finds and compares whole numbers
 */
public record ArithmeticProblems(int level, AnswerFormat format) implements DatasetLoader {
    public ArithmeticProblems {
        if (level < 1 || level > 9) {
            throw new IllegalArgumentException("the level must be 1 to 9, got " + level);
        }
        Objects.requireNonNull(format, "format");
    }

    @Override
    public Dataset load(DatasetRequest request) {
        return HeldOut.of(request.settings()).draw("arith-" + level, level, new Arithmetic(level, format), request);
    }
}
