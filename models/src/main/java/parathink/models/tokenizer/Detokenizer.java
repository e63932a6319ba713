package parathink.models.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a {@code tokenizer.json} says under {@code decoder}: how the names of tokens become text again. Immutable; any thread.
 *
 * @param steps what is done to the name of each token
 * @param form how names become bytes
 * @param separator what stands between two tokens
 * @param stripped a character that is taken away from the beginning of the whole text
 * @param strips how often, at most
 */
record Detokenizer(List<Step> steps, Form form, String separator, char stripped, int strips) {
    private static final String KNOWN = "ByteFallback, ByteLevel, Fuse, Metaspace, Replace, Sequence, Strip";

    /** A change to the name of a token; {@code first} for the first token of a text. */
    @FunctionalInterface
    interface Step {
        String apply(String name, boolean first);
    }

    /** How names become bytes. */
    enum Form {
        TEXT,
        /** Each character of the {@link ByteAlphabet} is a byte. */
        BYTE_LEVEL,
        /** A name such as {@code <0x0A>} is a byte, any other a text. */
        BYTE_FALLBACK
    }

    /** A file without a decoder: names, a space between them. */
    static Detokenizer none() {
        return new Detokenizer(List.of(), Form.TEXT, " ", ' ', 0);
    }

    static Detokenizer read(Section section) {
        var read = new Detokenizer(List.of(), Form.TEXT, "", ' ', 0);
        boolean fused = false;
        for (var part : parts(section)) {
            var kind = part.kind();
            if (kind.equals("Fuse")) {
                fused = true;
            } else if (fused && kind.equals("Strip")) {
                read = read.stripping(part);
            } else if (fused || (read.form != Form.TEXT)) {
                throw part.unusable(
                        "is a %s behind the step that joins the tokens; only a Strip of the beginning may stand there"
                                .formatted(kind));
            } else {
                read = read.with(part, kind);
                fused = kind.equals("ByteLevel");
            }
        }
        return read;
    }

    private static List<Section> parts(Section section) {
        return section.kind().equals("Sequence")
                ? section.at("decoders").items().stream()
                        .flatMap(part -> parts(part).stream())
                        .toList()
                : List.of(section);
    }

    private Detokenizer with(Section part, String kind) {
        return switch (kind) {
            case "ByteLevel" -> new Detokenizer(steps, Form.BYTE_LEVEL, separator, stripped, strips);
            case "ByteFallback" -> new Detokenizer(steps, Form.BYTE_FALLBACK, separator, stripped, strips);
            case "Metaspace" -> then(withoutMarks(Metaspace.read(part)));
            case "Replace" -> {
                var replacement = Replacement.read(part);
                yield then((name, first) -> replacement.in(name));
            }
            case "Strip" -> {
                char c = part.at("content").character();
                int start = part.at("start").count();
                int stop = part.at("stop").count();
                yield then((name, first) -> strip(name, c, start, stop));
            }
            default -> throw part.unsupported(KNOWN);
        };
    }

    private Detokenizer then(Step step) {
        var more = new ArrayList<>(steps);
        more.add(step);
        return new Detokenizer(List.copyOf(more), form, separator, stripped, strips);
    }

    private Detokenizer stripping(Section strip) {
        if (strip.at("stop").count() > 0 || strips > 0) {
            throw strip.unusable("takes from the end of the whole text, or twice from its beginning: not supported");
        }
        return new Detokenizer(
                steps,
                form,
                separator,
                strip.at("content").character(),
                strip.at("start").count());
    }

    private static Step withoutMarks(Metaspace marks) {
        var mark = String.valueOf(marks.mark());
        boolean drops = marks.prefix() != Metaspace.Prefix.NEVER;
        return (name, first) -> name.replace(mark, first && drops ? "" : " ");
    }

    private static String strip(String name, char c, int most, int mostAtEnd) {
        int start = 0;
        while (start < Math.min(most, name.length()) && name.charAt(start) == c) {
            start++;
        }
        int end = name.length();
        while (end > start && name.length() - end < mostAtEnd && name.charAt(end - 1) == c) {
            end--;
        }
        return name.substring(start, end);
    }

    /** The bytes that a token adds to a text. */
    byte[] bytes(String name, boolean first) {
        var text = name;
        for (var step : steps) {
            text = step.apply(text, first);
        }
        if (form == Form.BYTE_LEVEL) {
            return ByteAlphabet.read(text);
        }
        if (form == Form.BYTE_FALLBACK && isByte(text)) {
            return new byte[] {(byte) HexFormat.fromHexDigits(text, 3, 5)};
        }
        return (first ? text : separator + text).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean isByte(String text) {
        return text.length() == 6
                && text.startsWith("<0x")
                && text.endsWith(">")
                && HexFormat.isHexDigit(text.charAt(3))
                && HexFormat.isHexDigit(text.charAt(4));
    }
}
