package parathink.models.onnx;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Scratch of one run of one layer: the queries of rows with prefixes, and what they attend to, put together prefix after
 * prefix, the oldest first, and their own tokens last. Each row's sums are formed in that order and of its own numbers alone, so
 * they have the same bits in any company. Used by one run at a time.
 */
final class PrefixSums implements AutoCloseable {
    /** A weight from which on the mass that it was divided by is known to the full precision. */
    private static final float PRECISE = 1e-20f;

    private final DecoderConfig config;
    private final KvSlab slab;
    private final PrefixProducts products;
    private final OwnAttention ownAttention;
    private final int group; // queries that share a key
    private final int size;
    private final List<Member> members = new ArrayList<>();
    private float[] queries = {}; // (members, heads, tokens, head size), rotated and scaled
    private float[] sums = {}; // the same shape
    private double[] masses = {}; // (members, heads, tokens): logarithms
    private float[] part = {};

    /**
     * What a run is over.
     *
     * @param first slab row of the first of its rows
     * @param tokens new ones of each row
     * @param prefixed whether its rows go on from prefixes
     */
    record Run(int first, int rows, int tokens, boolean prefixed) {}

    /** Inputs of the node: all that its run does not say. */
    record Inputs(MemorySegment packed, MemorySegment positions, MemorySegment cos, MemorySegment sin, int layer) {}

    /** A row with a prefix: its place in the run and in the slab, and the tokens of its own before this run. */
    private record Member(int place, int slabRow, int own, List<SharedPrefix> chain) {}

    PrefixSums(DecoderConfig config, KvSlab slab, PrefixProducts products, OwnAttention ownAttention) {
        this.config = config;
        this.slab = slab;
        this.products = products;
        this.ownAttention = ownAttention;
        group = config.heads() / config.kvHeads();
        size = config.headSize();
    }

    /**
     * Computes the attention of rows with prefixes; a row that is only run along keeps what is there.
     *
     * @param result (rows, tokens, heads x head size)
     */
    void attend(Run run, Inputs inputs, SlabRows rows, MemorySegment result) {
        members.clear();
        for (int place = 0; place < run.rows(); place++) {
            int row = run.first() + place;
            if (!rows.isFree(row) && (run.tokens() > 1 || rows.owner(row).isActive())) {
                var cache = rows.owner(row);
                members.add(new Member(
                        place,
                        row,
                        cache.ownLength(),
                        cache.prefix().orElseThrow().chain()));
            }
        }
        ownAttention.run(run, inputs, rows);
        reserve(run.tokens());
        var prefixes = new LinkedHashSet<SharedPrefix>();
        for (int m = 0; m < members.size(); m++) {
            rotate(m, run, inputs);
            prefixes.addAll(
                    members.get(m).chain()); // a chain's older parts come first, also where rows have some in common
        }
        for (var prefix : prefixes) {
            addPrefix(prefix, run.tokens(), inputs.layer());
        }
        for (int m = 0; m < members.size(); m++) {
            addOwn(m, run, inputs, result);
        }
    }

    private void reserve(int tokens) {
        int count = members.size() * config.heads() * tokens;
        if (masses.length < count) {
            queries = new float[count * size];
            sums = new float[count * size];
            masses = new double[count];
        }
        Arrays.fill(masses, 0, count, Double.NEGATIVE_INFINITY);
        Arrays.fill(sums, 0, count * size, 0);
        if (part.length < Math.max(group * tokens * size, width())) {
            part = new float[Math.max(group * tokens * size, width())];
        }
    }

    private int width() {
        return config.heads() * size;
    }

    /** Index of a query of a member: of its mass, and times the head size of its numbers. */
    private int at(int member, int head, int token, int tokens) {
        return (member * config.heads() + head) * tokens + token;
    }

    private void rotate(int member, Run run, Inputs inputs) {
        int place = members.get(member).place();
        float scale = (float) (1 / Math.sqrt(size));
        int half = size / 2;
        for (int t = 0; t < run.tokens(); t++) {
            long token = (long) place * run.tokens() + t;
            long angle = inputs.positions().getAtIndex(JAVA_LONG, token) * half;
            long from = token * OwnAttention.packed(config) * Float.BYTES;
            MemorySegment.copy(inputs.packed(), JAVA_FLOAT, from, part, 0, width());
            for (int head = 0; head < config.heads(); head++) {
                int to = at(member, head, t, run.tokens()) * size;
                for (int i = 0; i < half; i++) {
                    float cos = inputs.cos().getAtIndex(JAVA_FLOAT, angle + i);
                    float sin = inputs.sin().getAtIndex(JAVA_FLOAT, angle + i);
                    float a = part[head * size + i];
                    float b = part[head * size + half + i];
                    queries[to + i] = (a * cos - b * sin) * scale;
                    queries[to + half + i] = (b * cos + a * sin) * scale;
                }
            }
        }
    }

    private void addPrefix(SharedPrefix prefix, int tokens, int layer) {
        int block = group * tokens; // queries of one member and key head, which are neighbours
        var among = new ArrayList<Integer>();
        for (int m = 0; m < members.size(); m++) {
            if (members.get(m).chain().contains(prefix)) {
                among.add(m);
            }
        }
        products.reserve(among.size() * block);
        for (int i = 0; i < among.size(); i++) {
            for (int head = 0; head < config.kvHeads(); head++) {
                products.put(head, i * block, queries, at(among.get(i), head * group, 0, tokens) * size, block * size);
            }
        }
        products.run(prefix, layer);
        for (int i = 0; i < among.size(); i++) {
            for (int head = 0; head < config.kvHeads(); head++) {
                products.attended(head, i * block, part, block * size);
                int to = at(among.get(i), head * group, 0, tokens);
                for (int q = 0; q < block; q++) {
                    join(to + q, q, products.mass(head, i * block + q));
                }
            }
        }
    }

    /** Adds {@link #part} from query {@code from} of it on, with the mass of its scores, to the sums of a query. */
    private void join(int query, int from, double mass) {
        double larger = Math.max(masses[query], mass);
        double before = StrictMath.exp(masses[query] - larger);
        double added = StrictMath.exp(mass - larger);
        double all = before + added;
        float old = (float) (before / all);
        float share = (float) (added / all);
        for (int i = 0; i < size; i++) {
            sums[query * size + i] = old * sums[query * size + i] + share * part[from * size + i];
        }
        masses[query] = larger + StrictMath.log(all);
    }

    private void addOwn(int member, Run run, Inputs inputs, MemorySegment result) {
        int place = members.get(member).place();
        for (int t = 0; t < run.tokens(); t++) {
            long from = ((long) place * run.tokens() + t) * width() * Float.BYTES;
            MemorySegment.copy(ownAttention.attended(), JAVA_FLOAT, from, part, 0, width());
            for (int head = 0; head < config.heads(); head++) {
                int query = at(member, head, t, run.tokens());
                join(query, head, ownMass(member, head, t, run, inputs));
                MemorySegment.copy(
                        sums, query * size, result, JAVA_FLOAT, from + (long) head * size * Float.BYTES, size);
            }
        }
    }

    /**
     * The logarithm of the sum of a query's exponentiated scores among the row's own tokens: the score of one of them less the
     * logarithm of its weight. That one is the token itself, or the one with the most weight where its own is tiny.
     */
    private double ownMass(int member, int head, int token, Run run, Inputs inputs) {
        var row = members.get(member);
        int last = row.own() + token;
        var weights = ownAttention.weights(run, row.place(), head, token);
        int one = last;
        float weight = weights.getAtIndex(JAVA_FLOAT, last);
        if (!(weight > PRECISE)) {
            for (int i = 0; i < last; i++) {
                float other = weights.getAtIndex(JAVA_FLOAT, i);
                if (other > weight) {
                    weight = other;
                    one = i;
                }
            }
        }
        var key = slab.head(2 * inputs.layer(), row.slabRow(), head / group);
        int query = at(member, head, token, run.tokens()) * size;
        double score = 0;
        for (int i = 0; i < size; i++) {
            score += (double) queries[query + i] * key.getAtIndex(JAVA_FLOAT, (long) one * size + i);
        }
        return score - StrictMath.log(weight);
    }

    @Override
    public void close() {
        products.close();
        ownAttention.close();
    }
}
