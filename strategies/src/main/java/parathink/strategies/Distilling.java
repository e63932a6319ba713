package parathink.strategies;

import java.util.List;
import java.util.Optional;
import parathink.models.Dialect;

/**
 * How drafts become the workspaces of the next round.
 *
 * @param kind how a workspace is made
 * @param k drafts in a workspace, unless it is a summary of all
 * @param ranking which drafts are best
 * @param ownGroups whether each call of the next round has drafts of its own, dealt out in their order; else all have all of them
 * @param kappa tokens of a workspace at most; longer ones are cut
 */
public record Distilling(Distillation kind, int k, DraftRanking ranking, boolean ownGroups, int kappa) {
    public Distilling {
        Checks.atLeast("k", k, 1);
        Checks.atLeast("kappa", kappa, 1);
        if (kind == Distillation.SHARED_TOP_K && ownGroups) {
            throw new IllegalArgumentException(
                    "distil=shared-top-k gives every call the same drafts, groups=own each its own; give one of them");
        }
        if (kind == Distillation.PER_SAMPLE_TOP_K && ranking != DraftRanking.MODEL && !ownGroups) {
            throw new IllegalArgumentException(
                    "distil=per-sample-top-k with rank=%s chooses the same drafts for every call; give rank=model, groups=own or distil=shared-top-k"
                            .formatted(ranking.word()));
        }
    }

    boolean isTopK() {
        return switch (kind) {
            case SHARED_TOP_K, PER_SAMPLE_TOP_K -> true;
            case GLOBAL, RANDOM_K -> false;
        };
    }

    /** Drafts that one workspace is made of, when a round has as many for so many calls of the next one. */
    int read(int drafts, int width) {
        int group = ownGroups ? (drafts + width - 1) / width : drafts;
        return switch (kind) {
            case GLOBAL -> group;
            case SHARED_TOP_K, PER_SAMPLE_TOP_K, RANDOM_K -> Math.min(k, group);
        };
    }

    /** Why it cannot be done with a model that is asked so, if so. */
    Optional<String> objection(List<Integer> widths, Dialect dialect) {
        for (int round = 0; round < widths.size(); round++) {
            int drafts = widths.get(round);
            int next = round + 1 < widths.size() ? widths.get(round + 1) : 1;
            if (ownGroups && next > drafts) {
                return Optional.of("rounds: groups=own deals %d drafts to %d calls of the next round; give at least as many drafts"
                        .formatted(drafts, next));
            }
            boolean writes = kind == Distillation.GLOBAL || dialect.gathered(List.of("")).isEmpty();
            if (writes && read(drafts, next) > dialect.mostDrafts()) {
                return Optional.of("this model reads at most %d drafts for a workspace, and %d would be in one; give %s"
                        .formatted(
                                dialect.mostDrafts(),
                                read(drafts, next),
                                kind == Distillation.GLOBAL ? "groups=own or fewer drafts a call" : "a smaller k"));
            }
        }
        return Optional.empty();
    }
}
