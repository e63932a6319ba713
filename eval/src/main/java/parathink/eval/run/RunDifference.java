package parathink.eval.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import parathink.eval.directory.ResultsException;
import parathink.eval.directory.RunRecord;

/** What keeps a run from going on in a directory: a setting in which it differs from the run that began there. */
final class RunDifference {
    /** Fields that do not decide a result. */
    private static final List<String> FREE =
            List.of("status", "commit", "versions.java", "versions.parathink", "model_size");

    private RunDifference() {}

    /**
     * Compares field by field.
     *
     * @throws ResultsException naming the first difference
     */
    static void refuse(RunRecord before, RunRecord now, Path directory) {
        if (before.dataset().equals(now.dataset()) && before.problems() != now.problems()) {
            throw new ResultsException(
                    "%s: holds another run: it has %d problems there, %d here (--limit, --ids); give that number again, or another folder with --out"
                            .formatted(directory, before.problems(), now.problems()));
        }
        var differences = new ArrayList<String>();
        compare("", settled(before, now), settled(now, before), differences);
        if (!differences.isEmpty()) {
            throw new ResultsException("%s: holds another run: %s; give that again, or another folder with --out"
                    .formatted(directory, differences.getFirst()));
        }
    }

    /** What a run was asked for; of two replays without the place of the pool, which its hash tells better than its path. */
    private static ObjectNode settled(RunRecord run, RunRecord other) {
        var json = run.toJson();
        if (run.isReplay() && other.isReplay()) {
            json.remove("model");
            if (run.dataset().equals(run.model()) && other.dataset().equals(other.model())) {
                json.remove("dataset");
            }
        }
        return json;
    }

    private static void compare(String name, JsonNode before, JsonNode now, List<String> differences) {
        if (before.isObject() && now.isObject()) {
            var names = new TreeSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            now.fieldNames().forEachRemaining(names::add);
            for (var field : names) {
                var path = name.isEmpty() ? field : name + "." + field;
                if (!FREE.contains(path)) {
                    compare(path, before.path(field), now.path(field), differences);
                }
            }
        } else if (before.isArray() && now.isArray() && before.size() != now.size()) {
            differences.add("%s has %d entries there, %d here".formatted(name, before.size(), now.size()));
        } else if (!same(before, now)) {
            differences.add("%s is %s there, %s here".formatted(name, shown(before), shown(now)));
        }
    }

    /** A number that was read from a file may have another type than the same number in memory. */
    private static boolean same(JsonNode before, JsonNode now) {
        return (before.isNumber() && now.isNumber())
                ? before.decimalValue().compareTo(now.decimalValue()) == 0
                : before.equals(now);
    }

    private static String shown(JsonNode value) {
        var text = value.isMissingNode() ? "absent" : value.isNull() ? "none" : value.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
