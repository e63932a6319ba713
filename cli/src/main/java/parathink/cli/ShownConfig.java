package parathink.cli;

import java.util.List;
import java.util.Map;

/** What {@code --show-config} prints. */
final class ShownConfig {
    private ShownConfig() {}

    static void print(Environment environment, List<Settings.Setting> settings, boolean json) {
        if (json) {
            environment.out().println(Json.line(Map.of("settings", settings)));
            return;
        }
        int names = settings.stream()
                .mapToInt(setting -> setting.name().length())
                .max()
                .orElse(0);
        int values = settings.stream()
                .mapToInt(setting -> shown(setting).length())
                .max()
                .orElse(0);
        for (var setting : settings) {
            environment
                    .out()
                    .printf(
                            "%-" + names + "s  %-" + Math.clamp(values, 1, 40) + "s  %s%n",
                            setting.name(),
                            shown(setting),
                            setting.origin());
        }
    }

    private static String shown(Settings.Setting setting) {
        return setting.value().isEmpty() ? "-" : setting.value();
    }
}
