package parathink.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import parathink.eval.directory.ProblemLine;
import parathink.eval.run.RunListener;

/**
 * Shows on standard error how a run goes on: a line that renews itself on a terminal, a new line every half minute
 * elsewhere. Hears of attempts on any thread; closed by whoever opened it, before it prints anything else.
 */
final class Progress implements RunListener, AutoCloseable {
    private static final int TERMINAL_MILLIS = 500;
    private static final int FILE_MILLIS = 30_000;

    private final ProgressBar bar;
    private volatile Tally tally;

    /**
     * Where a run stands.
     *
     * @param attempts that the whole run has
     * @param done of them, in earlier processes too
     * @param before done in earlier processes
     * @param graded of those done
     * @param right of those graded
     * @param tokens decoded in this process
     */
    record Tally(int attempts, int done, int before, int graded, int right, long tokens) {

        static Tally of(int attempts, List<ProblemLine> before) {
            var tally = new Tally(attempts, 0, before.size(), 0, 0, 0);
            for (var line : before) {
                tally = tally.and(line, 0);
            }
            return tally;
        }

        Tally and(ProblemLine line, long decoded) {
            return new Tally(
                    attempts,
                    done + 1,
                    before,
                    graded + (line.isGraded() ? 1 : 0),
                    right + (line.isRight() ? 1 : 0),
                    tokens + decoded);
        }

        /** The line to show after so much time in this process. */
        String text(Duration elapsed) {
            var text = new StringBuilder("%d/%d".formatted(done, attempts));
            if (graded > 0) {
                text.append(String.format(Locale.ROOT, "  accuracy %.1f %%", 100.0 * right / graded));
            }
            double seconds = elapsed.toMillis() / 1000.0;
            int now = done - before;
            if (now > 0 && seconds > 0) {
                text.append("  %,d tokens/s".formatted(Math.round(tokens / seconds)));
                long left = Math.round(seconds / now * (attempts - done));
                text.append("  %d:%02d left".formatted(left / 60, left % 60));
            }
            return text.toString();
        }
    }

    Progress(Environment environment, Tally start) {
        tally = start;
        boolean terminal = environment.terminal().showsErr();
        bar = new ProgressBarBuilder()
                .setInitialMax(start.attempts())
                .setUpdateIntervalMillis(terminal ? TERMINAL_MILLIS : FILE_MILLIS)
                .setRenderer((state, width) -> tally.text(state.getElapsedAfterStart()))
                .setConsumer(terminal ? renewing(environment) : lines(environment, tally.text(Duration.ZERO)))
                .clearDisplayOnFinish()
                .build();
    }

    private static ProgressBarConsumer renewing(Environment environment) {
        var err = environment.err();
        int width = environment.terminal().columns() - 1;
        return new DelegatingProgressBarConsumer(
                line -> {
                    err.print("\r" + line.substring(0, Math.min(width, line.length()))
                            + " ".repeat(Math.max(0, width - line.length())));
                    err.flush();
                },
                width) {
            @Override
            public void clear() {
                err.print("\r" + " ".repeat(width) + "\r");
                err.flush();
            }
        };
    }

    private static ProgressBarConsumer lines(Environment environment, String known) {
        return new DelegatingProgressBarConsumer(
                new Consumer<>() {
                    private String last = place(known);

                    @Override
                    public void accept(String line) {
                        if (!place(line).equals(last)) { // at the end it is told twice, at another speed
                            environment.err().println(line);
                        }
                        last = place(line);
                    }
                },
                Integer.MAX_VALUE) {
            @Override
            public void clear() {} // lines that were printed stay
        };
    }

    /** Where the run stands, without its speed, which changes with the clock alone. */
    private static String place(String line) {
        return line.substring(0, (line + " ").indexOf(' '));
    }

    @Override
    public void ended(ProblemLine line, double seconds, long tokens) {
        tally = tally.and(line, tokens);
        bar.stepTo(tally.done());
    }

    @Override
    public void close() {
        bar.close();
    }
}
