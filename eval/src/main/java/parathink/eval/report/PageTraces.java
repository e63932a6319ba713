package parathink.eval.report;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import parathink.eval.directory.RunDirectory;
import parathink.eval.evidence.Fate;

/**
 * The completions that a page keeps: the very lines of {@code completions.jsonl}, compressed by attempt. Used by one thread.
 */
final class PageTraces {
    private final TraceChoice choice;
    private int attempts;
    private long bytes;

    PageTraces(TraceChoice choice) {
        this.choice = choice;
    }

    /**
     * Writes what is still allowed of a run.
     *
     * @param share of what is left that this run may take, such as a half for the first of two runs
     * @return attempts kept, of those listed that have completions
     */
    Kept write(RunDirectory directory, PageTable table, String run, double share, OutputStream out) throws IOException {
        var rows = new ArrayList<Integer>();
        var fates = new ArrayList<Fate>();
        for (int row = 0; row < table.size(); row++) {
            if (!table.draws(row).isEmpty()) {
                rows.add(row);
                fates.add(table.fate(row));
            }
        }
        long mayTake = (long) (share * (choice.bytes() - bytes));
        int mayHold = (int) Math.ceil(share * (choice.attempts() - attempts));
        int kept = 0;
        long taken = 0;
        if (!rows.isEmpty() && mayHold > 0) {
            try (var texts = directory.texts()) {
                for (int place : Spread.order(fates)) {
                    var block = block(texts, table.draws(rows.get(place)), "trace-" + run + "-" + rows.get(place));
                    if (kept == mayHold || taken + block.base64().length() > mayTake) {
                        break;
                    }
                    block.writeTo(out);
                    taken += block.base64().length();
                    kept++;
                }
            }
        }
        attempts += kept;
        bytes += taken;
        return new Kept(kept, rows.size());
    }

    /**
     * What was kept of a run.
     *
     * @param attempts with their texts in the page
     * @param of attempts that are listed and have completions
     */
    record Kept(int attempts, int of) {
        boolean isAll() {
            return attempts == of;
        }
    }

    private static PackedBlock block(RunDirectory.Texts texts, List<RunDirectory.Draw> draws, String id)
            throws IOException {
        return PackedBlock.of(id, gzip -> {
            for (var draw : draws) {
                gzip.write(texts.bytes(draw));
            }
        });
    }
}
