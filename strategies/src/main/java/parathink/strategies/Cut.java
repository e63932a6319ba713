package parathink.strategies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import parathink.models.Pause;
import parathink.models.Progress;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.StopRule;

/**
 * Where completions stand still to be judged (DeepPrune: Tu et al., 2025, arXiv 2510.08483).
 *
 * @param kind of what
 * @param at how many words, tokens or chunks, at least 1; of a share, above 0 and below 1
 * @param words that open a step of reasoning; read where the kind is words
 */
public record Cut(Kind kind, double at, List<String> words) {
    /**
     * Discourse markers. The authors' own list is not published; this one follows their examples (wait, thus, since).
     */
    public static final List<String> REASONING_WORDS = List.of(
            "wait",
            "but",
            "so",
            "thus",
            "therefore",
            "hence",
            "since",
            "because",
            "however",
            "alternatively",
            "let me",
            "hmm",
            "actually",
            "first",
            "next",
            "then",
            "now",
            "ok",
            "okay");

    /** What is counted up to the cut. */
    public enum Kind {
        /** Reasoning words. */
        WORDS,
        /** Tokens. */
        TOKENS,
        /** Parts that a pool records a completion in. */
        CHUNKS,
        /** The share of the length of the first completion, which is decoded to its end before the others begin. */
        SHARE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Cut {
        words = List.copyOf(words);
        if (kind == Kind.SHARE && !(at > 0 && at < 1)) {
            throw new IllegalArgumentException("cut at share=%s: a share must be above 0 and below 1".formatted(at));
        }
        if (kind != Kind.SHARE && !(at >= 1 && at == Math.rint(at) && at <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("cut at %s=%s: the number of %s must be a whole number from 1"
                    .formatted(kind.word(), at, kind.word()));
        }
    }

    /**
     * Reads a cut such as {@code words=25}, {@code tokens=500}, {@code chunks=1} or {@code share=0.5}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    public static Cut read(String text, List<String> words) {
        var parts = text.strip().split("=", 2);
        var kind = Arrays.stream(Kind.values())
                .filter(each -> each.word().equals(parts[0].strip()))
                .findFirst();
        if (kind.isEmpty() || parts.length < 2) {
            throw unreadable(text);
        }
        try {
            return new Cut(kind.get(), Double.parseDouble(parts[1].strip()), words);
        } catch (NumberFormatException e) {
            throw unreadable(text);
        }
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("'%s' is no cut; it must be %s=N, such as words=25 or share=0.5"
                .formatted(text, Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining("=N, "))));
    }

    /** Decodes sequences until each has come to the cut or has ended, and says how far each is. */
    public List<Progress> hold(Session session, List<? extends Sequence> sequences) {
        return switch (kind) {
            case WORDS -> session.decodeUntil(sequences, StopRule.NONE, new Pause.AfterWords(words, (int) at));
            case TOKENS -> session.decodeUntil(sequences, StopRule.NONE, new Pause.AfterTokens((int) at));
            case CHUNKS -> session.decodeUntil(sequences, StopRule.NONE, new Pause.AfterChunks((int) at));
            case SHARE -> holdAtShare(session, sequences);
        };
    }

    /** The first completion shows how long completions of this question are. */
    private List<Progress> holdAtShare(Session session, List<? extends Sequence> sequences) {
        var first = new ArrayList<>(session.decodeUntil(
                sequences.subList(0, Math.min(1, sequences.size())),
                StopRule.NONE,
                new Pause.AfterTokens(Integer.MAX_VALUE)));
        if (sequences.size() > 1) {
            int tokens = Math.max(1, (int) Math.round(at * first.getFirst().tokens()));
            first.addAll(session.decodeUntil(
                    sequences.subList(1, sequences.size()), StopRule.NONE, new Pause.AfterTokens(tokens)));
        }
        return first;
    }

    @Override
    public String toString() {
        return "%s=%s".formatted(kind.word(), at == Math.rint(at) ? Integer.toString((int) at) : Double.toString(at));
    }
}
