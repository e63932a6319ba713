package parathink.models.template;

import java.util.function.Supplier;

/**
 * What one rendering may take: a template comes with a model, and a hostile one must neither run for ever nor fill the
 * memory. Used by one thread.
 */
final class Work {
    /** The longest text that a template may make. */
    static final int MOST_CHARACTERS = 16 << 20;

    /** The most elements of a list that a template may make; Jinja's sandbox allows as many in a range. */
    static final int MOST_ITEMS = 100_000;

    private static final long MOST_STEPS = 20_000_000;
    private static final int MOST_CALLS = 100; // macros within each other
    private static final int CHARACTERS_A_STEP = 16;

    private long steps;
    private int calls;

    /** Counts steps. */
    void charge(long more) {
        steps += more;
        if (steps > MOST_STEPS) {
            throw new TemplateException("the template takes more than %d steps".formatted(MOST_STEPS));
        }
    }

    /** Counts a text that was made. */
    String made(String text) {
        room(text.length());
        charge(1 + text.length() / CHARACTERS_A_STEP);
        return text;
    }

    /** Refuses a text before it is made. */
    void room(long characters) {
        if (characters > MOST_CHARACTERS) {
            throw new TemplateException(
                    "the template makes a text of more than %d characters".formatted(MOST_CHARACTERS));
        }
    }

    /** Refuses a list before it is made. */
    void items(long count) {
        if (count > MOST_ITEMS) {
            throw new TemplateException("the template makes a list of more than %d elements".formatted(MOST_ITEMS));
        }
        charge(count);
    }

    /** Counts calls within each other. */
    <T> T call(Supplier<T> body) {
        calls++;
        if (calls > MOST_CALLS) {
            throw new TemplateException("macros call each other more than %d deep".formatted(MOST_CALLS));
        }
        try {
            return body.get();
        } finally {
            calls--;
        }
    }
}
