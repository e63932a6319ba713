package parathink.models.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Byte-pair encoding (Sennrich et al., 2016): a piece begins as its characters, and the pair of neighbours whose merge was
 * learned first is merged, again and again. The time for a piece of n characters is O(n log n). Any thread may use it.
 */
final class BytePairModel implements SubwordModel {
    private static final int LONGEST_KEPT = 64; // characters; longer pieces seldom come again
    private static final int MOST_KEPT = 1 << 16;
    private static final int GONE = -1;

    private final Vocabulary vocabulary;
    private final MergeTable merges;
    private final UnknownToken unknown;
    private final boolean fusesUnknown;
    private final boolean ignoresMerges;
    private final int[] bytes; // tokens such as <0x0A>, or -1; empty without byte fallback
    private final int[] singles = new int[Character.MAX_VALUE + 1]; // tokens of one char, or -1
    private final Map<String, int[]> kept = new ConcurrentHashMap<>();

    private BytePairModel(Section section, Vocabulary vocabulary, MergeTable merges) {
        this.vocabulary = vocabulary;
        this.merges = merges;
        this.unknown = UnknownToken.read(section, vocabulary);
        this.fusesUnknown = section.flag("fuse_unk", false);
        this.ignoresMerges = section.flag("ignore_merges", false);
        this.bytes = new int[section.flag("byte_fallback", false) ? 256 : 0];
        Arrays.setAll(bytes, b -> vocabulary.id("<0x%02X>".formatted(b)));
        Arrays.fill(singles, -1);
        for (int id = 0; id < vocabulary.size(); id++) {
            int token = id;
            vocabulary.text(id).filter(text -> text.length() == 1).ifPresent(text -> singles[text.charAt(0)] = token);
        }
    }

    static BytePairModel read(Section section, Vocabulary vocabulary, List<String> parts) {
        for (var affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
            section.optional(affix).filter(s -> !s.text().isEmpty()).ifPresent(s -> {
                throw s.unusable("is %s: such marks within words are not supported".formatted(Section.shown(s.text())));
            });
        }
        section.optional("dropout").filter(s -> s.number() != 0).ifPresent(s -> {
            throw s.unusable("is %s: one text would have many encodings".formatted(s.node()));
        });
        var merges = new MergeTable(parts.size() / 2);
        for (int rank = 0; rank < parts.size() / 2; rank++) {
            var left = parts.get(2 * rank);
            var right = parts.get(2 * rank + 1);
            merges.put(
                    token(section, vocabulary, rank, left),
                    token(section, vocabulary, rank, right),
                    rank,
                    token(section, vocabulary, rank, left + right));
        }
        return new BytePairModel(section, vocabulary, merges);
    }

    private static int token(Section section, Vocabulary vocabulary, int rank, String text) {
        int id = vocabulary.id(text);
        if (id < 0) {
            throw section.unusable(
                    "merges[%d] needs the token %s, which is not in vocab".formatted(rank, Section.shown(text)));
        }
        return id;
    }

    @Override
    public void encode(String piece, TokenIds tokens) {
        int whole = ignoresMerges ? vocabulary.id(piece) : -1;
        if (whole >= 0) {
            tokens.add(whole);
        } else if (piece.length() > LONGEST_KEPT) {
            tokens.addAll(merge(piece));
        } else {
            tokens.addAll(remembered(piece));
        }
    }

    private int[] remembered(String piece) {
        var known = kept.get(piece);
        if (known == null) {
            known = merge(piece);
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            kept.put(piece, known);
        }
        return known;
    }

    private int[] merge(String piece) {
        var symbols = symbols(piece);
        int count = symbols.length;
        var before = new int[count];
        var behind = new int[count];
        var queue = new MergeQueue(count);
        for (int i = 0; i < count; i++) {
            before[i] = i - 1;
            behind[i] = i + 1 < count ? i + 1 : GONE;
            enqueue(queue, symbols, i, behind[i]);
        }
        while (!queue.isEmpty()) {
            long first = queue.poll();
            int at = (int) first;
            int next = behind[at];
            if (symbols[at] == GONE || next == GONE || !isCurrent(symbols[at], symbols[next], (int) (first >>> 32))) {
                continue; // one of the two has been merged since
            }
            symbols[at] = merges.result((int) (first >>> 32));
            symbols[next] = GONE;
            behind[at] = behind[next];
            if (behind[at] != GONE) {
                before[behind[at]] = at;
                enqueue(queue, symbols, at, behind[at]);
            }
            if (before[at] != GONE) {
                enqueue(queue, symbols, before[at], at);
            }
        }
        return Arrays.stream(symbols).filter(symbol -> symbol != GONE).toArray();
    }

    private void enqueue(MergeQueue queue, int[] symbols, int left, int right) {
        int rank = right == GONE ? -1 : merges.rank(symbols[left], symbols[right]);
        if (rank >= 0) {
            queue.add(rank, left);
        }
    }

    private boolean isCurrent(int left, int right, int rank) {
        int now = merges.rank(left, right);
        return now >= 0 && merges.result(now) == merges.result(rank);
    }

    /** The tokens of the single characters; a character that the vocabulary lacks becomes bytes, unknown, or nothing. */
    private int[] symbols(String piece) {
        var symbols = new TokenIds();
        boolean pending = false; // an unknown token that waits for others to be fused with it
        for (int i = 0; i < piece.length(); ) {
            int point = piece.codePointAt(i);
            i += Character.charCount(point);
            int id = point < singles.length ? singles[point] : vocabulary.id(Character.toString(point));
            if (id >= 0) {
                if (pending) {
                    symbols.add(unknown.known());
                    pending = false;
                }
                symbols.add(id);
            } else if (!addBytes(point, symbols) && unknown.isNamed()) {
                int lacking = unknown.id(Character.toString(point));
                if (pending && !fusesUnknown) {
                    symbols.add(lacking);
                }
                pending = true;
            }
        }
        if (pending) {
            symbols.add(unknown.known());
        }
        return symbols.toArray();
    }

    /** Adds a token for each byte of a character; false when one of them has none. */
    private boolean addBytes(int point, TokenIds symbols) {
        if (bytes.length == 0) {
            return false;
        }
        var encoded = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        for (byte b : encoded) {
            if (bytes[b & 0xFF] < 0) {
                return false;
            }
        }
        for (byte b : encoded) {
            symbols.add(bytes[b & 0xFF]);
        }
        return true;
    }
}
