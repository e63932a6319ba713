package parathink.eval.directory;

import java.util.Collection;
import java.util.Collections;
import java.util.function.ToIntFunction;

/** How many completions of an attempt ended for each reason. */
public record FinishCounts(int stop, int length, int budget, int cancelled, int error) {
    public static final FinishCounts NONE = new FinishCounts(0, 0, 0, 0, 0);

    public FinishCounts {
        if (Math.min(Math.min(stop, length), Math.min(Math.min(budget, cancelled), error)) < 0) {
            throw new IllegalArgumentException("finish counts must not be negative");
        }
    }

    public static FinishCounts of(Collection<Finish> endings) {
        return of(reason -> Collections.frequency(endings, reason));
    }

    /** Asks for the count of every reason. */
    static FinishCounts of(ToIntFunction<Finish> count) {
        return new FinishCounts(
                count.applyAsInt(Finish.STOP),
                count.applyAsInt(Finish.LENGTH),
                count.applyAsInt(Finish.BUDGET),
                count.applyAsInt(Finish.CANCELLED),
                count.applyAsInt(Finish.ERROR));
    }

    public int count(Finish finish) {
        return switch (finish) {
            case STOP -> stop;
            case LENGTH -> length;
            case BUDGET -> budget;
            case CANCELLED -> cancelled;
            case ERROR -> error;
        };
    }

    public int total() {
        return stop + length + budget + cancelled + error;
    }
}
