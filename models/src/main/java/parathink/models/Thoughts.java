package parathink.models;

import java.util.List;

/**
 * The texts of a model that was taught to think in parallel paths (ParaThinker: Wen et al., 2025, arXiv 2509.04475): what
 * opens and closes each path, and what the summary begins and ends with.
 *
 * @param task what all paths begin with
 * @param openings of the paths, in order; each a token of its own
 * @param closings of the paths, in the same order
 * @param summary forced after the paths
 * @param summaryEnd ends the summary
 * @param mostPathTokens the longest path the model was taught
 * @param mostSummaryTokens the longest summary the model was taught
 * @param finish when the paths end that the model was taught with: {@code first}, {@code half} or {@code last}
 */
public record Thoughts(
        Prompt task,
        List<String> openings,
        List<String> closings,
        String summary,
        String summaryEnd,
        int mostPathTokens,
        int mostSummaryTokens,
        String finish) {
    public Thoughts {
        openings = List.copyOf(openings);
        closings = List.copyOf(closings);
        if (openings.isEmpty() || openings.size() != closings.size()) {
            throw new IllegalArgumentException(
                    "%d openings need as many closings, got %d".formatted(openings.size(), closings.size()));
        }
    }
}
