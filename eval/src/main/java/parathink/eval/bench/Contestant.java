package parathink.eval.bench;

import java.util.OptionalLong;

/** Something whose speed is measured. Used by one thread; closed by whoever opened it. */
public interface Contestant extends AutoCloseable {
    /** What it is, with its version or mode. */
    String name();

    /** Seconds from its start until it could decode. */
    double startSeconds();

    /**
     * Reads prompts and decodes after them.
     *
     * @param round names the prompts and the draws
     */
    Timing run(BenchShape shape, int round);

    /** The most memory that its process has had so far, in bytes; nothing where that cannot be told. */
    OptionalLong peakMemory();

    @Override
    void close();
}
