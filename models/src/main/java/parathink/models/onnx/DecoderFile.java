package parathink.models.onnx;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import parathink.models.ModelException;
import parathink.models.tokenizer.TokenizerFolder;

/** Opens a decoder with past that somebody else has exported, with the tokenizer that lies beside it. */
public final class DecoderFile {
    private static final int CONTEXT_UNKNOWN = 4096;
    private static final int BUFFER = 1 << 20;

    private DecoderFile() {}

    /**
     * Loads the model; the caller closes it.
     *
     * @throws ModelException when the file is missing or no decoder, or has no tokenizer
     */
    public static OnnxModel open(Path file, OrtSettings settings) {
        var content = OnnxFile.read(file);
        var texts = TokenizerFolder.beside(file);
        var card = new ModelCard(
                file.getFileName().toString(),
                "sha256:" + hash(file, content),
                texts.tokenizer(),
                texts.template(),
                texts.defaults(),
                texts.endTokens().ids(),
                contextLength(texts.folder().resolve("config.json")));
        return OnnxModel.open(file, card, settings);
    }

    /** The longest context that the model's configuration allows. */
    private static int contextLength(Path config) {
        if (!Files.isRegularFile(config)) {
            return CONTEXT_UNKNOWN;
        }
        try {
            int positions = new JsonMapper()
                    .readTree(config.toFile())
                    .path("max_position_embeddings")
                    .asInt(CONTEXT_UNKNOWN);
            if (positions < 2) {
                throw new ModelException(
                        ModelException.Kind.UNUSABLE,
                        "%s: max_position_embeddings must be at least 2, got %d".formatted(config, positions));
            }
            return positions;
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(config, e.getMessage()), e);
        }
    }

    /** Hash of the file and of the weights that it keeps outside itself, in the order of their names. */
    private static String hash(Path file, OnnxFile content) {
        var files = new ArrayList<>(List.of(file));
        new TreeSet<>(content.externalData()).forEach(name -> files.add(file.resolveSibling(name)));
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var buffer = new byte[BUFFER];
            for (var part : files) {
                try (InputStream in = Files.newInputStream(part)) {
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        digest.update(buffer, 0, read);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(file, e.getMessage()), e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
