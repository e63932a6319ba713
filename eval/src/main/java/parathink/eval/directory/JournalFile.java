package parathink.eval.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import parathink.models.TokenBlock;

/**
 * The file of a run directory in which the tokens of decodes are kept while the run is not finished: {@code journal.jsonl}, made with its
 * first line and deleted at the end. Not thread-safe; closed by {@link Results}.
 */
final class JournalFile implements AutoCloseable {
    static final String NAME = "journal.jsonl";

    private final Path path;
    private final AppendFile.Opening opening;
    private final Map<Attempt, Map<String, TokenBlock>> cut = new HashMap<>();
    private final Map<Attempt, Map<String, TokenBlock>> whole = new HashMap<>();
    private long end;
    private AppendFile file; // none before the first line

    JournalFile(Path directory, AppendFile.Opening opening) {
        this.path = directory.resolve(NAME);
        this.opening = opening;
    }

    /** Reads what an interrupted run left of the attempts that are wanted. */
    void load(Predicate<Attempt> wanted) {
        end = new LineFile(path).read((json, offset, length) -> {
            var line = TokenLine.read(json);
            if (wanted.test(line.attempt())) {
                add(
                        line.block(),
                        (line.block().ended() ? whole : cut).computeIfAbsent(line.attempt(), key -> new HashMap<>()));
            }
        });
    }

    private static void add(TokenBlock block, Map<String, TokenBlock> blocks) {
        if (block.from() > 0 && !blocks.containsKey(block.path())) {
            throw new IllegalArgumentException(
                    "token 0 of %s is missing before token %d".formatted(block.path(), block.from()));
        }
        blocks.merge(block.path(), block, TokenBlock::followedBy);
    }

    /** What an interrupted run left of an attempt: of decodes that had ended, or of others; by path. */
    Map<String, TokenBlock> blocks(Attempt attempt, boolean ended) {
        return Map.copyOf((ended ? whole : cut).getOrDefault(attempt, Map.of()));
    }

    void append(TokenLine line) {
        if (file == null) {
            file = new AppendFile(path, end, opening);
        }
        file.append(line);
    }

    /** Forgets an attempt that has its outcome. */
    void forget(Attempt attempt) {
        cut.remove(attempt);
        whole.remove(attempt);
    }

    /** Deletes the file: the run has all its outcomes, and none of them is an error. */
    void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
        end = 0;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            var open = file;
            file = null;
            end = 0;
            open.close();
        }
    }
}
