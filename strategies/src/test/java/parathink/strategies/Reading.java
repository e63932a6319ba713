package parathink.strategies;

import java.util.List;
import parathink.models.ChatDialect;
import parathink.models.Prompt;
import parathink.models.Step;

/** How many tokens the scripted model reads for each kind of call: one a character of the rendered prompt. */
final class Reading {
    private static final Prompt TASK = Prompt.user(Solved.QUESTION.asked(), Solved.QUESTION.instruction());
    private static final ChatDialect DIALECT = ChatDialect.BUILT_IN;

    private Reading() {}

    static long task() {
        return rendered(TASK);
    }

    static long distil(String... drafts) {
        return of(DIALECT.distil(TASK, List.of(drafts)));
    }

    static long select(int best, String... drafts) {
        return of(DIALECT.select(TASK, List.of(drafts), best).orElseThrow());
    }

    static long refine(String workspace) {
        return of(DIALECT.refine(TASK, workspace));
    }

    static String gathered(String... drafts) {
        return DIALECT.gathered(List.of(drafts)).orElseThrow();
    }

    static long revise(String draft) {
        return of(DIALECT.revise(TASK, draft));
    }

    static long analyse(String draft) {
        return of(DIALECT.analyse(TASK, draft).orElseThrow());
    }

    static long revise(String draft, String analysis) {
        return of(DIALECT.revise(TASK, draft, analysis).orElseThrow());
    }

    private static long of(Step step) {
        return rendered(step.prompt());
    }

    private static long rendered(Prompt prompt) {
        return "Q: %s\nA: ".formatted(prompt.text()).length();
    }
}
