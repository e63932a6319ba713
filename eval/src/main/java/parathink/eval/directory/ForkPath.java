package parathink.eval.directory;

import java.util.Comparator;

/** The order of places in a fork tree: part by part, numbers as numbers, a parent before its branches. */
public enum ForkPath implements Comparator<String> {
    ORDER;

    @Override
    public int compare(String left, String right) {
        int i = 0;
        int j = 0;
        while (i < left.length() && j < right.length()) {
            int leftEnd = end(left, i);
            int rightEnd = end(right, j);
            int order = compareParts(left.substring(i, leftEnd), right.substring(j, rightEnd));
            if (order != 0) {
                return order;
            }
            i = leftEnd + 1;
            j = rightEnd + 1;
        }
        return Integer.compare(left.length() - i, right.length() - j);
    }

    private static int end(String path, int from) {
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }

    private static int compareParts(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber != rightNumber) {
            return leftNumber ? -1 : 1;
        }
        if (leftNumber && left.length() != right.length()) {
            return Integer.compare(left.length(), right.length());
        }
        return left.compareTo(right);
    }

    private static boolean isNumber(String part) {
        for (int i = 0; i < part.length(); i++) {
            if (part.charAt(i) < '0' || part.charAt(i) > '9') {
                return false;
            }
        }
        return !part.isEmpty();
    }
}
