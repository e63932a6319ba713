package parathink.models.tokenizer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import parathink.models.ChatTemplate;
import parathink.models.ModelException;
import parathink.models.Prompt;
import parathink.models.TemplateText;
import parathink.models.template.JinjaTemplate;
import parathink.models.template.TemplateException;

/**
 * A model's own chat template, rendered as the reference implementation does: a prompt is one message of the user, after
 * which the model has the word. Immutable; any thread.
 */
final class MessageTemplate implements ChatTemplate {
    /** What the reference implementation passes itself. */
    private static final Set<String> RESERVED = Set.of("messages", "tools", "documents", "add_generation_prompt");

    /** The option that says what day {@code strftime_now} tells; the templates that call it fall back on this one. */
    private static final String DATE = "strftime_now";

    private static final LocalDateTime FALLBACK = LocalDateTime.of(2024, 7, 26, 0, 0);

    private final Path source;
    private final String text;
    private final JinjaTemplate template;
    private final Map<String, String> specials; // names of tokens by what they are for
    private final Map<String, String> options;
    private final LocalDateTime now;

    private MessageTemplate(
            Path source,
            String text,
            JinjaTemplate template,
            Map<String, String> specials,
            Map<String, String> options) {
        this.source = source;
        this.text = text;
        this.template = template;
        this.specials = specials;
        this.options = Collections.unmodifiableMap(new TreeMap<>(options));
        this.now = Optional.ofNullable(options.get(DATE))
                .map(MessageTemplate::date)
                .orElse(FALLBACK);
    }

    /** Reads the text of a template; one that cannot be read refuses prompts. */
    static ChatTemplate of(Path source, String text, Map<String, String> specials) {
        try {
            return new MessageTemplate(source, text, JinjaTemplate.parse(text), specials, Map.of());
        } catch (TemplateException e) {
            return new UnrenderedTemplate(source, e.getMessage());
        }
    }

    private static LocalDateTime date(String iso) {
        try {
            return iso.contains("T")
                    ? LocalDateTime.parse(iso)
                    : LocalDate.parse(iso).atStartOfDay();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "%s=%s: must be a date such as 2026-11-23, or one with a time such as 2026-11-23T09:30"
                            .formatted(DATE, iso),
                    e);
        }
    }

    @Override
    public String render(Prompt prompt) {
        if (prompt.raw()) {
            return prompt.text();
        }
        try {
            return template.render(variables(prompt), now);
        } catch (TemplateException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: chat template: %s".formatted(source, e.getMessage()), e);
        }
    }

    private ObjectNode variables(Prompt prompt) {
        var variables = JsonNodeFactory.instance.objectNode();
        specials.forEach(variables::put);
        variables
                .putArray("messages")
                .addObject()
                .put("role", "user")
                .put(
                        "content",
                        prompt.instruction().isEmpty() ? prompt.text() : prompt.text() + "\n" + prompt.instruction());
        variables.putNull("tools");
        variables.putNull("documents");
        variables.put("add_generation_prompt", true);
        options.forEach((name, value) -> {
            if (!name.equals(DATE)) {
                put(variables, name, value);
            }
        });
        return variables;
    }

    /** A value that is a truth, none or a number by its looks is one; anything else is a text. */
    private static void put(ObjectNode variables, String name, String value) {
        if (value.matches("(?i)true|false")) {
            variables.put(name, Boolean.parseBoolean(value));
        } else if (value.matches("(?i)none|null")) {
            variables.putNull(name);
        } else if (value.matches("-?\\d{1,18}")) {
            variables.put(name, Long.parseLong(value));
        } else {
            variables.put(name, value);
        }
    }

    @Override
    public Optional<TemplateText> text() {
        return Optional.of(new TemplateText(source.getFileName().toString(), text, options));
    }

    @Override
    public ChatTemplate with(Map<String, String> others) {
        for (var name : others.keySet()) {
            if (RESERVED.contains(name) || !template.names().contains(name)) {
                throw new IllegalArgumentException(
                        "%s: this chat template has no variable '%s' to set%s".formatted(source, name, settable()));
            }
        }
        var all = new TreeMap<>(options);
        all.putAll(others);
        return new MessageTemplate(source, text, template, specials, all);
    }

    private String settable() {
        var known = new TreeSet<>(template.names());
        known.retainAll(Set.of("enable_thinking", "thinking", "reasoning_effort", "date_string", DATE));
        return known.isEmpty() ? "" : "; it has " + String.join(", ", known);
    }
}
