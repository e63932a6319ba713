package parathink.eval.directory;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Objects;
import parathink.models.TokenBlock;

/**
 * One line of {@code journal.jsonl}: tokens of a decode of an unfinished run, from which it goes on after a kill.
 *
 * @param problem the problem's id
 * @param repeat counted from 0
 * @param block the tokens
 */
public record TokenLine(String problem, int repeat, TokenBlock block) implements Line {
    public TokenLine {
        new Attempt(problem, repeat);
        Objects.requireNonNull(block, "block");
    }

    public Attempt attempt() {
        return new Attempt(problem, repeat);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("problem", problem);
        json.writeNumberField("repeat", repeat);
        json.writeStringField("path", block.path());
        json.writeNumberField("seed", block.seed());
        json.writeBooleanField("ended", block.ended());
        json.writeNumberField("from", block.from());
        int[] ids = block.ids();
        json.writeFieldName("tokens");
        json.writeArray(ids, 0, ids.length);
        if (!block.ended()) {
            json.writeNumberField("logprobs", block.logprobs());
            json.writeNumberField("self_certainties", block.selfCertainties());
            double[] confidences = block.confidences();
            json.writeFieldName("confidences");
            json.writeArray(confidences, 0, confidences.length);
        }
        json.writeEndObject();
    }

    /** Reads one line; fields that are not known are ignored. */
    static TokenLine read(Json line) {
        var path = line.text("path");
        long seed = line.whole("seed");
        int[] ids = line.integers("tokens");
        var block = line.flag("ended")
                ? TokenBlock.whole(path, seed, ids)
                : TokenBlock.part(
                        path,
                        seed,
                        line.integer("from"),
                        ids,
                        line.numbers("confidences"),
                        line.number("logprobs"),
                        line.number("self_certainties"));
        return new TokenLine(line.text("problem"), line.integer("repeat"), block);
    }
}
