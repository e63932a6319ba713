package parathink.cli;

import java.util.Optional;
import parathink.models.ChatDialect;
import parathink.models.Engine;
import parathink.models.JudgedEngine;
import parathink.models.Templates;
import picocli.CommandLine.Option;

/** Which model judges unfinished completions, where it is not the one that solves. */
final class JudgeOptions {
    private static final String CHAT_ML = "chatml";

    @Option(
            names = "--judge",
            paramLabel = "MODEL",
            description =
                    "Another model as judge, for strategies with -S judge=model: a name of 'parathink models', a folder, an .onnx file or a server's"
                            + " address.")
    private Optional<String> judge = Optional.empty();

    @Option(
            names = "--judge-prompts",
            paramLabel = "FILE",
            description =
                    "How it is asked, in YAML: compare or compare-raw, and labels; or chatml, the layout of the Qwen models as raw"
                            + " text (default: the built-in 'compare', through its chat template; docs/judges.md).")
    private Optional<String> prompts = Optional.empty();

    /** The judge's model, as given. */
    Optional<String> model() {
        if (judge.isEmpty() && prompts.isPresent()) {
            throw new IllegalArgumentException(
                    "--judge-prompts %s: there is no judge to ask so; give --judge MODEL".formatted(prompts.get()));
        }
        return judge;
    }

    /**
     * The engine with its judge, where one is wanted; closing it closes both. Closes the engine when the judge cannot be had.
     *
     * @throws parathink.models.ModelException when there is no such model, or it cannot be used
     */
    Engine join(Engine engine, ModelOptions models, Environment environment) {
        try {
            return model().<Engine>map(name -> new JudgedEngine(
                            engine, models.openJudge(name, environment, templates(prompts, environment))))
                    .orElse(engine);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** How a judge is asked: as a file says, in the chat layout of the Qwen models, or as is built in. */
    static Templates templates(Optional<String> prompts, Environment environment) {
        return prompts.map(given -> given.equals(CHAT_ML)
                        ? ChatDialect.chatMl()
                        : PromptOptions.read(
                                "--judge-prompts", environment.folder().resolve(given)))
                .orElse(Templates.NONE);
    }
}
