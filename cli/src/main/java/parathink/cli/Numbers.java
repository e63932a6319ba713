package parathink.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers as options take them: refused at once when they are out of range, with what would be right. */
final class Numbers {
    private Numbers() {}

    /** A whole number from 1. */
    static final class Positive implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) whole(text, 1, Integer.MAX_VALUE, "a whole number, 1 or more");
        }
    }

    /** A whole number from 0. */
    static final class NotNegative implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return (int) whole(text, 0, Integer.MAX_VALUE, "a whole number, 0 or more");
        }
    }

    /** A number of tokens, from 1. */
    static final class Tokens implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return whole(text, 1, Long.MAX_VALUE, "a number of tokens, 1 or more");
        }
    }

    /** A seed: any whole number. */
    static final class SeedNumber implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
        }
    }

    /** A sampling temperature. */
    static final class Temperature implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return number(text, number -> number >= 0 && number <= 100, "a number from 0 (greedy) to 100");
        }
    }

    /** A share of a probability mass that is not nothing. */
    static final class PositiveShare implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return number(text, number -> number > 0 && number <= 1, "a number above 0 and at most 1");
        }
    }

    /** An amount of money, or of seconds, that is not nothing. */
    static final class Amount implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return number(text, number -> number > 0 && number <= 1e9, "a number above 0");
        }
    }

    /** A price; some things are free. */
    static final class Price implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return number(text, number -> number >= 0 && number <= 1e9, "a number, 0 or more");
        }
    }

    /** A share of a whole. */
    static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return number(text, number -> number >= 0 && number <= 1, "a number from 0 to 1");
        }
    }

    private interface Range {
        boolean holds(double number);
    }

    private static long whole(String text, long least, long most, String right) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, as a number out of range is
        }
        if (text.strip().matches("\\d+") && !text.strip().matches("0+")) {
            throw new TypeConversionException("'%s' is too large; it may be %d at most".formatted(text, most));
        }
        throw new TypeConversionException("'%s' is not %s".formatted(text, right));
    }

    private static double number(String text, Range range, String right) {
        try {
            double number = Double.parseDouble(text.strip());
            if (range.holds(number)) { // never for NaN
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, as a number out of range is
        }
        throw new TypeConversionException("'%s' is not %s".formatted(text, right));
    }
}
