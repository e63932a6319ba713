package parathink.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parathink.models.ModelException;
import parathink.models.Templates;
import parathink.models.endpoint.EndpointAddress;
import parathink.models.onnx.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what parathink found of what it needs, what is missing, and how to mend it. */
@Command(
        name = "doctor",
        description = {
            "Say what is here of what parathink needs, what is missing, and how to mend it.",
            "Ends with 4 when something is missing or wrong without which nothing works."
        },
        footer = {
            "  parathink doctor",
            "  parathink doctor --json",
            "  parathink doctor --model http://localhost:8000/v1#NAME"
        })
final class DoctorCommand implements Subcommand {
    private final Environment environment;

    @Option(
            names = "--model",
            paramLabel = "ADDRESS",
            description =
                    "A server to ask what it does, such as http://localhost:8000/v1#NAME, by a few small requests.")
    private Optional<String> model = Optional.empty();

    @Mixin(name = "Runtime")
    private RuntimeOptions runtime;

    @Mixin(name = "Server")
    private EndpointOptions server;

    @Mixin(name = "General")
    private CommonOptions common;

    DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean worksWithWrongSettings() {
        return true;
    }

    @Override
    public ExitCode run() {
        var findings =
                new ArrayList<>(new Diagnosis(environment, runtime.settings(environment, Device.CPU)).findings());
        model.ifPresent(address -> findings.addAll(asked(address)));
        boolean healthy = findings.stream().noneMatch(finding -> finding.state().stopsWork());
        environment.out().print(common.json ? json(findings, healthy) : text(findings));
        return healthy ? ExitCode.DONE : ExitCode.MISSING;
    }

    /** What a server was found to do. */
    private List<Finding> asked(String address) {
        if (!EndpointAddress.isOne(address)) {
            throw new IllegalArgumentException(
                    "--model %s: doctor asks servers; an address is like http://localhost:8000/v1#model-name"
                            .formatted(address));
        }
        try (var engine = server.open(address, environment, Templates.NONE)) {
            return engine.findings().stream()
                    .map(line -> Finding.found("server", line))
                    .toList();
        } catch (ModelException e) {
            return List.of(Finding.missing(
                    "server", e.getMessage(), "mend that, and ask again; docs/endpoints.md has what a server must do"));
        }
    }

    private String text(List<Finding> findings) {
        var table = new TextTable(environment.terminal().columns());
        for (var finding : findings) {
            table.row(finding.state().word(), finding.subject(), finding.detail());
            finding.mend().ifPresent(mend -> table.row("", "", "-> " + mend));
        }
        return table.text();
    }

    private static String json(List<Finding> findings, boolean healthy) {
        var json = Json.object();
        json.put("healthy", healthy);
        var list = json.putArray("findings");
        for (var finding : findings) {
            var entry = list.addObject();
            entry.put("subject", finding.subject());
            entry.put("state", finding.state().word());
            entry.put("detail", finding.detail());
            finding.mend().ifPresent(mend -> entry.put("mend", mend));
        }
        return Json.line(json) + "\n";
    }
}
