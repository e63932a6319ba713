package parathink.models;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

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

    /** The texts by which its model is asked for the steps of parallel reasoning. */
    Dialect dialect();

    /** Sampling the model's makers recommend. */
    SamplingParams defaults();

    /** The longest context, prompt and new tokens together; nothing where there is no such limit, or it is not known. */
    default OptionalInt context() {
        return OptionalInt.empty();
    }

    /** The text the model would see for a prompt. */
    String render(Prompt prompt);

    /** The chat template that renders prompts, where the model brings one. */
    default Optional<TemplateText> template() {
        return Optional.empty();
    }

    /** What a reader of its results should know of it before they are made; nothing for most engines. */
    default List<String> remarks() {
        return List.of();
    }

    /** Why it cannot measure all of this, and what would do; nothing where it can, or where only a try would tell. */
    default Optional<String> lacks(Measures wanted) {
        return Optional.empty();
    }

    /** What was spent beside tokens so far, in one line; nothing for most engines. */
    default Optional<String> spent() {
        return Optional.empty();
    }

    @Override
    void close();
}
