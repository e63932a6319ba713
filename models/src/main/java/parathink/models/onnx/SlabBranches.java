package parathink.models.onnx;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import parathink.models.KvCache;

/**
 * How caches of a slab come of one another: forks, joins, and the prefixes they have in common. Not thread-safe; owns
 * nothing.
 */
final class SlabBranches {
    private final SlabDecoder decoder;
    private final DecoderConfig config;
    private final SlabRoom room;
    private final OptionalInt least;

    /** @param least tokens from which on they are shared; empty where every row has its own */
    SlabBranches(SlabDecoder decoder, DecoderConfig config, SlabRoom room, OptionalInt least) {
        this.decoder = decoder;
        this.config = config;
        this.room = room;
        this.least = least;
    }

    /** Lets go of a row's own tokens in favour of a prefix that forks go on from, where there are enough of them. */
    void share(SlabCache cache) {
        int own = cache.ownLength();
        if (least.isPresent() && own >= least.getAsInt()) {
            room.require(own);
            cache.prefix(
                    Optional.of(SharedPrefix.of(config, room.slab(), cache.row(), own, cache.prefix(), room::prefix)));
        }
    }

    /** Makes tokens of a prefix the row's own where the row is about to be cut inside it. */
    void takeBack(SlabCache cache, int kept) {
        var prefix = cache.prefix();
        while (prefix.isPresent() && prefix.get().start() >= kept) {
            prefix = prefix.get().before();
        }
        if (prefix.isPresent() && prefix.get().end() > kept) {
            int count = kept - prefix.get().start();
            room.makeRoom(count + 1);
            prefix.get().copy(0, room.slab(), cache.row(), 0, count);
            prefix = prefix.get().before();
        }
        cache.prefix(prefix);
    }

    /** A new cache with the content of another. */
    SlabCache fork(SlabCache cache) {
        room.require(cache.ownLength());
        var copy = decoder.newCache();
        begin(copy, cache);
        return copy;
    }

    SlabCache join(SlabCache prompt, List<KvCache> branches) {
        prompt.requireOpen();
        int length = prompt.length();
        for (var branch : branches) {
            if (!(branch instanceof SlabCache cache) || !cache.belongsTo(decoder) || cache.length() < prompt.length()) {
                throw new IllegalArgumentException("only branches of this cache can be joined");
            }
            cache.requireOpen();
            length += cache.length() - prompt.length();
        }
        if (length > config.context()) {
            throw new IllegalArgumentException("joined, the branches have %d tokens, the model's context is %d"
                    .formatted(length, config.context()));
        }
        room.require(length - prompt.prefixLength());
        room.makeRoom(length - prompt.prefixLength() + 1);
        var joined = decoder.newCache();
        begin(joined, prompt);
        for (var branch : branches) {
            append((SlabCache) branch, prompt.length(), joined);
        }
        joined.segments().join();
        return joined;
    }

    /** Puts what one cache holds into an empty one, which goes on from the same prefix. */
    private void begin(SlabCache empty, SlabCache source) {
        empty.prefix(source.prefix());
        empty.positions().appendFrom(source.positions(), 0);
        empty.segments().addFrom(source.segments(), 0);
        room.slab().copy(source.row(), 0, empty.row(), 0, source.ownLength());
    }

    /** Makes what a cache holds from a token on the own tokens of another one. */
    private void append(SlabCache source, int from, SlabCache target) {
        var slab = room.slab();
        int at = target.ownLength();
        int start = 0;
        for (var prefix : source.prefix().map(SharedPrefix::chain).orElseGet(List::of)) {
            int end = start + prefix.tokens();
            if (end > from) {
                int first = Math.max(from, start);
                prefix.copy(first - start, slab, target.row(), at, end - first);
                at += end - first;
            }
            start = end;
        }
        int first = Math.max(from, start);
        slab.copy(source.row(), first - start, target.row(), at, source.length() - first);
        target.positions().appendFrom(source.positions(), from);
        target.segments().addFrom(source.segments(), from);
    }
}
