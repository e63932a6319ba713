package parathink.models.template;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes dates as C's {@code strftime} does in the C locale. */
final class DateFormat {
    private DateFormat() {}

    static String format(LocalDateTime time, String format) {
        var text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c != '%') {
                text.append(c);
                at++;
                continue;
            }
            int next = format.startsWith("-", at + 1) ? at + 3 : at + 2;
            if (next > format.length()) {
                throw unsupported(format.substring(at));
            }
            text.append(DateTimeFormatter.ofPattern(pattern(format.substring(at + 1, next)), Locale.ENGLISH)
                    .format(time));
            at = next;
        }
        return text.toString();
    }

    private static String pattern(String directive) {
        return switch (directive) {
            case "d" -> "dd";
            case "-d" -> "d";
            case "e" -> "ppd";
            case "m" -> "MM";
            case "-m" -> "M";
            case "b", "h" -> "MMM";
            case "B" -> "MMMM";
            case "y" -> "yy";
            case "Y" -> "yyyy";
            case "a" -> "EEE";
            case "A" -> "EEEE";
            case "j" -> "DDD";
            case "H" -> "HH";
            case "-H" -> "H";
            case "I" -> "hh";
            case "-I" -> "h";
            case "M" -> "mm";
            case "S" -> "ss";
            case "p" -> "a";
            case "F" -> "yyyy-MM-dd";
            case "T" -> "HH:mm:ss";
            case "R" -> "HH:mm";
            case "D" -> "MM/dd/yy";
            case "%" -> "'%'";
            default -> throw unsupported("%" + directive);
        };
    }

    private static TemplateException unsupported(String directive) {
        return new TemplateException("strftime_now: '%s' is not supported".formatted(directive));
    }
}
