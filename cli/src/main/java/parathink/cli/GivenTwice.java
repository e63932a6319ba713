package parathink.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Refuses an option with one value that was typed twice. What a file of arguments says may be said otherwise on the command line, so
 * only what was typed counts.
 *
 * @param command that was called
 * @param typed arguments, files of arguments not expanded
 */
record GivenTwice(CommandSpec command, List<String> typed) {
    GivenTwice(CommandSpec command, String... typed) {
        this(command, List.of(typed));
    }

    /** Throws where there is one. */
    void refuse() {
        for (var option : command.options()) {
            if (!option.isMultiValue() && option.arity().max() > 0) {
                var values = values(option);
                if (values.size() > 1) {
                    throw new ParameterException(
                            command.commandLine(),
                            "%s is given twice, '%s' and '%s'; give it once"
                                    .formatted(option.longestName(), values.get(0), values.get(1)));
                }
            }
        }
    }

    private List<String> values(OptionSpec option) {
        var values = new ArrayList<String>();
        for (int i = 0; i < typed.size() && !typed.get(i).equals("--"); i++) {
            var argument = typed.get(i);
            if (Arrays.asList(option.names()).contains(argument)) {
                values.add(i + 1 < typed.size() ? typed.get(++i) : "");
            } else if (argument.startsWith(option.longestName() + "=")) {
                values.add(argument.substring(option.longestName().length() + 1));
            }
        }
        return values;
    }
}
