package parathink.strategies;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import parathink.datasets.Question;
import parathink.models.Completion;
import parathink.models.Role;
import parathink.models.SamplingParams;
import parathink.models.Session;
import parathink.models.Step;

/** Makes the workspaces of one problem. Used by one thread, the strategy's. */
final class Distiller {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final Pattern CHOICE = Pattern.compile("[\\s,;.()\\[\\]]*\\d[\\d\\s,;.()\\[\\]]*");

    private final Distilling settings;
    private final Question question;
    private final Session session;
    private final DraftRounds rounds;
    private final SamplingParams sampling;

    Distiller(Distilling settings, Question question, Session session, DraftRounds rounds, SamplingParams sampling) {
        this.settings = settings;
        this.question = question;
        this.session = session;
        this.rounds = rounds;
        this.sampling = sampling;
    }

    /** Drafts that one workspace is made of, and the calls that chose them. */
    private record Group(List<Draft> drafts, List<Completion> choosing) {}

    /**
     * The workspaces for a round of so many calls: one for each, or one for all. Drafts without a solution are left out.
     *
     * @param round of the calls, counted from 0
     */
    List<Workspace> workspaces(List<Draft> drafts, int width, int round) {
        var readable = drafts.stream().filter(draft -> !draft.text().isEmpty()).toList();
        return distilled(groups(readable, width, round), round);
    }

    private List<Group> groups(List<Draft> drafts, int width, int round) {
        return switch (settings.kind()) {
            case GLOBAL ->
                pools(drafts, settings.ownGroups() ? width : 1).stream()
                        .map(pool -> new Group(pool, List.of()))
                        .toList();
            case SHARED_TOP_K -> best(pools(drafts, 1), round);
            case PER_SAMPLE_TOP_K -> best(pools(drafts, width), round);
            case RANDOM_K -> drawn(pools(drafts, width), round);
        };
    }

    /** What each of so many calls may read: in own groups, neighbours whose numbers differ by one at most. */
    private List<List<Draft>> pools(List<Draft> drafts, int width) {
        return IntStream.range(0, width)
                .mapToObj(call -> settings.ownGroups()
                        ? drafts.subList(call * drafts.size() / width, (call + 1) * drafts.size() / width)
                        : drafts)
                .toList();
    }

    private List<Group> drawn(List<List<Draft>> pools, int round) {
        var groups = new ArrayList<Group>();
        for (var pool : pools) {
            var name = "drafts/%d/%d".formatted(round, groups.size());
            var some = session.draw(name, Math.min(settings.k(), pool.size()), pool.size());
            groups.add(new Group(some.stream().map(pool::get).toList(), List.of()));
        }
        return groups;
    }

    private List<Group> best(List<List<Draft>> pools, int round) {
        if (settings.ranking() != DraftRanking.MODEL) {
            return pools.stream()
                    .map(pool -> settings.ranking().ordered(pool, question.format()))
                    .map(pool -> new Group(first(pool), List.of()))
                    .toList();
        }
        if (pools.stream().allMatch(pool -> pool.size() <= settings.k())) {
            return pools.stream().map(pool -> new Group(pool, List.of())).toList();
        }
        var steps = pools.stream()
                .map(pool -> session.dialect()
                        .select(rounds.task(), texts(pool), settings.k())
                        .orElseThrow())
                .toList();
        var named = rounds.written(steps, new Role("selection", round), sampling, settings.kappa());
        return IntStream.range(0, pools.size())
                .mapToObj(i -> new Group(named(pools.get(i), named.get(i)), List.of(named.get(i))))
                .toList();
    }

    /**
     * Those that the model named, in its order; where it named too few, or nothing that can be read, the first of the others follow. Drafts
     * are told apart by their places: one that says the same as another is another.
     */
    private List<Draft> named(List<Draft> pool, Completion selection) {
        var numbers = numbers(session.dialect().workspace(selection));
        var places = new LinkedHashSet<Integer>();
        numbers.stream()
                .map(number -> number - 1)
                .filter(place -> place >= 0 && place < pool.size())
                .forEach(places::add);
        rounds.note("selections unreadable", numbers.isEmpty() ? 1 : 0);
        rounds.note("selections completed", places.size() < settings.k() ? 1 : 0);
        IntStream.range(0, pool.size()).forEach(places::add);
        return first(places.stream().map(pool::get).toList());
    }

    /** The numbers of the last line that has numbers and what separates them, and nothing else. */
    private static List<Integer> numbers(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> CHOICE.matcher(line).matches())
                .reduce((earlier, later) -> later)
                .map(line -> NUMBER.matcher(line)
                        .results()
                        .map(number -> Integer.valueOf(number.group()))
                        .toList())
                .orElse(List.of());
    }

    private List<Draft> first(List<Draft> ordered) {
        return ordered.subList(0, Math.min(settings.k(), ordered.size()));
    }

    /** Drafts as they stand where the model can read them so; else, and for a summary, in the model's words. */
    private List<Workspace> distilled(List<Group> groups, int round) {
        var steps = new ArrayList<Step>();
        for (var group : groups) {
            if (isWritten(group)) {
                steps.add(session.dialect().distil(rounds.task(), texts(group.drafts())));
            }
        }
        var written = rounds.written(steps, Role.workspace(round), sampling, settings.kappa())
                .iterator();
        var workspaces = new ArrayList<Workspace>();
        for (var group : groups) {
            var calls = new ArrayList<>(rounds.longest(group.drafts()));
            calls.addAll(group.choosing());
            if (isWritten(group)) {
                var digest = written.next();
                calls.add(digest);
                workspaces.add(new Workspace(bounded(session.dialect().workspace(digest)), calls));
            } else {
                workspaces.add(new Workspace(bounded(gathered(group)), calls));
            }
        }
        return workspaces;
    }

    private boolean isWritten(Group group) {
        return !group.drafts().isEmpty()
                && (settings.kind() == Distillation.GLOBAL
                        || session.dialect().gathered(texts(group.drafts())).isEmpty());
    }

    private String gathered(Group group) {
        return group.drafts().isEmpty()
                ? ""
                : session.dialect().gathered(texts(group.drafts())).orElseThrow();
    }

    private String bounded(String text) {
        var kept = session.fitting(text, settings.kappa());
        rounds.note("workspaces", 1);
        rounds.note("workspaces cut", kept.equals(text) ? 0 : 1);
        return kept;
    }

    private static List<String> texts(List<Draft> drafts) {
        return drafts.stream().map(Draft::text).toList();
    }
}
