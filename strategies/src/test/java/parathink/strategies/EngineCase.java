package parathink.strategies;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parathink.models.SamplingParams;

/**
 * A strategy of the catalogue with settings under which three short texts are enough and nothing depends on which of several
 * branches ends first.
 *
 * @param texts in the order in which a scripted model is asked for them
 * @param replays whether recorded completions are all that it needs
 */
record EngineCase(String strategy, Map<String, String> settings, List<String> texts, boolean replays) {
    static final List<String> THREE = List.of("it is = a", "so = b", "well = a");

    private static final SamplingParams GREEDY = new SamplingParams(0, 0, 1, 0, 200);

    /** Draws completions of one prompt. */
    private static EngineCase drawing(String strategy, String... settings) {
        return new EngineCase(strategy, map(settings), THREE, true);
    }

    /** Asks several times, with texts of the model in its prompts. */
    private static EngineCase calling(String strategy, List<String> texts, String... settings) {
        return new EngineCase(strategy, map(settings), texts, false);
    }

    private static Map<String, String> map(String... settings) {
        var map = new HashMap<String, String>();
        for (var setting : settings) {
            map.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return map;
    }

    /** All that a server can do; between them every strategy of the catalogue but those that {@link #beyondServers} has. */
    static List<EngineCase> all() {
        var ranked = List.of("it is = a", "so = b", "well = a", "then = a");
        return List.of(
                drawing("greedy"),
                drawing("sample"),
                drawing("self-consistency", "branches=3"),
                drawing("best-of-n", "branches=3", "verifier=logprob"),
                drawing("best-of-n", "branches=3", "verifier=rule"),
                drawing("weighted-vote", "branches=3", "verifier=logprob"),
                drawing("weighted-vote", "branches=3", "verifier=rule"),
                drawing("esc", "branches=3", "window=3"),
                drawing("adaptive-consistency", "branches=3", "window=1"),
                drawing("consensus-stop", "branches=3", "window=1"),
                drawing("deepconf", "branches=3", "window=3"),
                drawing(
                        "deepconf-online",
                        "branches=3",
                        "warmup=2",
                        "window=3",
                        "parallel=1",
                        "consensus=0",
                        "keep=100"),
                drawing("deepprune", "branches=3", "judge=lexical", "cut=tokens=4", "tau=0", "k2=2"),
                calling("deepprune", THREE, "branches=3", "judge=own", "cut=tokens=4", "k2=2"),
                calling("deepprune", THREE, "branches=3", "judge=model", "cut=tokens=4", "k2=2"),
                calling("pdr", THREE, "rounds=1"),
                calling("pdr", ranked, "rounds=3", "distil=shared-top-k", "rank=votes"),
                calling("pdr", ranked, "rounds=3", "distil=shared-top-k", "rank=logprob"),
                calling(
                        "pdr",
                        List.of("it is = a", "so = b", "well = a", "3, 1", "then = a"),
                        "rounds=3",
                        "distil=per-sample-top-k",
                        "rank=model"),
                calling("pdr", ranked, "rounds=3", "distil=random-k"),
                calling(
                        "rsa",
                        List.of("it is = a", "so = b", "well = a", "then = a"),
                        "population=2",
                        "k=2",
                        "rounds=2"),
                calling("sequential-refinement", THREE, "rounds=2"),
                calling("sequential-refinement", THREE, "rounds=1", "analysis=true"),
                calling("parallel-then-summarise", ranked, "branches=3"));
    }

    /** What no server of this kind can do, with a word of what would do. */
    static Map<EngineCase, String> beyondServers() {
        return Map.of(
                drawing("borda", "branches=3"), "a local model does",
                drawing("best-of-n", "branches=3", "verifier=self-certainty"), "a local model does",
                drawing("weighted-vote", "branches=3", "verifier=self-certainty"), "a local model does",
                calling("pdr", THREE, "rounds=3", "distil=shared-top-k", "rank=self-certainty"), "a local model does",
                calling("parathinker", THREE, "branches=2"), "parallel-then-summarise works with any model",
                calling("deepprune", THREE, "branches=3", "judge=oracle"), "give --model replay:PATH",
                calling("deepprune", THREE, "branches=3", "cut=chunks=1"), "give --model replay:PATH");
    }

    Strategy made() {
        var entry = Strategies.named(strategy);
        return entry.with(entry.spelledOut(settings), GREEDY);
    }

    boolean isJudgedByAnother() {
        return made().asksJudge();
    }

    @Override
    public String toString() {
        return strategy + " " + settings;
    }
}
