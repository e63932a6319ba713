package parathink.models;

import java.util.Objects;

/**
 * How far a decode has come that was asked to pause.
 *
 * @param path place of its completion in the fork tree
 * @param text decoded so far
 * @param tokens decoded so far
 * @param ended whether it ended before it came to the pause; its completion is given when it is decoded next
 */
public record Progress(String path, String text, int tokens, boolean ended) {
    public Progress {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(text, "text");
        if (tokens < 0) {
            throw new IllegalArgumentException("tokens must not be negative, got " + tokens);
        }
    }
}
