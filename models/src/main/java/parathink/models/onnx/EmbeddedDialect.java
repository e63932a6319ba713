package parathink.models.onnx;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import parathink.models.Choice;
import parathink.models.Completion;
import parathink.models.Dialect;
import parathink.models.Prompt;
import parathink.models.Step;
import parathink.models.StopRule;
import parathink.models.Thoughts;
import parathink.models.Verdict;

/** The forms that the embedded model was taught; {@code scripts/training/prompts.py} writes the same. Immutable; any thread. */
final class EmbeddedDialect implements Dialect {
    private static final int PATHS = 8;
    private static final int PATH_TOKENS = 420;
    private static final int SUMMARY_TOKENS = 700;
    private static final int WORKSPACE_TOKENS = 420;
    private static final int REFINEMENT_TOKENS = 640;
    private static final String BOX = "\\boxed{";

    /** The lines and the answer. Of a later Countdown attempt only the answer, as a digest of long searches fails. */
    @Override
    public String draft(Completion completion, int round) {
        var text = completion.text().replace("</think>", "");
        int box = text.lastIndexOf(BOX);
        boolean expression = box >= 0 && text.substring(box).matches("(?s).*[-+*/].*");
        return round > 0 && expression ? text.substring(box) : text;
    }

    @Override
    public Step distil(Prompt task, List<String> drafts) {
        var text = new StringBuilder(begun(task));
        for (int i = 0; i < drafts.size(); i++) {
            text.append("<think%d>".formatted(i + 1)).append(drafts.get(i)).append("</think%d>".formatted(i + 1));
        }
        return step(text + "<workspace>", StopRule.after("</workspace>"), WORKSPACE_TOKENS);
    }

    @Override
    public Optional<String> gathered(List<String> drafts) {
        return Optional.empty();
    }

    @Override
    public Step refine(Prompt task, String workspace) {
        var text = workspace.isEmpty()
                ? begun(task) + "<think>"
                : begun(task) + "<workspace>" + workspace + "</workspace><think>";
        return step(text, StopRule.NONE, REFINEMENT_TOKENS);
    }

    @Override
    public Step revise(Prompt task, String draft) {
        return step(begun(task) + "<draft>" + draft + "</draft><think>", StopRule.NONE, REFINEMENT_TOKENS);
    }

    @Override
    public Optional<Step> analyse(Prompt task, String draft) {
        return Optional.empty();
    }

    @Override
    public Optional<Step> revise(Prompt task, String draft, String analysis) {
        return Optional.empty();
    }

    @Override
    public Optional<Step> select(Prompt task, List<String> drafts, int best) {
        return Optional.empty();
    }

    /** A workspace is the summary it was taught to write of texts. */
    @Override
    public Step summarise(Prompt task, List<String> completions) {
        return distil(task, completions);
    }

    @Override
    public Verdict compare(Prompt task, String one, String other) {
        var text = "%s<draft>%s</draft><draft>%s</draft><same?>".formatted(begun(task), one, other);
        return new Verdict(Prompt.raw(text), new Choice("<yes>", "<no>"));
    }

    @Override
    public Optional<Thoughts> thoughts(Prompt task) {
        return Optional.of(new Thoughts(
                Prompt.raw(begun(task)),
                numbered("<think%d>"),
                numbered("</think%d>"),
                "<summary>",
                "</summary>",
                PATH_TOKENS,
                SUMMARY_TOKENS,
                "last"));
    }

    private static List<String> numbered(String token) {
        return IntStream.rangeClosed(1, PATHS).mapToObj(token::formatted).toList();
    }

    private static Step step(String text, StopRule stop, int mostTokens) {
        return new Step(Prompt.raw(text), stop, mostTokens);
    }

    private static String begun(Prompt task) {
        return "<bos>" + task.text();
    }
}
