package parathink.models;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of a model that was taught to think in parallel paths and whose caches are joined (ParaThinker: Wen et al., 2025,
 * arXiv 2509.04475): what opens and closes each path, and what the summary begins and ends with.
 *
 * @param task what all paths begin with
 * @param openings of the paths, in order; each a token of its own
 * @param closings of the paths, in the same order
 * @param harmless the token that a path writes in place of one that would open another path or the summary
 * @param endings tokens that end a path beside the closings, and a text's own end
 * @param summary forced after the paths; begins with the token that opens the summary
 * @param summaryOpening that token
 * @param summaryEnd ends the summary
 * @param mostPathTokens the longest path the model was taught
 * @param mostSummaryTokens the longest summary the model was taught
 * @param greedySummary whether the summary is drawn at temperature 0, rather than as the paths are
 * @param finish when the paths end that the model was taught with: {@code first}, {@code half} or {@code last}
 */
public record Thoughts(
        Prompt task,
        List<String> openings,
        List<String> closings,
        String harmless,
        List<String> endings,
        String summary,
        String summaryOpening,
        String summaryEnd,
        int mostPathTokens,
        int mostSummaryTokens,
        boolean greedySummary,
        String finish) {
    public Thoughts {
        openings = List.copyOf(openings);
        closings = List.copyOf(closings);
        endings = List.copyOf(endings);
        if (openings.isEmpty() || openings.size() != closings.size()) {
            throw new IllegalArgumentException(
                    "%d openings need as many closings, got %d".formatted(openings.size(), closings.size()));
        }
        if (!summary.startsWith(summaryOpening)) {
            throw new IllegalArgumentException(
                    "the summary must begin with %s, got '%s'".formatted(summaryOpening, summary));
        }
    }

    /**
     * What a path writes in place of tokens that are not its own, as the authors' engine does it: an ending of any kind
     * becomes its closing, an opening its harmless token.
     *
     * @param path counted from 0
     */
    public Substitutes substitutes(int path) {
        var own = closings.get(path);
        var tokens = new HashMap<String, String>();
        for (var opening : openings) {
            tokens.put(opening, harmless);
        }
        tokens.put(summaryOpening, harmless);
        for (var ending : endings) {
            tokens.put(ending, own);
        }
        tokens.put(summaryEnd, own);
        for (var closing : closings) {
            tokens.put(closing, own);
        }
        return new Substitutes(Map.copyOf(tokens), own);
    }
}
