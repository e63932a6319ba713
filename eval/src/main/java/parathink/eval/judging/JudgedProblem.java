package parathink.eval.judging;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import parathink.datasets.Answer;
import parathink.datasets.Problem;
import parathink.datasets.Question;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.Journal;
import parathink.models.Prompt;
import parathink.models.Seed;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.StopRule;
import parathink.models.Usage;
import parathink.strategies.Cut;
import parathink.strategies.judges.Judge;
import parathink.strategies.judges.LexicalJudge;
import parathink.strategies.judges.ModelJudge;
import parathink.strategies.judges.OracleJudge;
import parathink.strategies.judges.Pair;

/**
 * The recorded completions of one problem, cut off where a strategy would judge them, in pairs, with what became of them. Pairs of two
 * completions that end before the cut are left out: there is nothing to judge.
 *
 * @param problem its id
 * @param question what they answer
 * @param pairs the texts up to the cut
 * @param same whether both come to the same answer, of each pair; two without an answer do not
 * @param verdicts the judge's probability that they do, of each pair; empty where none was asked
 * @param ended share of the completions that end before the cut
 * @param usage what the judge spent
 */
record JudgedProblem(
        String problem,
        Question question,
        List<Pair> pairs,
        List<Boolean> same,
        List<Double> verdicts,
        double ended,
        Usage usage) {
    JudgedProblem {
        pairs = List.copyOf(pairs);
        same = List.copyOf(same);
        verdicts = List.copyOf(verdicts);
    }

    /** Two completions by their places. */
    private record Places(int one, int other) {}

    /**
     * Cuts the completions of a problem and asks a judge about pairs of them.
     *
     * @param engine that has them on record, and the judge's model where it is one
     * @param completions of the problem that are looked at
     * @param most pairs that are; a seeded choice of more
     */
    static JudgedProblem of(
            Problem problem, Engine engine, Judge judge, Cut cut, int completions, int most, long seed) {
        var question = problem.question();
        var name = Seed.of(seed).child(problem.id());
        try (var session = engine.open(problem.id(), Budget.UNLIMITED, name, Journal.NONE)) {
            var prompt = Prompt.user(question.asked(), question.instruction());
            var traces = session.start(prompt, engine.defaults()).fork(completions);
            var progress = cut.hold(session, traces);
            var texts = judge.read(
                    session, traces, progress.stream().map(each -> each.text()).toList());
            var chosen = choose(
                    progress.stream().map(each -> each.ended()).toList(),
                    most,
                    name.child("pairs").value());
            var pairs = chosen.stream()
                    .map(places -> new Pair(texts.get(places.one()), texts.get(places.other())))
                    .toList();
            var verdicts = ask(judge, question, session, pairs);
            var answers = answers(question, session, traces);
            var same = chosen.stream()
                    .map(places -> answers.get(places.one()) >= 0
                            && answers.get(places.one()).equals(answers.get(places.other())))
                    .toList();
            double ended = progress.stream()
                    .mapToInt(each -> each.ended() ? 1 : 0)
                    .average()
                    .orElse(0);
            return new JudgedProblem(problem.id(), question, pairs, same, verdicts, ended, session.usage());
        }
    }

    private static List<Places> choose(List<Boolean> ended, int most, long seed) {
        var all = new ArrayList<Places>();
        for (int one = 0; one < ended.size(); one++) {
            for (int other = one + 1; other < ended.size(); other++) {
                if (!(ended.get(one) && ended.get(other))) {
                    all.add(new Places(one, other));
                }
            }
        }
        if (all.size() <= most) {
            return all;
        }
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, most).stream()
                .sorted((a, b) ->
                        a.one() != b.one() ? Integer.compare(a.one(), b.one()) : Integer.compare(a.other(), b.other()))
                .toList();
    }

    private static List<Double> ask(Judge judge, Question question, Session session, List<Pair> pairs) {
        return switch (judge) {
            case ModelJudge model -> askByText(model, question, session, pairs);
            case LexicalJudge lexical -> given(lexical.same(question, session, pairs));
            case OracleJudge oracle -> given(oracle.same(question, session, pairs));
        };
    }

    private static List<Double> given(List<OptionalDouble> verdicts) {
        return verdicts.stream().map(OptionalDouble::orElseThrow).toList();
    }

    /** All pairs of one text go to the model together, as in a decision of a strategy; all pairs at once would need much memory. */
    private static List<Double> askByText(ModelJudge judge, Question question, Session session, List<Pair> pairs) {
        var verdicts = new ArrayList<Double>();
        for (int from = 0, to = 0; from < pairs.size(); from = to) {
            while (to < pairs.size()
                    && pairs.get(to).one().equals(pairs.get(from).one())) {
                to++;
            }
            verdicts.addAll(given(judge.same(question, session, pairs.subList(from, to))));
        }
        return verdicts;
    }

    /** A number for each answer, the same for equal ones; -1 for none. */
    private static List<Integer> answers(Question question, Session session, List<Sequence> traces) {
        var different = new ArrayList<Answer>();
        var numbers = new ArrayList<Integer>();
        for (Completion completion : session.decodeAll(traces, StopRule.NONE)) {
            numbers.add(question.answerIn(completion.answerText())
                    .map(answer -> number(question, different, answer))
                    .orElse(-1));
        }
        return numbers;
    }

    private static int number(Question question, List<Answer> different, Answer answer) {
        for (int i = 0; i < different.size(); i++) {
            if (question.format().same(different.get(i), answer)) {
                return i;
            }
        }
        different.add(answer);
        return different.size() - 1;
    }
}
