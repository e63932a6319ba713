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
    private final BitSet forks; // places from which it went on as a branch

    /** A context of given tokens, which it may go on in. */
    TokenContext(int[] given) {
        this(given, given.length, new BitSet(), new BitSet());
    }

    private TokenContext(int[] ids, int size, BitSet decoded, BitSet forks) {
        this.ids = ids;
        this.size = size;
        this.decoded = decoded;
        this.forks = forks;
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
     * next place where a branch began. A model rounds a single token otherwise than several, so a cache that is rebuilt must be filled in the same passes as the first time.
     */
    int nextPass(int from) {
        if (decoded.get(from)) {
            return 1;
        }
        int next = decoded.nextSetBit(from);
        int fork = forks.nextSetBit(from + 1);
        int end = next < 0 ? size : Math.min(next, size);
        return (fork < 0 ? end : Math.min(fork, end)) - from;
    }

    /** The context of a branch that begins here. */
    TokenContext forked() {
        var branch = new TokenContext(Arrays.copyOf(ids, size), size, (BitSet) decoded.clone(), (BitSet) forks.clone());
        branch.forks.set(size);
        return branch;
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
        return new TokenContext(joint, total, (BitSet) decoded.clone(), (BitSet) forks.clone());
    }

    private void add(int token) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Math.max(16, 2 * size));
        }
        ids[size++] = token;
    }
}
