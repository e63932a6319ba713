package parathink.models;

/** Opens sessions on a model. Thread-safe; closed by whoever opened it, after its sessions. */
public interface Engine extends AutoCloseable {
    /**
     * Opens the session of one problem.
     *
     * @param problem the problem's id, for messages
     * @param account what it may spend, and its bill
     * @param seed names every random stream of the session
     * @param journal hears of every completion as it ends, and remembers those of an interrupted run
     */
    Session open(String problem, Account account, Seed seed, Journal journal);

    /** Opens the session of one problem with a bill of its own. */
    default Session open(String problem, Budget budget, Seed seed, Journal journal) {
        return open(problem, new Account(budget), seed, journal);
    }

    /** What a run must name so that it can be done again. */
    Provenance provenance();

    /** Tokens of a text, as this engine's model counts them. */
    int[] tokens(String text);

    /** Sampling the model's makers recommend. */
    SamplingParams defaults();

    /** The text the model would see for a prompt. */
    String render(Prompt prompt);

    @Override
    void close();
}
