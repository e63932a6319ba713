package parathink.models;

import java.util.List;
import java.util.Map;

/** A session whose judge works on another model, on the same bill. Used by one thread; closes both. */
final class JudgedSession implements Session {
    private final Session solving;
    private final Session judging;

    JudgedSession(Session solving, Session judging) {
        this.solving = solving;
        this.judging = judging;
    }

    @Override
    public Sequence start(Prompt prompt, SamplingParams sampling) {
        return solving.start(prompt, sampling);
    }

    @Override
    public List<Completion> decodeAll(List<? extends Sequence> sequences, StopRule stop) {
        return solving.decodeAll(sequences, stop);
    }

    @Override
    public Iterable<Completion> asCompleted(List<? extends Sequence> sequences, StopRule stop) {
        return solving.asCompleted(sequences, stop);
    }

    @Override
    public List<Progress> decodeUntil(List<? extends Sequence> sequences, StopRule stop, Pause pause) {
        return solving.decodeUntil(sequences, stop, pause);
    }

    @Override
    public List<Completion> choose(List<? extends Sequence> sequences, Choice choice) {
        return solving.choose(sequences, choice);
    }

    @Override
    public Session judge() {
        return judging.judge();
    }

    @Override
    public Dialect dialect() {
        return solving.dialect();
    }

    @Override
    public Map<String, String> notes() {
        return solving.notes();
    }

    @Override
    public Usage usage() {
        return solving.usage();
    }

    @Override
    public void close() {
        try (judging) {
            solving.close();
        }
    }
}
