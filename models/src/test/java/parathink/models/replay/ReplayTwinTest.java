package parathink.models.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static parathink.models.replay.Pools.PROMPT;
import static parathink.models.replay.Pools.SAMPLING;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.models.Budget;
import parathink.models.Completion;
import parathink.models.Engine;
import parathink.models.FinishReason;
import parathink.models.LocalEngine;
import parathink.models.Pause;
import parathink.models.ScriptedModel;
import parathink.models.Seed;
import parathink.models.Sequence;
import parathink.models.Session;
import parathink.models.StopRule;

/** A replay charges and tells what the live engine charged and told, whatever a strategy does with its branches. */
final class ReplayTwinTest {
    private static final int SCENARIOS = 300;

    @TempDir
    private Path folder;

    /** What a strategy could see and what it had to pay. */
    private record Seen(List<String> told, long work, long span, long calls) {}

    @Test
    void aReplayIsTheTwinOfTheLiveRun() throws IOException {
        for (int scenario = 0; scenario < SCENARIOS; scenario++) {
            var dice = new Random(scenario);
            var texts = new ArrayList<String>();
            for (int i = 0; i < 2 + dice.nextInt(7); i++) {
                texts.add(String.valueOf((char) ('a' + i)).repeat(1 + dice.nextInt(12)));
            }
            var file = Pools.write(
                    folder,
                    texts.stream()
                            .map(text -> Pools.text(text, text.length() + ScriptedModel.OVERHEAD))
                            .toArray(String[]::new));
            var scripts = Pools.order(file).toArray(String[]::new);
            var budget = dice.nextBoolean() ? Budget.UNLIMITED : new Budget(1 + dice.nextInt(60));
            Seen live;
            Seen replayed;
            try (var engine = new LocalEngine(new ScriptedModel(scripts))) {
                live = play(engine, scripts.length, budget, new Random(scenario));
            }
            try (var engine = Pools.engine(file)) {
                replayed = play(engine, scripts.length, budget, new Random(scenario));
            }
            assertThat(replayed).as("scenario %d", scenario).isEqualTo(live);
        }
    }

    /** Decodes all branches in waves, in one of the two ways, pausing some, cancelling some and leaving some behind. */
    private static Seen play(Engine engine, int branches, Budget budget, Random dice) {
        var told = new Pools.Told();
        var session = engine.open("p", budget, Seed.of(1), told);
        try {
            var root = session.start(PROMPT, SAMPLING);
            for (int left = branches; left > 0; ) {
                int wave = 1 + dice.nextInt(left);
                wave(session, root.fork(wave), dice);
                left -= wave;
            }
        } finally {
            session.close();
        }
        var usage = session.usage();
        return new Seen(
                told.ended.stream().map(ReplayTwinTest::line).toList(), usage.work(), usage.span(), usage.calls());
    }

    private static void wave(Session session, List<Sequence> forks, Random dice) {
        if (dice.nextInt(3) == 0) {
            // from two tokens on, since the scripted model deals its scripts to branches as they read their first
            session.decodeUntil(forks, StopRule.NONE, new Pause.AfterTokens(2 + dice.nextInt(12)));
        }
        if (dice.nextBoolean()) {
            session.decodeAll(forks, StopRule.NONE);
            return;
        }
        int wanted = 1 + dice.nextInt(forks.size());
        for (var completion : session.asCompleted(forks, StopRule.NONE)) {
            if (dice.nextInt(4) == 0) {
                var chosen = forks.get(dice.nextInt(forks.size()));
                if (!chosen.path().equals(completion.path())) {
                    chosen.cancel("not this one");
                }
            }
            if (--wanted == 0) {
                return;
            }
        }
    }

    /** A part of a text is not the same to the character: a live model's first token here has none. */
    private static String line(Completion completion) {
        return "%s %s %d %s %s"
                .formatted(
                        completion.path(),
                        completion.finish(),
                        completion.tokens(),
                        completion.stoppedBy(),
                        completion.finish() == FinishReason.STOP ? completion.text() : "");
    }
}
