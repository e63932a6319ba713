package parathink.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Instructions for a model that follows them, from templates with places such as {@code {{question}}}. The authors of the
 * methods did not publish their prompts; these are our own. Immutable; any thread.
 */
public final class ChatDialect implements Dialect {
    private static final String FOLDER = "/parathink/models/dialect/";
    private static final List<String> NAMES = List.of(
            "distil",
            "refine",
            "revise",
            "analyse",
            "revise-analysed",
            "select",
            "summarise",
            "compare",
            "compare-raw",
            "labels");
    private static final Pattern PLACE = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final String RAW = "compare-raw"; // goes to the model as it stands, not through its chat template
    private static final String BEST = "best"; // how many drafts to name: an instruction may have the number in it
    private static final String THINKING = "<think>";
    private static final String THINKING_END = "</think>";

    /** The templates that come with the program; made of the constants above. */
    public static final ChatDialect BUILT_IN = new ChatDialect(Templates.NONE);

    private final Templates own;
    private final Map<String, String> templates;
    private final Function<Prompt, Optional<Thoughts>> thoughts;

    /**
     * Templates of one's own in place of some that are built in.
     *
     * @throws IllegalArgumentException for a name that is no template's, a place that is not filled there, or one that is missing
     */
    public ChatDialect(Templates own) {
        this(own, task -> Optional.empty());
    }

    private ChatDialect(Templates own, Function<Prompt, Optional<Thoughts>> thoughts) {
        this.own = own;
        this.thoughts = thoughts;
        var all = new HashMap<String, String>();
        NAMES.forEach(name -> all.put(name, builtIn(name)));
        own.texts().forEach((name, text) -> {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException("there is no template '%s'; there are %s"
                        .formatted(name, NAMES.stream().sorted().collect(Collectors.joining(", "))));
            }
            requirePlaces(name, places(builtIn(name)), places(text));
            if (name.equals("labels") && text.strip().split("\\s+", -1).length != 2) {
                throw new IllegalArgumentException(
                        "template 'labels' must be two words, that for the same answer first, got '%s'"
                                .formatted(text.strip().replaceAll("\\s+", " ")));
            }
            all.put(name, name.equals(RAW) ? text : text.strip());
        });
        templates = Map.copyOf(all);
    }

    private static void requirePlaces(String name, Set<String> known, Set<String> used) {
        for (var place : used) {
            if (!known.contains(place)) {
                throw new IllegalArgumentException("template '%s' has no place {{%s}}; it has %s"
                        .formatted(
                                name,
                                place.replaceAll("\\s+", " "),
                                known.stream().collect(Collectors.joining("}}, {{", "{{", "}}"))));
            }
        }
        for (var place : known) {
            if (!used.contains(place) && !place.equals(BEST)) {
                throw new IllegalArgumentException("template '%s' must have the place {{%s}}".formatted(name, place));
            }
        }
    }

    private static Set<String> places(String template) {
        return PLACE.matcher(template)
                .results()
                .map((MatchResult place) -> place.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String builtIn(String name) {
        try (var in = ChatDialect.class.getResourceAsStream(FOLDER + name + ".txt")) {
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return name.equals(RAW) ? text : text.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Templates templates() {
        return own;
    }

    @Override
    public Dialect with(Templates other) {
        return other.isEmpty() ? this : new ChatDialect(other, thoughts);
    }

    /**
     * The solution after the thinking (Madaan et al., 2025, keep a solution of bounded length, not its thinking); nothing of
     * a text that is still thinking when it ends.
     */
    @Override
    public String draft(Completion completion, int round) {
        return afterThinking(completion);
    }

    @Override
    public int mostDrafts() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Step distil(Prompt task, List<String> drafts) {
        return asking("distil", Map.of("question", task.text(), "drafts", numbered(drafts)), "");
    }

    @Override
    public String workspace(Completion completion) {
        return afterThinking(completion);
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
        var parts = Map.of("question", task.text(), "drafts", numbered(drafts), BEST, Integer.toString(best));
        return Optional.of(asking("select", parts, ""));
    }

    @Override
    public Step summarise(Prompt task, List<String> completions) {
        var parts = Map.of("question", task.text(), "drafts", numbered(completions));
        return asking("summarise", parts, task.instruction());
    }

    @Override
    public int mostSummarised() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Verdict compare(Prompt task, String one, String other) {
        var labels = templates.get("labels").split("\\s+", 2);
        var choice = new Choice(labels[0], labels[1]);
        var parts = Map.of("question", task.text(), "one", one, "other", other);
        if (!own.texts().containsKey(RAW)) {
            return new Verdict(Prompt.user(filled(templates.get("compare"), parts)), choice);
        }
        var template = templates.get(RAW);
        int parting = template.indexOf("{{other}}"); // what comes before it is read once for many others
        return new Verdict(
                Prompt.raw(filled(template.substring(0, parting), parts)),
                filled(template.substring(parting), parts),
                choice);
    }

    /**
     * Templates by which a judge is asked in the chat layout of the Qwen models (ChatML), which the judge that DeepPrune's authors released
     * is one of; for decoders that come without their chat template.
     */
    public static Templates chatMl() {
        return Templates.of(Map.of(RAW, builtIn(RAW)));
    }

    @Override
    public Optional<Thoughts> thoughts(Prompt task) {
        return thoughts.apply(task);
    }

    /** The built-in templates, for a model that was also taught to think in parallel paths. */
    public static ChatDialect thinking(Function<Prompt, Thoughts> thoughts) {
        return new ChatDialect(Templates.NONE, thoughts.andThen(Optional::of));
    }

    private static String afterThinking(Completion completion) {
        var text = completion.answerText();
        int end = text.lastIndexOf(THINKING_END);
        if (end < 0 && text.contains(THINKING)) {
            return "";
        }
        return (end < 0 ? text : text.substring(end + THINKING_END.length())).strip();
    }

    private Step asking(String template, Map<String, String> parts, String instruction) {
        return Step.of(Prompt.user(filled(templates.get(template), parts), instruction), StopRule.NONE);
    }

    /** In one pass, so that a text with a place's name in it stays as it is. */
    private static String filled(String template, Map<String, String> parts) {
        return PLACE.matcher(template)
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
