package parathink.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import parathink.datasets.DatasetException;
import parathink.eval.directory.ResultsException;
import parathink.models.ModelException;

/** How the process ends, and the one place where exceptions become exit codes. */
enum ExitCode {
    DONE(0, "done"),
    SOME_FAILED(1, "finished, but some problems ended in an error"),
    BAD_INPUT(2, "bad usage or bad input: one line says which value, where, and what would be right"),
    BELOW_THRESHOLD(3, "a threshold was missed (--fail-under)"),
    MISSING(4, "data or a model is missing or gated: one line says how to get it"),
    BUG(70, "a bug of parathink (with its stack trace)"),
    INTERRUPTED(130, "interrupted: partial results are kept, the same command goes on");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** What an exception that left a command says about whose fault it was. */
    static ExitCode of(Throwable failure) {
        return switch (failure) {
            case DatasetException data -> data.isMissing() ? MISSING : BAD_INPUT;
            case ModelException model ->
                switch (model.kind()) {
                    case MISSING -> ExitCode.MISSING;
                    case UNUSABLE, UNABLE -> BAD_INPUT;
                    case HALTED -> INTERRUPTED;
                    case FULL, FAILED -> SOME_FAILED;
                };
            case ResultsException directory -> BAD_INPUT;
            case IllegalArgumentException setting -> BAD_INPUT;
            case UncheckedIOException file -> BAD_INPUT;
            case IOException file -> BAD_INPUT;
            case InterruptedException stop -> INTERRUPTED;
            default -> BUG;
        };
    }

    /** Code and meaning, as listed in every help page. */
    static Map<String, String> list() {
        var list = new LinkedHashMap<String, String>();
        for (var exit : values()) {
            list.put(" " + exit.code, exit.meaning);
        }
        return list;
    }
}
