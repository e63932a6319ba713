package parathink.models.tokenizer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import parathink.models.ChatTemplate;
import parathink.models.ModelException;
import parathink.models.SamplingParams;

/**
 * All that the files beside a decoder say of its texts: how they become tokens, what ends them, how a prompt is put, how
 * tokens are best drawn. Immutable; may be used from any thread.
 *
 * @param folder where the files lie
 * @param endTokens from {@code tokenizer_config.json}, {@code generation_config.json} and {@code config.json} together
 * @param defaults from {@code generation_config.json}
 */
public record TokenizerFolder(
        Path folder, FileTokenizer tokenizer, EndTokens endTokens, SamplingParams defaults, ChatTemplate template) {
    private static final String TOKENIZER = "tokenizer.json";

    public TokenizerFolder {
        Objects.requireNonNull(folder, "folder");
        Objects.requireNonNull(tokenizer, "tokenizer");
        Objects.requireNonNull(endTokens, "endTokens");
        Objects.requireNonNull(defaults, "defaults");
        Objects.requireNonNull(template, "template");
    }

    /** Reads the files beside an {@code .onnx} file, or one folder up, where exports with a folder of graphs keep them. */
    public static TokenizerFolder beside(Path onnx) {
        var folder = onnx.toAbsolutePath().normalize().getParent();
        return Stream.iterate(folder, Objects::nonNull, Path::getParent)
                .limit(2)
                .filter(candidate -> Files.isRegularFile(candidate.resolve(TOKENIZER)))
                .findFirst()
                .map(TokenizerFolder::read)
                .orElseThrow(() -> new ModelException(
                        ModelException.Kind.MISSING,
                        "%s: no %s beside it or one folder up; put the model's own there".formatted(onnx, TOKENIZER)));
    }

    /** Reads the files of a model's folder. */
    public static TokenizerFolder in(Path folder) {
        if (!Files.isRegularFile(folder.resolve(TOKENIZER))) {
            var pieces = "tokenizer.model";
            if (Files.isRegularFile(folder.resolve(pieces))) {
                throw new ModelException(
                        ModelException.Kind.MISSING,
                        "%s: no %s in it, and %s is not read; load and save the tokenizer with transformers, which writes one"
                                .formatted(folder, TOKENIZER, pieces));
            }
            throw new ModelException(
                    ModelException.Kind.MISSING,
                    "%s: no %s in it; put the model's own there".formatted(folder, TOKENIZER));
        }
        return read(folder);
    }

    private static TokenizerFolder read(Path folder) {
        var plain = FileTokenizer.read(folder.resolve(TOKENIZER));
        var settings = Settings.read(folder.resolve("tokenizer_config.json"));
        var generation = Settings.read(folder.resolve("generation_config.json"));
        var config = Settings.read(folder.resolve("config.json"));
        var ends = Stream.of(
                        settings.map(file -> EndTokens.ofName(file, plain)),
                        generation.map(EndTokens::ofIds),
                        config.map(EndTokens::ofIds))
                .flatMap(Optional::stream)
                .reduce(EndTokens.NONE, EndTokens::and);
        return new TokenizerFolder(
                folder,
                plain.endingWith(ends),
                ends,
                GenerationDefaults.read(generation),
                TemplateFile.in(folder).orElseGet(() -> new PlainTemplate(plain.opening())));
    }
}
