package parathink.models;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What the decode loop does to the rows it has chosen: pass, draw, charge. Used by the loop's thread alone; the model is the
 * loop's to close.
 */
final class DecodeStep {
    /** Passes after which twice as many rows are tried again: a pass that fails costs time. */
    private static final int PATIENCE = 32;

    /** From this many tokens on, drawing a row takes so long that handing rows to other threads costs little beside it. */
    private static final int LARGE_VOCABULARY = 4096;

    private static final int SIDE_BY_SIDE = 8; // rows; each needs scratch of 20 bytes a token

    private final LanguageModel model;
    private final List<Sampler> samplers; // of rows that are drawn side by side; the first also draws alone
    private final Batch batch = new Batch();
    private final List<Row> kept = new ArrayList<>(); // rows that draw from logits kept since a fork
    private final List<Row> prompts = new ArrayList<>(); // rows with a text to read first
    private final List<Row> steps = new ArrayList<>(); // rows with one token to read first
    private int most; // rows of one pass: fewer than the model prefers after one that there was no memory for
    private int wentWell; // passes since then, or since more rows were allowed
    private final Set<LocalSession> failed = new HashSet<>(); // of this step, for want of memory

    DecodeStep(LanguageModel model) {
        this.model = model;
        this.samplers = IntStream.range(0, model.vocabularySize() < LARGE_VOCABULARY ? 1 : SIDE_BY_SIDE)
                .mapToObj(i -> new Sampler(model.vocabularySize()))
                .toList();
        this.most = model.preferredRows();
    }

    /** Gives every row of these turns one token, or its end; what fails is told to the turns that it failed. */
    void run(List<Turn> chosen) {
        try {
            for (var turn : chosen) {
                sortOrFail(turn);
            }
            for (var row : kept) {
                var sequence = row.sequence();
                draw(chosen, row, MemorySegment.ofArray(sequence.keptLogits()), 0);
            }
            passAndDraw(chosen, prompts);
            passAndDraw(chosen, steps);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            chosen.forEach(turn -> turn.failure = failure(e));
        } finally {
            kept.clear();
            prompts.clear();
            steps.clear();
            failed.clear();
        }
    }

    /** Sorts a turn's rows; where there is no memory for what one of them has to read first, that is its own failure. */
    private void sortOrFail(Turn turn) {
        int keptBefore = kept.size();
        int promptsBefore = prompts.size();
        int stepsBefore = steps.size();
        try {
            sort(turn);
        } catch (OutOfMemoryError e) {
            turn.failure = failure(e);
            turn.session.freeCaches();
            failed.add(turn.session);
            kept.subList(keptBefore, kept.size()).clear();
            prompts.subList(promptsBefore, prompts.size()).clear();
            steps.subList(stepsBefore, steps.size()).clear();
        }
    }

    /** Ends the rows that the budget leaves no token for, and sorts the others by what they need before a draw. */
    private void sort(Turn turn) {
        long left = turn.session.budgetLeft();
        for (var row : turn.active) {
            if (left-- <= 0) {
                row.end(FinishReason.BUDGET, "");
            } else if (row.isReading()) {
                row.acceptSaved();
            } else {
                passBefore(row.sequence(), 1);
                switch (row.sequence().pending()) {
                    case 0 -> kept.add(row);
                    case 1 -> steps.add(row);
                    default -> prompts.add(row);
                }
            }
        }
    }

    /**
     * Passes over all rows; one that there is no memory for is tried again with half of its rows, down to a single one, and then
     * without one of the turns.
     */
    private void passAndDraw(List<Turn> chosen, List<Row> rows) {
        rows.removeIf(row -> failed.contains(row.sequence().session())); // its other rows were given up with it
        for (int first = 0; first < rows.size(); ) {
            int end = Math.min(rows.size(), first + most);
            try {
                pass(rows.subList(first, end));
            } catch (OutOfMemoryError e) {
                wentWell = 0;
                if (end - first > 1) {
                    most = (end - first) / 2;
                } else {
                    giveUp(rows.get(first), chosen, e);
                    rows.subList(first, rows.size())
                            .removeIf(row -> failed.contains(row.sequence().session()));
                }
                continue;
            }
            for (int i = first; i < end; i += samplers.size()) {
                draw(chosen, rows.subList(i, Math.min(end, i + samplers.size())), i - first);
            }
            if (most < model.preferredRows() && ++wentWell == PATIENCE) {
                most = Math.min(2 * most, model.preferredRows());
                wentWell = 0;
            }
            first = end;
        }
    }

    /**
     * Ends a turn and frees its caches, where there is no memory for a row. A text that cannot be begun gives up itself; one
     * that lacks room for its next token takes that of the session that was opened last, as the older ones have come further.
     */
    private void giveUp(Row row, List<Turn> chosen, OutOfMemoryError e) {
        boolean begins = row.sequence().nextPass() > 1;
        var turn = chosen.reversed().stream()
                .filter(one -> begins ? one.active.contains(row) : one.session.holdsCaches())
                .findFirst()
                .orElseThrow();
        turn.failure = failure(e);
        turn.session.freeCaches();
        failed.add(turn.session);
    }

    private void pass(List<Row> rows) {
        batch.clear();
        for (var row : rows) {
            row.sequence().addTo(batch);
        }
        model.forward(batch);
        rows.forEach(row -> row.sequence().passed());
    }

    /** Draws for some rows side by side, then gives them their tokens in turn; {@code at} is the first one's place in the batch. */
    private void draw(List<Turn> chosen, List<Row> rows, int at) {
        if (rows.size() == 1 || samplers.size() == 1) {
            for (int i = 0; i < rows.size(); i++) {
                draw(chosen, rows.get(i), batch.logits(), at + i);
            }
            return;
        }
        var tokens = new int[rows.size()];
        var failures = new RuntimeException[rows.size()]; // null where a token was drawn
        IntStream.range(0, rows.size()).parallel().forEach(i -> {
            var row = rows.get(i);
            try {
                tokens[i] = samplers.get(i)
                        .draw(batch.logits(), at + i, row.sequence().sampling(), row.uniform());
            } catch (ModelException | OutOfMemoryError e) {
                failures[i] = failure(e);
            }
        });
        for (int i = 0; i < rows.size(); i++) {
            if (failures[i] == null) {
                accept(chosen, rows.get(i), tokens[i], samplers.get(i));
            } else {
                fail(chosen, rows.get(i), failures[i]);
            }
        }
    }

    private static void accept(List<Turn> chosen, Row row, int token, Sampler sampler) {
        try {
            row.accept(token, sampler);
        } catch (ModelException | OutOfMemoryError e) {
            fail(chosen, row, failure(e));
        }
    }

    /** Draws a row's next token; a row whose logits are of no use fails its own turn, not the others of the pass. */
    private void draw(List<Turn> chosen, Row row, MemorySegment logits, int at) {
        try {
            var sampler = samplers.getFirst();
            int token = sampler.draw(logits, at, row.sequence().sampling(), row.uniform());
            accept(chosen, row, token, sampler);
        } catch (ModelException | OutOfMemoryError e) {
            fail(chosen, row, failure(e));
        }
    }

    private static void fail(List<Turn> chosen, Row row, RuntimeException reason) {
        for (var turn : chosen) {
            if (turn.active.contains(row)) {
                turn.failure = reason;
            }
        }
    }

    /** Computes all that is pending of one sequence and gives the logits after it. */
    float[] passAlone(LocalSequence sequence) {
        passBefore(sequence, 0);
        var logits = new float[model.vocabularySize()];
        MemorySegment.copy(batch.logits(), ValueLayout.JAVA_FLOAT, 0, logits, 0, logits.length);
        return logits;
    }

    /** Passes for one sequence until at most the last one, or none, is left to do. */
    private void passBefore(LocalSequence sequence, int left) {
        while (sequence.pending() > left * sequence.nextPass()) {
            batch.clear();
            sequence.addTo(batch);
            model.forward(batch);
            sequence.passed();
        }
    }

    /** What a strategy is told of an error of its step or command. */
    static RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case RuntimeException e -> e;
            case OutOfMemoryError e ->
                new ModelException(
                        ModelException.Kind.FAILED, "not enough memory for this problem: " + e.getMessage(), e);
            default -> new ModelException(ModelException.Kind.FAILED, cause.toString(), cause);
        };
    }
}
