package parathink.datasets.generated;

import java.util.ArrayList;
import java.util.List;
import parathink.datasets.AnswerFormat;
import parathink.datasets.CountdownFormat;

/**
 * Countdown games: reach the target with every number used once. A game is played forwards with whole, positive
 * intermediate results, so it has a solution by construction.
 */
record Countdown(int count) implements Generator {
    private static final int LARGEST_PRODUCT = 999;

    Countdown {
        if (count < 2) {
            throw new IllegalArgumentException("a game needs at least 2 numbers, got " + count);
        }
    }

    /** One operation on two of the values that are left. */
    private record Move(int i, int j, int left, char operator, int right, int result) {
        /** The values that are left, the new one last. */
        List<Integer> applied(List<Integer> values) {
            var after = new ArrayList<Integer>();
            for (int k = 0; k < values.size(); k++) {
                if (k != i && k != j) {
                    after.add(values.get(k));
                }
            }
            after.add(result);
            return after;
        }
    }

    /** A value with the expression that made it. */
    private record Made(int value, String expression) {
        String operand() {
            return expression.chars().allMatch(Character::isDigit) ? expression : "(" + expression + ")";
        }
    }

    /** A game and how it was played. */
    private record Game(List<Integer> numbers, List<Move> path, int target) implements Drawn {
        @Override
        public String text() {
            var text = new StringBuilder("Use ");
            for (int i = 0; i < numbers.size(); i++) {
                text.append(i == 0 ? "" : ", ").append(numbers.get(i));
            }
            return text.append(" to make ").append(target).append(".").toString();
        }

        @Override
        public AnswerFormat format() {
            return new CountdownFormat(numbers, target);
        }

        /** The game as one expression; of equal values, the one that was made last is used first. */
        @Override
        public String reference() {
            var made = new ArrayList<Made>();
            for (int number : numbers) {
                made.add(new Made(number, Integer.toString(number)));
            }
            for (var move : path) {
                var left = take(made, move.left());
                var right = take(made, move.right());
                made.add(new Made(move.result(), left.operand() + move.operator() + right.operand()));
            }
            return made.getLast().expression();
        }

        private static Made take(List<Made> made, int value) {
            for (int i = made.size() - 1; i >= 0; i--) {
                if (made.get(i).value() == value) {
                    return made.remove(i);
                }
            }
            throw new IllegalStateException(value + " is not among " + made);
        }
    }

    @Override
    public Drawn draw(MersenneTwister random) {
        while (true) {
            var numbers = new ArrayList<Integer>();
            for (int i = 0; i < count; i++) {
                numbers.add(random.chance(.75) ? random.between(1, 30) : random.between(1, 99));
            }
            List<Integer> values = numbers;
            var path = new ArrayList<Move>();
            while (values.size() > 1) {
                var move = random.pick(moves(values));
                values = move.applied(values);
                path.add(move);
            }
            int target = values.getFirst();
            if (target >= 10 && target <= 100 && !numbers.contains(target)) {
                return new Game(numbers, path, target);
            }
        }
    }

    private static List<Move> moves(List<Integer> values) {
        var moves = new ArrayList<Move>();
        for (int i = 0; i < values.size(); i++) {
            for (int j = i + 1; j < values.size(); j++) {
                int x = Math.max(values.get(i), values.get(j));
                int y = Math.min(values.get(i), values.get(j));
                moves.add(new Move(i, j, x, '+', y, x + y));
                if (x > y) {
                    moves.add(new Move(i, j, x, '-', y, x - y));
                }
                if (y > 1 && x * y <= LARGEST_PRODUCT) {
                    moves.add(new Move(i, j, x, '*', y, x * y));
                }
                if (y > 1 && x % y == 0) {
                    moves.add(new Move(i, j, x, '/', y, x / y));
                }
            }
        }
        return moves;
    }
}
