package parathink.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Instructions for a model that follows them, from templates with places such as {@code {{question}}}. The authors of the
 * methods did not publish their prompts; these are our own. Immutable; any thread.
 */
public final class ChatDialect implements Dialect {
    /** The templates that come with the program. */
    public static final ChatDialect BUILT_IN = new ChatDialect(Map.of());

    private static final String FOLDER = "/parathink/models/dialect/";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z]+)}}");
    private static final String THINKING_END = "</think>";

    private final Map<String, String> templates;

    /**
     * Templates of one's own in place of some that are built in.
     *
     * @param own by name: distil, refine, revise, analyse, revise-analysed, select, summarise, compare
     * @throws IllegalArgumentException for a name that is no template's
     */
    public ChatDialect(Map<String, String> own) {
        var all = new HashMap<String, String>();
        for (var name :
                List.of("distil", "refine", "revise", "analyse", "revise-analysed", "select", "summarise", "compare")) {
            all.put(name, own.getOrDefault(name, builtIn(name)));
        }
        for (var name : own.keySet()) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException("there is no template '%s'; there are %s"
                        .formatted(name, all.keySet().stream().sorted().toList()));
            }
        }
        templates = Map.copyOf(all);
    }

    private static String builtIn(String name) {
        try (var in = ChatDialect.class.getResourceAsStream(FOLDER + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The solution after the thinking (Madaan et al., 2025, keep a solution of bounded length, not its thinking). */
    @Override
    public String draft(Completion completion, int round) {
        var text = completion.text();
        int end = text.lastIndexOf(THINKING_END);
        return (end < 0 ? text : text.substring(end + THINKING_END.length())).strip();
    }

    @Override
    public Step distil(Prompt task, List<String> drafts) {
        return asking("distil", Map.of("question", task.text(), "drafts", numbered(drafts)), "");
    }

    @Override
    public Optional<String> gathered(List<String> drafts) {
        return Optional.of(numbered(drafts));
    }

    @Override
    public Step refine(Prompt task, String workspace) {
        return workspace.isEmpty()
                ? Step.of(task, StopRule.NONE)
                : asking("refine", Map.of("question", task.text(), "workspace", workspace), task.instruction());
    }

    @Override
    public Step revise(Prompt task, String draft) {
        return asking("revise", Map.of("question", task.text(), "draft", draft), task.instruction());
    }

    @Override
    public Optional<Step> analyse(Prompt task, String draft) {
        return Optional.of(asking("analyse", Map.of("question", task.text(), "draft", draft), ""));
    }

    @Override
    public Optional<Step> revise(Prompt task, String draft, String analysis) {
        var parts = Map.of("question", task.text(), "draft", draft, "analysis", analysis);
        return Optional.of(asking("revise-analysed", parts, task.instruction()));
    }

    @Override
    public Optional<Step> select(Prompt task, List<String> drafts, int best) {
        var parts = Map.of("question", task.text(), "drafts", numbered(drafts), "best", Integer.toString(best));
        return Optional.of(asking("select", parts, ""));
    }

    @Override
    public Step summarise(Prompt task, List<String> completions) {
        var parts = Map.of("question", task.text(), "drafts", numbered(completions));
        return asking("summarise", parts, task.instruction());
    }

    @Override
    public Verdict compare(Prompt task, String one, String other) {
        var text = filled("compare", Map.of("question", task.text(), "one", one, "other", other));
        return new Verdict(Prompt.user(text), new Choice("identical", "different"));
    }

    @Override
    public Optional<Thoughts> thoughts(Prompt task) {
        return Optional.empty();
    }

    private Step asking(String template, Map<String, String> parts, String instruction) {
        return Step.of(Prompt.user(filled(template, parts), instruction), StopRule.NONE);
    }

    /** In one pass, so that a text with a place's name in it stays as it is. */
    private String filled(String template, Map<String, String> parts) {
        return PLACE.matcher(templates.get(template))
                .replaceAll(place -> Matcher.quoteReplacement(parts.getOrDefault(place.group(1), place.group())));
    }

    private static String numbered(List<String> texts) {
        var all = new StringBuilder();
        for (int i = 0; i < texts.size(); i++) {
            all.append(i == 0 ? "" : "\n\n")
                    .append("Attempt ")
                    .append(i + 1)
                    .append(":\n")
                    .append(texts.get(i));
        }
        return all.toString();
    }
}
