package parathink.datasets.math;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A unit we can convert.
 *
 * @param dimension what it measures, such as {@code length^2} or {@code length/time}
 * @param scale its size in the base unit of the dimension
 */
record Unit(String dimension, Rational scale) {
    private static final Map<String, Unit> KNOWN = known();
    private static final Pattern POWER = Pattern.compile("([a-z]+)\\^?([23])");

    /** The unit these words name; empty for words that are no unit we know, such as {@code apples}. */
    static Optional<Unit> of(String words) {
        var text = words.toLowerCase(Locale.ROOT)
                .replace(".", "")
                .replace(" per ", "/")
                .strip();
        int slash = text.indexOf('/');
        if (slash > 0) {
            return simple(text.substring(0, slash).strip())
                    .flatMap(up -> simple(text.substring(slash + 1).strip())
                            .map(down -> new Unit(up.dimension + "/" + down.dimension, up.scale.over(down.scale))));
        }
        return switch (text) {
            case "mph" -> of("mi/h");
            case "kmh", "kph" -> of("km/h");
            default -> simple(text);
        };
    }

    /** Whether a run of letters after a number is a unit rather than a product of variables. */
    static boolean abbreviates(String letters) {
        return (letters.length() > 1 && of(letters).isPresent()) || OTHER.contains(letters);
    }

    private static final java.util.Set<String> OTHER = java.util.Set.of(
            "Hz", "kHz", "MHz", "kW", "kJ", "kN", "eV", "Pa", "kPa", "mol", "cal", "rad", "deg", "GB", "MB", "KB", "TB",
            "AM", "PM", "am", "pm", "sq", "cu", "nm", "EUR", "GBP", "RMB", "pts", "pcs", "dB");

    private static Optional<Unit> simple(String text) {
        for (var prefix : new String[] {"square ", "sq "}) {
            if (text.startsWith(prefix)) {
                return raised(text.substring(prefix.length()), 2);
            }
        }
        if (text.startsWith("cubic ") || text.startsWith("cu ")) {
            return raised(text.substring(text.indexOf(' ') + 1), 3);
        }
        if (text.endsWith(" squared") || text.endsWith(" cubed")) {
            return raised(text.substring(0, text.indexOf(' ')), text.endsWith("cubed") ? 3 : 2);
        }
        var power = POWER.matcher(text.replace(" ", "").replace("{", "").replace("}", ""));
        if (power.matches()) {
            return raised(power.group(1), Integer.parseInt(power.group(2)));
        }
        return Optional.ofNullable(KNOWN.get(text));
    }

    private static Optional<Unit> raised(String name, int power) {
        return Optional.ofNullable(KNOWN.get(name.strip()))
                .map(unit ->
                        new Unit(unit.dimension + "^" + power, unit.scale.power(java.math.BigInteger.valueOf(power))));
    }

    private static Map<String, Unit> known() {
        var known = new HashMap<String, Unit>();
        put(known, "length", 1, 1000, "mm millimeter millimeters millimetre millimetres");
        put(known, "length", 1, 100, "cm centimeter centimeters centimetre centimetres");
        put(known, "length", 1, 10, "dm decimeter decimeters");
        put(known, "length", 1, 1, "m meter meters metre metres");
        put(known, "length", 1000, 1, "km kilometer kilometers kilometre kilometres");
        put(known, "length", 254, 10_000, "in inch inches");
        put(known, "length", 3048, 10_000, "ft foot feet");
        put(known, "length", 9144, 10_000, "yd yard yards");
        put(known, "length", 1_609_344, 1000, "mi mile miles");
        put(known, "mass", 1, 1000, "mg milligram milligrams");
        put(known, "mass", 1, 1, "g gram grams");
        put(known, "mass", 1000, 1, "kg kilogram kilograms");
        put(known, "mass", 45_359_237, 100_000, "lb lbs pound pounds");
        put(known, "mass", 45_359_237, 1_600_000, "oz ounce ounces");
        put(known, "time", 1, 1000, "ms millisecond milliseconds");
        put(known, "time", 1, 1, "s sec secs second seconds");
        put(known, "time", 60, 1, "min mins minute minutes");
        put(known, "time", 3600, 1, "h hr hrs hour hours");
        put(known, "time", 86_400, 1, "day days");
        put(known, "time", 604_800, 1, "week weeks");
        put(known, "volume", 1, 1000, "ml milliliter milliliters millilitre millilitres");
        put(known, "volume", 1, 1, "l liter liters litre litres");
        put(known, "money", 1, 100, "cent cents");
        put(known, "money", 1, 1, "dollar dollars usd");
        return known;
    }

    private static void put(Map<String, Unit> known, String dimension, long up, long down, String names) {
        for (var name : names.split(" ", -1)) {
            known.put(name, new Unit(dimension, Rational.of(up, down)));
        }
    }
}
