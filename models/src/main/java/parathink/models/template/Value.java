package parathink.models.template;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a template, with the meaning that Python gives it. */
sealed interface Value {
    /** What a name, an attribute or an element is that is not there. */
    record Undefined(String complaint) implements Value {}

    /** Python's {@code None}. */
    enum None implements Value {
        NONE
    }

    /** True or false. */
    record Truth(boolean value) implements Value {
        static final Truth TRUE = new Truth(true);
        static final Truth FALSE = new Truth(false);

        static Truth of(boolean value) {
            return value ? TRUE : FALSE;
        }
    }

    /** A whole number of any size. */
    record Whole(BigInteger value) implements Value {
        static Whole of(long value) {
            return new Whole(BigInteger.valueOf(value));
        }
    }

    /** A number of double precision. */
    record Real(double value) implements Value {}

    /** A text; its characters are code points. */
    record Text(String value) implements Value {}

    /** Elements in order. */
    record Sequence(Kind kind, List<Value> items) implements Value {
        public Sequence {
            items = List.copyOf(items);
        }

        static Sequence list(List<? extends Value> items) {
            return new Sequence(Kind.LIST, List.copyOf(items));
        }

        static Sequence tuple(Value... items) {
            return new Sequence(Kind.TUPLE, List.of(items));
        }
    }

    /** What made a sequence; they differ in how they are printed, compared and indexed. */
    enum Kind {
        LIST,
        TUPLE,
        RANGE,
        /** The keys, values or items of a mapping. */
        VIEW
    }

    /** Values by name, in order. */
    record Mapping(Map<String, Value> entries) implements Value {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /** Values that can be gone through once. */
    final class Stream implements Value {
        private final Iterator<Value> items;

        Stream(Iterator<Value> items) {
            this.items = items;
        }

        Iterator<Value> items() {
            return items;
        }
    }

    /** What keeps its values beyond the loop that sets them. */
    final class Namespace implements Value {
        private final Map<String, Value> values;

        Namespace(Map<String, Value> values) {
            this.values = new HashMap<>(values);
        }

        Map<String, Value> values() {
            return values;
        }
    }

    /** What can be called: a macro, a function of the language, a method of a value. */
    record Function(String name, Body body) implements Value {
        /** What a call does. */
        @FunctionalInterface
        interface Body {
            Value call(Arguments arguments);
        }
    }

    /** Where a loop stands; {@code index} counts from 0. */
    record Loop(List<Value> items, int index) implements Value {}
}
