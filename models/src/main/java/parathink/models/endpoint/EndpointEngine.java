package parathink.models.endpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import parathink.models.Account;
import parathink.models.ChatDialect;
import parathink.models.Dialect;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.Measures;
import parathink.models.Prompt;
import parathink.models.Provenance;
import parathink.models.SamplingParams;
import parathink.models.Seed;
import parathink.models.Session;
import parathink.models.Templates;

/** An engine on a model behind an OpenAI-compatible server. Thread-safe; closing it ends its requests. */
public final class EndpointEngine implements Engine {
    private static final int USUAL_TOKENS = 4096;

    private final Traffic traffic;
    private final Dialect dialect;

    private EndpointEngine(Traffic traffic, Dialect dialect) {
        this.traffic = traffic;
        this.dialect = dialect;
    }

    /**
     * Connects to a server and finds out what it does, by a few small requests.
     *
     * @param prompts how its model is asked for the steps of parallel reasoning, in place of what is built in
     * @param purse what its requests are paid from, and those of other engines
     * @throws parathink.models.ModelException when it cannot be reached, or has no such model
     */
    public static EndpointEngine open(EndpointAddress address, ApiKey key, Caps caps, Purse purse, Templates prompts) {
        return open(address, key, caps, purse, ChatDialect.BUILT_IN.with(prompts), Time.REAL);
    }

    static EndpointEngine open(EndpointAddress address, ApiKey key, Caps caps, Dialect dialect, Time time) {
        return open(address, key, caps, new Purse(caps), dialect, time);
    }

    static EndpointEngine open(
            EndpointAddress address, ApiKey key, Caps caps, Purse purse, Dialect dialect, Time time) {
        var server = new Server(address, key, caps.silence());
        try {
            var spending = new Spending(caps, purse);
            var found = new Probe(server, caps, spending, time).find();
            return new EndpointEngine(
                    new Traffic(server, found, caps, new Admission(caps, time), spending, time), dialect);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public Session open(String problem, Account account, Seed seed, Journal journal) {
        return new EndpointSession(traffic, dialect, account, seed, journal);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public Provenance provenance() {
        return new Provenance(traffic.server().address().toString(), "endpoint", Map.of());
    }

    /** What the server was found to do, a line a topic. */
    public List<String> findings() {
        return traffic.capabilities().lines();
    }

    /** What was asked of the server so far. */
    public Spending spending() {
        return traffic.spending();
    }

    @Override
    public List<String> remarks() {
        return traffic.capabilities().remarks();
    }

    @Override
    public Optional<String> lacks(Measures wanted) {
        return new Needs(
                        traffic.capabilities(),
                        traffic.server().address().base().toString())
                .objection(wanted);
    }

    @Override
    public Optional<String> spent() {
        return Optional.of(traffic.spending().line());
    }

    /** Characters: how the server's model cuts a text is not known. */
    @Override
    public int[] tokens(String text) {
        return text.codePoints().toArray();
    }

    /** What the interface does when nothing is asked for: temperature 1; 4,096 tokens, or half the model's context if less. */
    @Override
    public SamplingParams defaults() {
        int context = traffic.capabilities().context().orElse(Integer.MAX_VALUE);
        return new SamplingParams(1, 0, 1, 0, Math.max(1, Math.min(USUAL_TOKENS, context / 2)));
    }

    /** As far as the server's list of models says. */
    @Override
    public OptionalInt context() {
        return traffic.capabilities().context();
    }

    /** The user's message; the server puts it into its model's template. */
    @Override
    public String render(Prompt prompt) {
        return plain(prompt);
    }

    static String plain(Prompt prompt) {
        return prompt.instruction().isEmpty() ? prompt.text() : prompt.text() + "\n" + prompt.instruction();
    }

    @Override
    public void close() {
        traffic.server().close();
    }
}
