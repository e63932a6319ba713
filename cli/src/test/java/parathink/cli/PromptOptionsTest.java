package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PromptOptionsTest {
    @TempDir
    private Path temporary;

    private TestingShell shell;

    @BeforeEach
    void open() throws IOException {
        shell = new TestingShell(temporary);
    }

    @Test
    void aFileThatIsMissingOrWrongIsOneLineWithItsPlace() throws IOException {
        assertThat(refused("none.yaml")).contains("none.yaml: there is no such file");
        shell.write("a.yaml", "# ours\ndistill: |\n  {{drafts}}\n");
        assertThat(refused("a.yaml")).contains("a.yaml:2: there is no template 'distill'");
        shell.write("b.yaml", "refine: |\n  {{question}}\ndistil: |\n  {{question}} {{drafts}}\n");
        assertThat(refused("b.yaml")).contains("b.yaml:1: template 'refine' must have the place {{workspace}}");
        shell.write("c.yaml", "refine: {{question\n");
        assertThat(refused("c.yaml")).contains("c.yaml").contains("is not YAML");
        shell.write("d.yaml", "");
        assertThat(refused("d.yaml")).contains("has no template");
    }

    @Test
    void aModelThatReadsNoInstructionsRefusesThem() throws IOException {
        shell.write("mine.yaml", "distil: |\n  {{question}} {{drafts}}\n");
        assertThat(refused("mine.yaml")).contains("reads no instructions");
    }

    @Test
    void settingsThatTheModelCannotFollowAreRefusedByName() {
        assertThat(tried("--strategy sequential-refinement -S analysis=true")).contains("analysis=true");
        assertThat(tried("--strategy pdr -S distil=shared-top-k")).contains("rank=model");
        assertThat(tried("--strategy pdr -S rounds=16,4"))
                .contains("at most 4 drafts")
                .contains("groups=own");
    }

    private String refused(String file) {
        return tried("--strategy pdr --prompts " + file);
    }

    private String tried(String options) {
        var ended = shell.checkedRun("run --dataset arith-1 --limit 1 --out here %s"
                .formatted(options)
                .split(" ", -1));
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.errLines()).hasSize(1);
        assertThat(Files.exists(shell.folder().resolve("here"))).isFalse();
        return ended.err();
    }
}
