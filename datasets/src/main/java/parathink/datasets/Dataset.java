package parathink.datasets;

import java.util.HashSet;
import java.util.List;

/**
 * Problems in a fixed order.
 *
 * @param name the catalogue name, or the name of the file
 * @param problems at least one, with distinct ids
 * @param remarks what was noticed while loading (duplicated questions, conflicting references), one sentence each
 * @param fingerprint a hash of every id, question and reference; of the whole file even when only its first problems
 *     were asked for
 */
public record Dataset(String name, List<Problem> problems, List<String> remarks, String fingerprint) {
    public Dataset {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
        if (problems.isEmpty()) {
            throw DatasetException.unreadable(name + ": there is no problem in it");
        }
        var ids = new HashSet<String>();
        for (var problem : problems) {
            if (!ids.add(problem.id())) {
                throw DatasetException.unreadable("%s: the id '%s' occurs twice".formatted(name, problem.id()));
            }
        }
    }

    /** A dataset that is made, not read: its fingerprint is that of these problems. */
    public Dataset(String name, List<Problem> problems, List<String> remarks) {
        this(name, problems, remarks, digest(problems));
    }

    private static String digest(List<Problem> problems) {
        var digest = new DatasetDigest();
        problems.forEach(digest::add);
        return digest.finish();
    }
}
