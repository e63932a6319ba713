package parathink.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is set in the chat template that a model brings. */
final class TemplateOptions {
    private static final String THINKING = "enable_thinking"; // the variable of the template

    /** Whether the model is to think before it answers. */
    enum Thinking {
        ON,
        OFF;

        /** As it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads the switch by the word that is typed. */
    static final class Switch implements ITypeConverter<Thinking> {
        @Override
        public Thinking convert(String word) {
            return Arrays.stream(Thinking.values())
                    .filter(wanted -> wanted.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException("'%s' is neither on nor off".formatted(word)));
        }
    }

    @Option(
            names = "--thinking",
            paramLabel = "on|off",
            converter = Switch.class,
            description =
                    "Whether the model thinks before it answers, for chat templates with a switch, enable_thinking, such as"
                            + " Qwen3's (default: as the template has it).")
    private Optional<Thinking> thinking = Optional.empty();

    @Option(
            names = "--template-option",
            paramLabel = "NAME=VALUE",
            description =
                    "Sets a variable of the model's chat template, such as date_string or reasoning_effort; may be repeated"
                            + " (docs/chat-templates.md).")
    private Map<String, String> options = new LinkedHashMap<>();

    /** As a run was made. */
    static TemplateOptions of(Map<String, String> values) {
        var options = new TemplateOptions();
        options.options = new LinkedHashMap<>(values);
        return options;
    }

    /** Values by the names of variables. */
    Map<String, String> values() {
        var values = new LinkedHashMap<>(options);
        thinking.ifPresent(wanted -> {
            var value = Boolean.toString(wanted == Thinking.ON);
            var other = values.put(THINKING, value);
            if (other != null && !other.equals(value)) {
                throw new IllegalArgumentException("--thinking %s and --template-option %s=%s say different things"
                        .formatted(wanted, THINKING, other));
            }
        });
        return values;
    }

    /** Options as they are typed. */
    static String typed(Map<String, String> values) {
        return values.isEmpty()
                ? "no --thinking and no --template-option"
                : values.entrySet().stream()
                        .map(option -> "--template-option %s=%s".formatted(option.getKey(), option.getValue()))
                        .collect(Collectors.joining(" "));
    }

    /** Refuses what has no effect. */
    void requireNone(String why) {
        values().forEach((name, value) -> {
            throw new IllegalArgumentException("%s: %s; leave it out"
                    .formatted(
                            thinking.isPresent() ? "--thinking " + thinking.get() : "--template-option " + name, why));
        });
    }
}
