package parathink.datasets.generated;

import java.util.List;
import java.util.Map;

/** A term of a linear recurrence of second order modulo a number. */
record Recurrence(int last, int beforeLast, int index, int modulus, int first, int second) implements Part {
    static Part draw(MersenneTwister random, Difficulty difficulty) {
        int least = difficulty.of(1, 1, 1, 2);
        int most = difficulty.of(2, 4, 5, 9);
        int last = random.between(least, most);
        int beforeLast = random.between(least, most);
        int index = random.between(4, difficulty.of(5, 7, 9, 5));
        int modulus = random.pick(moduli(difficulty));
        int first = random.between(0, difficulty.of(5, 5, 5, 99));
        return new Recurrence(last, beforeLast, index, modulus, first, random.between(1, difficulty.of(9, 9, 9, 99)));
    }

    private static List<Integer> moduli(Difficulty difficulty) {
        return switch (difficulty) {
            case EASY -> List.of(50, 100);
            case MEDIUM -> List.of(100, 97, 60);
            case HARD -> List.of(997, 211, 101);
            case LABORIOUS -> List.of(997, 787, 613);
        };
    }

    @Override
    public String phrase() {
        return "a" + index + " mod " + modulus + " if a1=" + first + ", a2=" + second + ", an=" + coefficient(last)
                + "a(n-1)+" + coefficient(beforeLast) + "a(n-2)";
    }

    private static String coefficient(int value) {
        return value == 1 ? "" : Integer.toString(value);
    }

    @Override
    public int solve(Map<String, Integer> known, Working working) {
        int x = first;
        int y = second;
        for (int i = 3; i <= index; i++) {
            int u = last * y;
            int w = beforeLast * x;
            working.put("a").put(i).put(": ");
            boolean plain = last == 1 && beforeLast == 1;
            if (!plain && !working.leaps(.8)) {
                working.put(last)
                        .put("*")
                        .put(y)
                        .put("+")
                        .put(beforeLast)
                        .put("*")
                        .put(x)
                        .put("=");
                working.put(u).put("+").put(w).put("=").put(u + w);
            } else {
                working.equation(u, "+", w, u + w);
            }
            x = y;
            y = working.remainder(u + w, modulus);
            working.endLine();
        }
        return y;
    }
}
