package parathink.models.onnx;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import parathink.models.Choice;
import parathink.models.Completion;
import parathink.models.Dialect;
import parathink.models.Prompt;
import parathink.models.Step;
import parathink.models.StopRule;
import parathink.models.Templates;
import parathink.models.Thoughts;
import parathink.models.Verdict;

/** The forms that the embedded model was taught; {@code scripts/training/prompts.py} writes the same. Immutable; any thread. */
final class EmbeddedDialect implements Dialect {
    private static final int PATHS = 8;
    private static final int PATH_TOKENS = 420;
    private static final int SUMMARY_TOKENS = 700;
    private static final int WORKSPACE_TOKENS = 420;
    private static final int REFINEMENT_TOKENS = 640;
    private static final int MOST_DRAFTS = 4;
    private static final String BOX = "\\boxed{";
    private static final String WORKSPACE_END = "</workspace>";
    private static final Pattern PART = Pattern.compile("\\bLet ([A-E]) be\\b");

    /** The lines and the answer. Of a later Countdown attempt only the answer, as a digest of long searches fails. */
    @Override
    public String draft(Completion completion, int round) {
        var text = completion.text().replace("</think>", "");
        int box = text.indexOf(BOX);
        if (box < 0) {
            return text.stripTrailing();
        }
        int end = text.indexOf('}', box);
        var answer = end < 0 ? "" : text.substring(box, end + 1);
        boolean expression = answer.matches(".*[-+*/].*");
        return (round > 0 && expression ? "" : text.substring(0, box).stripTrailing()) + answer;
    }

    @Override
    public Dialect with(Templates own) {
        if (own.isEmpty()) {
            return this;
        }
        throw new IllegalArgumentException("--prompts: " + EmbeddedModel.NAME
                + " was taught forms of its own and reads no instructions; leave --prompts out");
    }

    @Override
    public int mostDrafts() {
        return MOST_DRAFTS;
    }

    @Override
    public Step distil(Prompt task, List<String> drafts) {
        var text = new StringBuilder(begun(task));
        for (int i = 0; i < drafts.size(); i++) {
            text.append("<think%d>".formatted(i + 1)).append(drafts.get(i)).append("</think%d>".formatted(i + 1));
        }
        return step(text + "<workspace>", StopRule.after(WORKSPACE_END), WORKSPACE_TOKENS);
    }

    @Override
    public String workspace(Completion completion) {
        return completion.text().replace(WORKSPACE_END, "");
    }

    @Override
    public Optional<String> gathered(List<String> drafts) {
        return Optional.empty();
    }

    @Override
    public Step refine(Prompt task, String workspace) {
        var digest = workspace.isEmpty() ? open(task) : workspace;
        return step(begun(task) + "<workspace>" + digest + WORKSPACE_END + "<think>", StopRule.NONE, REFINEMENT_TOKENS);
    }

    /** The digest of no drafts: of a search nothing is tried, of a calculation no part is known, nor the final value. */
    private static String open(Prompt task) {
        if (task.text().startsWith("Use ")) {
            return "tried \n";
        }
        var lines = new StringBuilder();
        var parts = PART.matcher(task.text());
        while (parts.find()) {
            lines.append(parts.group(1)).append("=?\n");
        }
        return lines.append("F=?\n").toString();
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
        return new Verdict(
                Prompt.raw("%s<draft>%s</draft>".formatted(begun(task), lines(one))),
                "<draft>%s</draft><same?>".formatted(lines(other)),
                new Choice("<yes>", "<no>"));
    }

    /** A judge was taught on lines without the box at their end. */
    private static String lines(String text) {
        int end = text.indexOf("</think>");
        int box = text.indexOf(BOX);
        int cut = Math.min(end < 0 ? text.length() : end, box < 0 ? text.length() : box);
        return text.substring(0, cut);
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
