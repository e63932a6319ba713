package parathink.models.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;

/** Any text at all as a template: what it renders is the same each time, or one line says why it does not. */
final class JinjaTemplateFuzzTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 26, 0, 0);

    @FuzzTest
    void template(byte[] bytes) {
        var source = new String(bytes, StandardCharsets.UTF_8);
        assertThat(outcome(source)).isEqualTo(outcome(source));
    }

    private static String outcome(String source) {
        var variables = JsonNodeFactory.instance.objectNode();
        variables.putArray("messages").addObject().put("role", "user").put("content", "é {{ x }}");
        variables.putNull("tools");
        variables.put("add_generation_prompt", true);
        try {
            return JinjaTemplate.parse(source).render(variables, NOW);
        } catch (TemplateException refusal) {
            assertThat(refusal.getMessage()).hasLineCount(1).isNotBlank();
            return refusal.getMessage();
        }
    }
}
