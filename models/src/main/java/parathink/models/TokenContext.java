package parathink.models;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The token ids of a sequence, and which of them were decoded rather than given. Belongs to its sequence, and is used by whichever thread
 * has that.
 */
final class TokenContext {
    private int[] ids;
    private int size;
    private final BitSet decoded; // places whose tokens were decoded
    private final BitSet cuts; // places where a pass must end: a block was read again there
    private final BitSet forks; // places where branches began, where a pass must end too
    private int settled; // the end of the last block that was read again

    /** A context of given tokens, which it may go on in. */
    TokenContext(int[] given) {
        this(given, given.length, new BitSet(), new BitSet(), new BitSet(), 0);
    }

    private TokenContext(int[] ids, int size, BitSet decoded, BitSet cuts, BitSet forks, int settled) {
        this.ids = ids;
        this.size = size;
        this.decoded = decoded;
        this.cuts = cuts;
        this.forks = forks;
        this.settled = settled;
    }

    int size() {
        return size;
    }

    /** The ids, with room for more behind the first {@link #size}; for reading only, until the context changes. */
    int[] ids() {
        return ids;
    }

    void give(int[] tokens) {
        for (int token : tokens) {
            add(token);
        }
    }

    void decode(int token) {
        decoded.set(size);
        add(token);
    }

    void dropLast() {
        size--;
        decoded.clear(size);
    }

    /**
     * Tokens that a pass takes which begins at place {@code from}: a decoded token alone, given ones up to the next decoded one or the
     * next place where a pass ended that was no decoding. A model rounds a single token otherwise than several, so a cache that is rebuilt must be filled in the same passes as the first time.
     */
    int nextPass(int from) {
        if (decoded.get(from)) {
            return 1;
        }
        int next = decoded.nextSetBit(from);
        int end = next < 0 ? size : Math.min(next, size);
        return nearer(forks.nextSetBit(from + 1), nearer(cuts.nextSetBit(from + 1), end)) - from;
    }

    private static int nearer(int place, int end) {
        return place < 0 ? end : Math.min(place, end);
    }

    /** Whether branches began at this place. */
    boolean forkedAt(int place) {
        return forks.get(place);
    }

    /**
     * Makes given tokens of the last decoded ones: from now on they are read in a pass of their own, here and wherever this cache is
     * rebuilt. Blocks that follow one another may be read in one pass, which rounds as several do.
     *
     * @param tokens at least 2
     */
    void settle(int tokens) {
        int from = size - tokens;
        decoded.clear(from, size);
        cuts.set(from, from != settled);
        cuts.set(size);
        settled = size;
    }

    /** Copies of some of the ids. */
    int[] ids(int from, int to) {
        return Arrays.copyOfRange(ids, from, to);
    }

    /** The context of a branch that begins here. */
    TokenContext forked() {
        forks.set(size);
        return new TokenContext(
                Arrays.copyOf(ids, size),
                size,
                (BitSet) decoded.clone(),
                (BitSet) cuts.clone(),
                (BitSet) forks.clone(),
                settled);
    }

    /**
     * This context and what each branch has beyond it, one after the other. What branches decoded counts as given here: a merged cache that
     * must be computed reads it as a prompt.
     *
     * @param branches contexts that begin with this one
     */
    TokenContext followedBy(List<TokenContext> branches) {
        int total =
                size + branches.stream().mapToInt(branch -> branch.size - size).sum();
        int[] joint = Arrays.copyOf(ids, total);
        int end = size;
        for (var branch : branches) {
            System.arraycopy(branch.ids, size, joint, end, branch.size - size);
            end += branch.size - size;
        }
        return new TokenContext(
                joint, total, (BitSet) decoded.clone(), (BitSet) cuts.clone(), (BitSet) forks.clone(), settled);
    }

    private void add(int token) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Math.max(16, 2 * size));
        }
        ids[size++] = token;
    }
}
