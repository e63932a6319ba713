package parathink.eval.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import parathink.eval.directory.Attempt;
import parathink.eval.directory.Json;
import parathink.eval.directory.ProblemLine;
import parathink.eval.directory.RunDirectory;
import parathink.eval.directory.VoteCount;
import parathink.eval.evidence.Fate;
import parathink.eval.metrics.Ending;

/**
 * The attempts of one run as the page lists them: columns for the table and the heat map, unpacked at once, and everything
 * else in chunks that are unpacked when an attempt is opened. Used by one thread.
 */
final class PageTable {
    /** Attempts that a page lists; a table in a browser is of no use beyond. */
    static final int ROWS = 20_000;

    private static final int CHUNK = 128;
    private static final List<Ending> ENDINGS = List.of(Ending.values());

    private final RunDirectory directory;
    private final List<Fate> fates;
    private final List<Integer> rows; // places of the attempts listed, in the order of the file

    PageTable(Report report, int most) {
        this.directory = report.directory();
        var known = new HashMap<Attempt, Fate>();
        report.metrics()
                .evidence()
                .waterfall()
                .cases()
                .forEach((fate, cases) ->
                        cases.forEach(found -> known.put(new Attempt(found.problem(), found.repeat()), fate)));
        this.fates = directory.problems().stream()
                .map(line -> known.get(line.attempt()))
                .toList();
        this.rows = fates.size() <= most
                ? IntStream.range(0, fates.size()).boxed().toList()
                : Spread.order(fates).stream().limit(most).sorted().toList();
    }

    int size() {
        return rows.size();
    }

    Fate fate(int row) {
        return fates.get(rows.get(row));
    }

    ProblemLine line(int row) {
        return directory.problems().get(rows.get(row));
    }

    List<RunDirectory.Draw> draws(int row) {
        return directory.draws(line(row).attempt());
    }

    List<PackedBlock> blocks(String run) throws IOException {
        var blocks = new ArrayList<PackedBlock>();
        blocks.add(PackedBlock.of("table-" + run, this::columns));
        for (int chunk = 0; chunk * CHUNK < rows.size(); chunk++) {
            int from = chunk * CHUNK;
            int to = Math.min(rows.size(), from + CHUNK);
            blocks.add(PackedBlock.of("more-" + run + "-" + chunk, out -> details(out, from, to)));
        }
        return blocks;
    }

    /** Writes one value of a column. */
    private interface Cell {
        void write(JsonGenerator json, int row) throws IOException;
    }

    private void columns(OutputStream out) throws IOException {
        try (var json = Json.MAPPER.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeNumberField("chunk", CHUNK);
            column(json, "problem", (j, row) -> j.writeString(line(row).problem()));
            column(json, "repeat", (j, row) -> j.writeNumber(line(row).repeat()));
            column(json, "fate", (j, row) -> j.writeString(fate(row).word()));
            column(json, "answer", (j, row) -> j.writeString(line(row).answer().orElse(null)));
            column(
                    json,
                    "reference",
                    (j, row) -> j.writeString(line(row).reference().orElse(null)));
            column(
                    json,
                    "question",
                    (j, row) -> j.writeString(line(row).question().orElse(null)));
            column(json, "work", (j, row) -> j.writeNumber(line(row).usage().work()));
            column(json, "span", (j, row) -> j.writeNumber(line(row).usage().span()));
            column(
                    json,
                    "first",
                    (j, row) -> j.writeNumber(
                            line(row).votes().isEmpty()
                                    ? 0
                                    : line(row).votes().getFirst().count()));
            column(
                    json,
                    "first_right",
                    (j, row) -> j.writeBoolean(!line(row).votes().isEmpty()
                            && isRight(row, line(row).votes().getFirst())));
            column(json, "endings", (j, row) -> j.writeString(endings(row)));
            json.writeEndObject();
        }
    }

    private void column(JsonGenerator json, String name, Cell cell) throws IOException {
        json.writeArrayFieldStart(name);
        for (int row = 0; row < rows.size(); row++) {
            cell.write(json, row);
        }
        json.writeEndArray();
    }

    /** A letter a completion, judges left out: a for the first ending, b for the second, and so on. */
    private String endings(int row) {
        var letters = new StringBuilder();
        for (var draw : draws(row)) {
            if (draw.isAnswering()) {
                letters.append((char) ('a' + ENDINGS.indexOf(Ending.of(draw))));
            }
        }
        return letters.toString();
    }

    private boolean isRight(int row, VoteCount vote) {
        return draws(row).stream()
                .anyMatch(draw -> draw.isRight() && draw.answer().stream().anyMatch(vote.answer()::equals));
    }

    private void details(OutputStream out, int from, int to) throws IOException {
        try (var json = Json.MAPPER.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartArray();
            for (int row = from; row < to; row++) {
                detail(json, row);
            }
            json.writeEndArray();
        }
    }

    private void detail(JsonGenerator json, int row) throws IOException {
        var line = line(row);
        json.writeStartObject();
        json.writeArrayFieldStart("votes");
        for (var vote : line.votes()) {
            json.writeStartObject();
            json.writeStringField("answer", vote.answer());
            json.writeNumberField("count", vote.count());
            json.writeNumberField("weight", vote.weight());
            json.writeBooleanField("right", isRight(row, vote));
            json.writeEndObject();
        }
        json.writeEndArray();
        Json.known(json, "error", line.error());
        if (!line.notes().isEmpty()) {
            json.writeFieldName("notes");
            json.writeTree(line.notes());
        }
        json.writeNumberField("prefill", line.usage().prefill());
        json.writeNumberField("reused", line.usage().reused());
        json.writeNumberField("judge", line.usage().judgeWork());
        json.writeEndObject();
    }
}
