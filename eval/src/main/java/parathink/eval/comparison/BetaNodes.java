package parathink.eval.comparison;

import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;

/**
 * A beta distribution as a few points with weights, by Gauss and Jacobi's quadrature (Golub and Welsch, 1969): every
 * polynomial up to the degree of 33 has the same mean over the points as over the distribution.
 */
final class BetaNodes {
    private static final int NODES = 17; // a law of 32 repeats is a polynomial of degree 32
    private static final double LEAST = 1e-9; // of a variance that a double tells from none

    private final double[] points; // between 0 and 1
    private final double[] weights; // that add up to 1

    BetaNodes(double[] points, double[] weights) {
        this.points = points;
        this.weights = weights;
    }

    double[] points() {
        return points;
    }

    double[] weights() {
        return weights;
    }

    /** Of a distribution with a mean and a variance; the largest variance that there can be is that of zeros and ones. */
    static BetaNodes of(double mean, double variance) {
        if (!(mean >= 0 && mean <= 1 && variance >= 0)) {
            throw new IllegalArgumentException(
                    "no beta distribution has mean %s, variance %s".formatted(mean, variance));
        }
        double most = mean * (1 - mean);
        if (variance < LEAST || most < LEAST) {
            return new BetaNodes(new double[] {mean}, new double[] {1});
        }
        if (variance > most * (1 - LEAST)) {
            return new BetaNodes(new double[] {0, 1}, new double[] {1 - mean, mean});
        }
        double concentration = most / variance - 1;
        return jacobi(mean * concentration, (1 - mean) * concentration);
    }

    private static BetaNodes jacobi(double a, double b) {
        double left = a - 1; // exponents of the weight at both ends
        double right = b - 1;
        double sum = left + right;
        var middle = new double[NODES];
        var beside = new double[NODES - 1];
        middle[0] = (left - right) / (sum + 2);
        for (int n = 1; n < NODES; n++) {
            double two = 2 * n + sum;
            middle[n] = (left * left - right * right) / (two * (two + 2));
            double square = n == 1 // where one factor above and one below are both zero for some exponents
                    ? 4 * (1 + left) * (1 + right) / (two * two * (two + 1))
                    : 4 * n * (n + left) * (n + right) * (n + sum) / (two * two * (two + 1) * (two - 1));
            beside[n - 1] = Math.sqrt(square);
        }
        var matrix = MatrixUtils.createRealMatrix(NODES, NODES);
        for (int n = 0; n < NODES; n++) {
            matrix.setEntry(n, n, middle[n]);
            if (n > 0) {
                matrix.setEntry(n, n - 1, beside[n - 1]);
                matrix.setEntry(n - 1, n, beside[n - 1]);
            }
        }
        var solved = new EigenDecompositionSymmetric(matrix);
        var points = new double[NODES];
        var weights = new double[NODES];
        Arrays.setAll(points, i -> Math.clamp((1 + solved.getEigenvalue(i)) / 2, 0, 1));
        Arrays.setAll(weights, i -> Math.pow(solved.getEigenvector(i).getEntry(0), 2));
        return new BetaNodes(points, weights);
    }
}
