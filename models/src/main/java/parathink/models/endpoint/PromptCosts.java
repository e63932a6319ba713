package parathink.models.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import parathink.models.Account;
import parathink.models.Completion;
import parathink.models.Role;

/**
 * What the prompts of a session cost, by the server's own count. A request that ended before its count came costs what
 * another one with the same prompt did, or an estimate. Used by the strategy's thread; {@link #most} by any.
 */
final class PromptCosts {
    private static final int CHARACTERS_A_TOKEN = 4; // of English text, roughly

    /** A prompt that was read and not counted. */
    private record Owed(String prompt, Role role) {}

    private final Account account;
    private final int template;
    private final Map<String, Long> known = new ConcurrentHashMap<>();
    private final Map<String, String> read = new HashMap<>(); // what the model read for each completion, by its path
    private final List<Owed> owed = new ArrayList<>();
    private int estimated;

    /**
     * Of a new session.
     *
     * @param template tokens that the server's template puts around a message at most
     */
    PromptCosts(Account account, int template) {
        this.account = account;
        this.template = template;
    }

    /** Tokens of a text whose count is not known. */
    static long estimate(String text) {
        return Math.ceilDiv(Math.max(1, text.length()), CHARACTERS_A_TOKEN);
    }

    /** The beginning of a text that has about so many tokens at most; no character is split. */
    static String fitting(String text, int tokens) {
        long most = (long) tokens * CHARACTERS_A_TOKEN;
        if (text.length() <= most) {
            return text;
        }
        int end = (int) most;
        return text.substring(0, end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }

    /** The model reads this for a completion. */
    void read(String path, String prompt) {
        read.put(path, prompt);
    }

    /** Tokens read and decoded in calls, as far as is known by now. */
    long of(Collection<Completion> calls) {
        return calls.stream()
                .mapToLong(call -> of(read.getOrDefault(call.path(), "")) + (long) call.tokens())
                .sum();
    }

    /** The server has counted. */
    void counted(String prompt, Role role, Piece.Count count) {
        known.put(prompt, count.prompt());
        account.chargePrefill(role, count.prompt() - count.cached());
        account.chargeReuse(count.cached());
    }

    /** A prompt was read, and its count will not come. */
    void uncounted(String prompt, Role role) {
        owed.add(new Owed(prompt, role));
    }

    /** Puts what is owed on the bill. */
    void settle() {
        for (var one : owed) {
            estimated += known.containsKey(one.prompt()) ? 0 : 1;
            account.chargePrefill(one.role(), of(one.prompt()));
        }
        owed.clear();
    }

    /** Tokens that a prompt can have: as counted, else one a byte, with the template of its message and of one that is begun. */
    long most(String prompt) {
        var tokens = known.get(prompt);
        return tokens == null ? prompt.getBytes(StandardCharsets.UTF_8).length + 2L * template : tokens;
    }

    /** Tokens of a prompt, as far as is known by now. */
    long of(String prompt) {
        var tokens = known.get(prompt);
        return tokens == null ? estimate(prompt) : tokens;
    }

    /** Prompts whose tokens were estimated. */
    int estimated() {
        return estimated;
    }
}
