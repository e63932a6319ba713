package parathink.eval.judging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import parathink.strategies.Cut;
import parathink.strategies.judges.LexicalFeature;
import parathink.strategies.judges.LexicalJudge;

/**
 * Fits the coefficients of a lexical judge: logistic regression by Newton's method on features of mean 0 and variance 1, every problem and
 * cut with the same total weight, so that problems with many pairs do not decide. Deterministic.
 *
 * @param ridge penalty on the squares of the standardised weights, in problems; above 0, so that there is one best fit
 */
record LexicalFit(double ridge) {
    private static final int STEPS = 50;
    private static final double SMALL = 1e-9;

    LexicalFit {
        if (!(ridge > 0)) {
            throw new IllegalArgumentException("ridge must be above 0, got " + ridge);
        }
    }

    /** Pairs as numbers. */
    private static final class Table {
        private final double[][] rows; // (pair, feature)
        private final boolean[] same; // (pair)
        private final double[] weights; // (pair)

        Table(double[][] rows, boolean[] same, double[] weights) {
            this.rows = rows;
            this.same = same;
            this.weights = weights;
        }
    }

    LexicalJudge of(Map<Cut, List<JudgedProblem>> examples) {
        var table = table(examples.values().stream().flatMap(List::stream).toList());
        int columns = LexicalFeature.values().length;
        double[] means = new double[columns];
        double[] scales = new double[columns];
        for (int column = 0; column < columns; column++) {
            means[column] = moment(table, column, 0, 1);
            double spread = Math.sqrt(moment(table, column, means[column], 2));
            scales[column] = spread < SMALL ? 1 : spread;
        }
        double[] fitted = newton(standardised(table, means, scales), columns);
        var weights = new EnumMap<LexicalFeature, Double>(LexicalFeature.class);
        double intercept = fitted[columns];
        int column = 0;
        for (var feature : LexicalFeature.values()) {
            double weight = fitted[column] / scales[column];
            intercept -= weight * means[column];
            weights.put(feature, weight);
            column++;
        }
        return new LexicalJudge(intercept, weights);
    }

    private static Table table(List<JudgedProblem> problems) {
        var rows = new ArrayList<double[]>();
        var same = new ArrayList<Boolean>();
        var weights = new ArrayList<Double>();
        for (var problem : problems) {
            rows.addAll(Arrays.asList(LexicalJudge.features(problem.question(), problem.pairs())));
            same.addAll(problem.same());
            problem.pairs().forEach(pair -> weights.add(1.0 / problem.pairs().size()));
        }
        var labels = new boolean[same.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = same.get(i);
        }
        return new Table(
                rows.toArray(double[][]::new),
                labels,
                weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double moment(Table table, int column, double centre, int power) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < table.rows.length; i++) {
            sum += table.weights[i] * Math.pow(table.rows[i][column] - centre, power);
            all += table.weights[i];
        }
        return sum / all;
    }

    /** With a last column of ones. */
    private static Table standardised(Table table, double[] means, double[] scales) {
        var rows = Arrays.stream(table.rows)
                .map(row -> {
                    double[] standard = Arrays.copyOf(row, row.length + 1);
                    for (int i = 0; i < row.length; i++) {
                        standard[i] = (row[i] - means[i]) / scales[i];
                    }
                    standard[row.length] = 1;
                    return standard;
                })
                .toArray(double[][]::new);
        return new Table(rows, table.same, table.weights);
    }

    /** Weights of all columns, the last being the intercept, which is not penalised. */
    private double[] newton(Table table, int penalised) {
        double[] weights = new double[penalised + 1];
        for (int step = 0; step < STEPS; step++) {
            var curvature = new double[weights.length][weights.length];
            double[] slope = new double[weights.length];
            for (int i = 0; i < table.rows.length; i++) {
                add(table.rows[i], table.same[i], table.weights[i], weights, slope, curvature);
            }
            for (int i = 0; i < penalised; i++) {
                slope[i] -= ridge * weights[i];
                curvature[i][i] += ridge;
            }
            double[] move = new CholeskyDecomposition(new Array2DRowRealMatrix(curvature, false))
                    .getSolver()
                    .solve(new ArrayRealVector(slope, false))
                    .toArray();
            Arrays.setAll(weights, i -> weights[i] + move[i]);
            if (Arrays.stream(move).map(Math::abs).max().orElse(0) < SMALL) {
                break;
            }
        }
        return weights;
    }

    private static void add(
            double[] row, boolean same, double weight, double[] weights, double[] slope, double[][] curvature) {
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += weights[i] * row[i];
        }
        double probability = 1 / (1 + StrictMath.exp(-sum));
        double miss = weight * ((same ? 1 : 0) - probability);
        double bend = weight * probability * (1 - probability);
        for (int i = 0; i < row.length; i++) {
            slope[i] += miss * row[i];
            for (int j = 0; j < row.length; j++) {
                curvature[i][j] += bend * (row[i] * row[j]);
            }
        }
    }
}
