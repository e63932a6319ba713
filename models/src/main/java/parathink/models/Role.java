package parathink.models;

import java.util.Set;

/**
 * What a strategy wants a completion for, as the record of a run says it. A strategy may have words of its own.
 *
 * @param name in the words of the field: {@code branch}, {@code draft}, {@code workspace}, {@code refine}, {@code summary}, …
 * @param round of the strategy, counted from 0
 */
public record Role(String name, int round) {
    /** One of many completions of the question itself. */
    public static final Role BRANCH = new Role("branch", 0);

    /** A verdict on other completions; what it costs is on the judge's part of the bill. */
    public static final Role JUDGE = new Role("judge", 0);

    private static final Set<String> WITHOUT_ANSWER = Set.of("judge", "workspace", "analysis", "selection");

    public Role {
        if (!name.matches("[a-z][a-z-]*")) {
            throw new IllegalArgumentException("a role is a word in small letters, got '%s'".formatted(name));
        }
        if (round < 0) {
            throw new IllegalArgumentException("round must be 0 or more, got " + round);
        }
    }

    /** An attempt that later completions read. */
    public static Role draft(int round) {
        return new Role("draft", round);
    }

    /** What is kept of the drafts of a round. */
    public static Role workspace(int round) {
        return new Role("workspace", round);
    }

    /** An attempt that starts from a workspace or from an earlier attempt. */
    public static Role refine(int round) {
        return new Role("refine", round);
    }

    /** The last word after branches that it has read. */
    public static Role summary() {
        return new Role("summary", 0);
    }

    /** Whether its text may hold an answer to the question: a judge's verdict or a workspace has none of its own. */
    public boolean answers() {
        return !WITHOUT_ANSWER.contains(name);
    }
}
