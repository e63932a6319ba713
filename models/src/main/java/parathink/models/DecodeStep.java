package parathink.models;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * What the decode loop does to the rows it has chosen: pass, draw, charge. Used by the loop's thread alone; the model is the
 * loop's to close.
 */
final class DecodeStep {
    private final LanguageModel model;
    private final Sampler sampler;
    private final Batch batch = new Batch();
    private final List<Row> kept = new ArrayList<>(); // rows that draw from logits kept since a fork
    private final List<Row> prompts = new ArrayList<>(); // rows with a text to read first
    private final List<Row> steps = new ArrayList<>(); // rows with one token to read first

    DecodeStep(LanguageModel model) {
        this.model = model;
        this.sampler = new Sampler(model.vocabularySize());
    }

    /** Gives every row of these turns one token, or its end; what fails is told to the turns that it failed. */
    void run(List<Turn> chosen) {
        try {
            for (var turn : chosen) {
                sort(turn);
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

    private void passAndDraw(List<Turn> chosen, List<Row> rows) {
        for (int first = 0; first < rows.size(); first += model.preferredRows()) {
            int end = Math.min(rows.size(), first + model.preferredRows());
            batch.clear();
            for (int i = first; i < end; i++) {
                rows.get(i).sequence().addTo(batch);
            }
            model.forward(batch);
            for (int i = first; i < end; i++) {
                var row = rows.get(i);
                draw(chosen, row, batch.logits(), i - first);
            }
        }
    }

    /** Draws a row's next token; a row whose logits are of no use fails its own turn, not the others of the pass. */
    private void draw(List<Turn> chosen, Row row, MemorySegment logits, int at) {
        try {
            int token = sampler.draw(logits, at, row.sequence().sampling(), row.uniform());
            row.accept(token, sampler);
        } catch (ModelException e) {
            for (var turn : chosen) {
                if (turn.active.contains(row)) {
                    turn.failure = e;
                }
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
