package parathink.models.tokenizer;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import parathink.models.ChatTemplate;
import parathink.models.ModelException;
import parathink.models.template.JinjaTemplate;

/**
 * Finds the chat template of a model's folder: {@code chat_template.jinja}, else the field {@code chat_template} of
 * {@code chat_template.json} or {@code tokenizer_config.json}, which is a text or a list of named ones.
 */
final class TemplateFile {
    private static final String FIELD = "chat_template";
    private static final String CONFIG = "tokenizer_config.json";
    private static final List<String> SPECIALS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    private TemplateFile() {}

    /** The template; nothing for a model without one. */
    static Optional<ChatTemplate> in(Path folder) {
        var plain = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(plain)) {
            return Optional.of(MessageTemplate.of(plain, text(plain), specials(folder)));
        }
        return Stream.of("chat_template.json", CONFIG)
                .map(folder::resolve)
                .flatMap(file -> Settings.read(file).flatMap(settings -> settings.optional(FIELD)).stream())
                .findFirst()
                .map(field -> MessageTemplate.of(field.file(), chosen(field), specials(folder)));
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > 4L * JinjaTemplate.MOST_SOURCE) {
                throw new ModelException(
                        ModelException.Kind.UNUSABLE, "%s: is larger than any chat template".formatted(file));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new ModelException(ModelException.Kind.UNUSABLE, file + ": is not UTF-8", e);
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The text, or that of the template called {@code default}; the others are for tools and documents. */
    private static String chosen(Section field) {
        if (!field.node().isArray()) {
            return field.text();
        }
        return field.items().stream()
                .filter(named -> named.at("name").text().equals("default"))
                .findFirst()
                .orElseThrow(() -> field.unusable("has no template called 'default'"))
                .at("template")
                .text();
    }

    /** The names of the special tokens by their roles; a role without a token is not there. */
    private static Map<String, String> specials(Path folder) {
        var specials = new TreeMap<String, String>();
        Stream.of("special_tokens_map.json", CONFIG) // what the second says replaces what the first does
                .map(folder::resolve)
                .flatMap(file -> Settings.read(file).stream())
                .forEach(settings -> {
                    for (var role : SPECIALS) {
                        settings.optional(role).ifPresent(token -> specials.put(role, name(token)));
                    }
                });
        return Map.copyOf(specials);
    }

    private static String name(Section token) {
        return (token.node().isObject() ? token.at("content") : token).text();
    }
}
