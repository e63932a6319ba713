package parathink.models;

import java.util.List;

/** Where a decode stands still, to go on later as if it had not. */
public sealed interface Pause {
    /** Follows one decode and tells when it has come to the pause. */
    Watch watch();

    /** Follows one decode. Used by one thread at a time. */
    interface Watch {
        /**
         * Whether the decode has come to the pause.
         *
         * @param tokens decoded so far
         * @param text decoded so far, which begins with the one given last
         */
        boolean isMet(int tokens, CharSequence text);
    }

    /**
     * After some tokens of the decode.
     *
     * @param tokens at least 1
     */
    record AfterTokens(int tokens) implements Pause {
        public AfterTokens {
            if (tokens < 1) {
                throw new IllegalArgumentException("tokens must be at least 1, got " + tokens);
            }
        }

        @Override
        public Watch watch() {
            return (decoded, text) -> decoded >= tokens;
        }
    }

    /**
     * After some of the parts that a pool records a completion in ({@code chunks}); only recorded completions have them.
     *
     * @param chunks at least 1
     */
    record AfterChunks(int chunks) implements Pause {
        public AfterChunks {
            if (chunks < 1) {
                throw new IllegalArgumentException("chunks must be at least 1, got " + chunks);
            }
        }

        @Override
        public Watch watch() {
            throw new ModelException(
                    ModelException.Kind.UNABLE,
                    "a text has 'chunks' in a pool that records them, and nowhere else; cut at words, tokens or a share");
        }
    }

    /**
     * As soon as words have been said often enough, counted together, such as those that open a step of reasoning (DeepPrune: Tu
     * et al., 2025, arXiv 2510.08483). Capitals do not matter, and a word counts once the text shows where it ends.
     *
     * @param words or phrases of several, whose blanks stand for any single white space
     * @param count at least 1
     */
    record AfterWords(List<String> words, int count) implements Pause {
        public AfterWords {
            words = List.copyOf(words);
            if (words.isEmpty() || words.stream().anyMatch(String::isBlank)) {
                throw new IllegalArgumentException("words must be one or more, none of them blank, got " + words);
            }
            if (count < 1) {
                throw new IllegalArgumentException("count must be at least 1, got " + count);
            }
        }

        @Override
        public Watch watch() {
            var counted = new WordCount(words);
            return (decoded, text) -> counted.in(text, count) == count;
        }
    }
}
