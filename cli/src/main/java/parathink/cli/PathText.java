package parathink.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file or folder as options take it. An empty one, often an unset variable of a shell, would be the working folder. */
final class PathText implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException(
                    "'%s' is not a file or folder; '.' is the working folder".formatted(text));
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'%s' is not a file or folder (%s)".formatted(text, e.getReason()));
        }
    }
}
