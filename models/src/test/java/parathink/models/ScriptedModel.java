package parathink.models;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A model that says what it is told: after every text it reads come an opening token without text, one token a character of
 * the next script, and the end token. Branches of one prompt take scripts in the order in which they read the opening
 * token, the order of their paths. Counts what it is asked to do, so that a test can compare a bill with what the model saw.
 */
public final class ScriptedModel implements LanguageModel {
    /** Ends every text. */
    public static final int END = 0;

    /** Begins every text; the same for all branches of a prompt. */
    public static final int OPEN = 1;

    /** Tokens of a completion beside the characters of its script. */
    public static final int OVERHEAD = 2;

    private static final int VOCABULARY = 0x250;

    private final List<String> scripts;
    private final List<String> contexts = new ArrayList<>();
    private Dialect dialect = ChatDialect.BUILT_IN;
    private int taken;
    private int openCaches;
    private long tokensSeen;
    private int widestPass;
    private int contextLength = 100_000;
    private int preferredRows = 8;
    private boolean joins = true;
    private int failAfter = Integer.MAX_VALUE;
    private int mostRows = Integer.MAX_VALUE;
    private int mostTokens = Integer.MAX_VALUE;
    private long mostHeld = Long.MAX_VALUE;
    private final Set<Cache> held = new HashSet<>();
    private String doubtful = "";
    private Predicate<String> verdict = text -> true;

    public ScriptedModel(String... scripts) {
        this.scripts = List.of(scripts);
    }

    public ScriptedModel withContextLength(int tokens) {
        contextLength = tokens;
        return this;
    }

    public ScriptedModel withPreferredRows(int rows) {
        preferredRows = rows;
        return this;
    }

    public ScriptedModel withoutJoins() {
        joins = false;
        return this;
    }

    /** These characters are said with a lower logit: 8 instead of 20, all other tokens having 0. */
    public ScriptedModel doubting(String characters) {
        doubtful = characters;
        return this;
    }

    /** Is asked in the forms of this dialect. */
    public ScriptedModel speaking(Dialect forms) {
        dialect = forms;
        return this;
    }

    /** Where a text asks for a verdict, "identical" has the logit 20 if this holds for the text, else 18; "different" the other one. */
    public ScriptedModel judging(Predicate<String> same) {
        verdict = same;
        return this;
    }

    /** The pass after this many passes fails. */
    public ScriptedModel failingAfter(int passes) {
        failAfter = passes;
        return this;
    }

    /** There is no memory for passes of more rows than this, nor for a row of more tokens. */
    public ScriptedModel withMemoryFor(int rows, int tokens) {
        mostRows = rows;
        mostTokens = tokens;
        return this;
    }

    /** There is no memory for more tokens than this in all caches together. */
    public ScriptedModel withMemoryForTokens(long tokens) {
        mostHeld = tokens;
        return this;
    }

    /** All that each of its texts was a continuation of, in the order in which they began; tokens as characters. */
    public List<String> contexts() {
        return List.copyOf(contexts);
    }

    public int openCaches() {
        return openCaches;
    }

    /** Tokens put through passes so far. */
    public long tokensSeen() {
        return tokensSeen;
    }

    public int widestPass() {
        return widestPass;
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Provenance provenance() {
        return new Provenance("none", "test", Map.of());
    }

    @Override
    public Tokenizer tokenizer() {
        return CharacterTokenizer.INSTANCE;
    }

    @Override
    public ChatTemplate template() {
        return prompt -> "Q: " + prompt.text() + "\nA: ";
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public SamplingParams defaults() {
        return new SamplingParams(0, 0, 1, 0, 1000);
    }

    @Override
    public int vocabularySize() {
        return VOCABULARY;
    }

    @Override
    public int contextLength() {
        return contextLength;
    }

    @Override
    public boolean isEnd(int token) {
        return token == END;
    }

    @Override
    public boolean joinsCaches() {
        return joins;
    }

    @Override
    public int preferredRows() {
        return preferredRows;
    }

    @Override
    public KvCache newCache() {
        return new Cache(List.of(), 0);
    }

    @Override
    public void forward(Batch batch) {
        if (failAfter-- <= 0) {
            throw new ModelException(ModelException.Kind.FAILED, "the scripted model was told to fail");
        }
        long wanted = held.stream().mapToLong(Cache::length).sum();
        for (int row = 0; row < batch.rows(); row++) {
            wanted += batch.count(row);
            if (wanted > mostHeld
                    || batch.rows() > mostRows
                    || batch.cache(row).length() + batch.count(row) > mostTokens) {
                throw new OutOfMemoryError("told to have none");
            }
        }
        widestPass = Math.max(widestPass, batch.rows());
        var logits = new float[batch.rows() * VOCABULARY];
        for (int row = 0; row < batch.rows(); row++) {
            var cache = (Cache) batch.cache(row);
            if (batch.count(row) > 1) {
                cache.said = -1;
            }
            for (int i = 0; i < batch.count(row); i++) {
                cache.tokens.add(batch.token(row, i));
                cache.position++;
                tokensSeen++;
            }
            if (cache.asksForVerdict()) {
                boolean same = verdict.test(cache.text());
                logits[row * VOCABULARY + 'i'] = same ? 20 : 18;
                logits[row * VOCABULARY + 'd'] = same ? 18 : 20;
                continue;
            }
            int next = cache.next();
            logits[row * VOCABULARY + next] = doubtful.indexOf(next) >= 0 ? 8 : 20;
        }
        batch.answer(MemorySegment.ofArray(logits));
    }

    @Override
    public void close() {}

    /** What a cache of a real model holds, as text. */
    private final class Cache implements KvCache {
        private final List<Integer> tokens;
        private int position;
        private String script = "";
        private int said = -1; // characters of the script said, -1 before the opening token is read

        Cache(List<Integer> tokens, int position) {
            this.tokens = new ArrayList<>(tokens);
            this.position = position;
            openCaches++;
            held.add(this);
        }

        /** The built-in comparison ends with these words, and nothing has been said yet. */
        boolean asksForVerdict() {
            return text().endsWith("\"different\" if not.\nA: ");
        }

        String text() {
            var text = new StringBuilder();
            tokens.forEach(token -> text.append((char) token.intValue()));
            return text.toString();
        }

        int next() {
            if (said < 0 && tokens.getLast() != OPEN) {
                contexts.add(text());
                return OPEN;
            }
            if (said < 0) {
                script = taken < scripts.size() ? scripts.get(taken++) : "";
                said = 0;
            }
            return said < script.length() ? script.charAt(said++) : END;
        }

        @Override
        public int length() {
            return tokens.size();
        }

        @Override
        public int position() {
            return position;
        }

        @Override
        public KvCache fork() {
            return new Cache(tokens, position);
        }

        @Override
        public void truncate(int length) {
            position -= tokens.size() - length;
            tokens.subList(length, tokens.size()).clear();
        }

        @Override
        public KvCache join(List<KvCache> branches) {
            var joint = new ArrayList<>(tokens);
            int end = position;
            for (var branch : branches) {
                var other = (Cache) branch;
                joint.addAll(other.tokens.subList(tokens.size(), other.tokens.size()));
                end = Math.max(end, other.position);
            }
            return new Cache(joint, end);
        }

        @Override
        public void close() {
            openCaches--;
            held.remove(this);
        }
    }

    /** Every character is a token. */
    private enum CharacterTokenizer implements Tokenizer {
        INSTANCE;

        @Override
        public int[] encode(String text) {
            return text.chars().toArray();
        }

        @Override
        public Decoder decoder() {
            return new Decoder() {
                @Override
                public String accept(int token) {
                    return token <= OPEN ? "" : String.valueOf((char) token);
                }

                @Override
                public String finish() {
                    return "";
                }
            };
        }

        @Override
        public int size() {
            return VOCABULARY;
        }
    }
}
