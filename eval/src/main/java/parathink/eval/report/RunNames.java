package parathink.eval.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/** Names for run directories that stand side by side: the shortest endings of their paths that tell them apart. */
final class RunNames {
    private RunNames() {}

    static List<String> of(List<Path> directories) {
        var whole = directories.stream()
                .map(directory -> directory.toAbsolutePath().normalize())
                .toList();
        int longest = whole.stream().mapToInt(Path::getNameCount).max().orElse(0);
        for (int parts = 1; parts < longest; parts++) {
            int last = parts;
            var names = whole.stream().map(path -> ending(path, last)).toList();
            if (new HashSet<>(names).size() == names.size()) {
                return names;
            }
        }
        return whole.stream().map(Path::toString).toList();
    }

    private static String ending(Path path, int parts) {
        int count = path.getNameCount();
        return count == 0
                ? path.toString()
                : path.subpath(Math.max(0, count - parts), count).toString();
    }
}
