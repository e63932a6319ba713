package parathink.eval.directory;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import parathink.eval.evidence.Draw;

/** The file beside a run with what completions answered that a limit had cut off and that were made to answer later. */
public final class Continuations {
    public static final String FILE = "continuations.jsonl";

    private Continuations() {}

    /** By attempt and path; of two lines for the same place the later counts. Nothing where there is no such file. */
    public static Map<Attempt, Map<String, Draw.Forced>> read(Path directory) {
        var forced = new HashMap<Attempt, Map<String, Draw.Forced>>();
        new LineFile(directory.resolve(FILE)).read((json, offset, length) -> {
            var line = ContinuationLine.read(json);
            forced.computeIfAbsent(line.attempt(), key -> new HashMap<>())
                    .put(
                            line.path(),
                            new Draw.Forced(
                                    line.answer(), line.correct().orElse(false), line.prefill(), line.tokens()));
        });
        return forced;
    }
}
