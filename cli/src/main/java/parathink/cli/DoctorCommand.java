package parathink.cli;

import java.util.List;
import parathink.models.onnx.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what parathink found of what it needs, what is missing, and how to mend it. */
@Command(
        name = "doctor",
        description = {
            "Say what is here of what parathink needs, what is missing, and how to mend it.",
            "Ends with 4 when something is missing without which nothing works."
        },
        footer = {"  parathink doctor", "  parathink doctor --json"})
final class DoctorCommand implements Subcommand {
    private final Environment environment;

    @Mixin(name = "Runtime")
    private RuntimeOptions runtime;

    @Mixin(name = "General")
    private CommonOptions common;

    DoctorCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public ExitCode run() {
        var findings = new Diagnosis(environment, runtime.settings(environment, Device.CPU)).findings();
        boolean healthy = findings.stream().noneMatch(finding -> finding.state() == Finding.State.MISSING);
        environment.out().print(common.json ? json(findings, healthy) : text(findings));
        return healthy ? ExitCode.DONE : ExitCode.MISSING;
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
