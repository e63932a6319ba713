package parathink.models.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected texts are what Jinja2 made of the same templates: scripts/checks/template_cases.py says how. */
final class JinjaTemplateTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 6, 9, 5, 3);

    private static List<JsonNode> constructs() throws IOException {
        try (var in = new BufferedReader(new InputStreamReader(
                JinjaTemplateTest.class.getResourceAsStream("constructs.jsonl"), StandardCharsets.UTF_8))) {
            var rows = new ArrayList<JsonNode>();
            for (var line : in.lines().toList()) {
                rows.add(JSON.readTree(line));
            }
            return rows;
        }
    }

    private static String render(String template) {
        return render(template, JsonNodeFactory.instance.objectNode());
    }

    private static String render(String template, ObjectNode variables) {
        return JinjaTemplate.parse(template).render(variables, NOW);
    }

    @Test
    void makesOfEveryConstructWhatJinja2Makes() throws IOException {
        var rows = constructs();
        var variables = (ObjectNode) rows.getFirst().get("variables");
        var differences = new ArrayList<String>();
        int texts = 0;
        for (var row : rows.subList(1, rows.size())) {
            var source = row.get("source").textValue();
            var wanted = row.has("text") ? "text: " + row.get("text").textValue() : "refusal";
            texts += row.has("text") ? 1 : 0;
            var found = outcome(source, variables);
            if (!found.equals(wanted)) {
                differences.add("%s%n  wanted %s%n  found  %s".formatted(source, wanted, found));
            }
        }

        assertThat(differences).isEmpty();
        assertThat(texts).isGreaterThan(300);
    }

    /** The text, or that it was refused in one line that has the line of the template. */
    private static String outcome(String source, ObjectNode variables) {
        try {
            return "text: " + render(source, variables);
        } catch (TemplateException e) {
            return e.getMessage().matches("line \\d+: [^\n]+")
                    ? "refusal"
                    : "refusal without a line: " + e.getMessage();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '`', textBlock = """
                    {{ 'a' | nope }}   => line 1: the filter 'nope' is not supported
                    {{ 1 is nope }}   => line 1: the test 'nope' is not supported
                    {{ 'a'.zfill(3) }}   => line 1: the method 'zfill' of a text is not supported
                    {{ lipsum() }}   => line 1: the function 'lipsum' is not supported
                    {% include 'x' %}   => line 1: the statement 'include' is not supported
                    {{ 'a' | join(sep='x') }}   => line 1: the argument 'sep' of join is not supported
                    {{ 1 | join }}   => line 1: a whole number has no elements
                    {{ missing.x }}   => line 1: x of something undefined ('missing' is not defined)
                    {{ 'a' + missing }}   => line 1: '+' between a text and undefined ('missing' is not defined)
                    {{ raise_exception('no') }}   => line 1: the template refuses: no
                    {{ 1 / 0 }}   => line 1: division by zero
                    {{ 'a   => line 1: a string has no ' at its end
                    {% if 1 %}   => line 1: the statement has no 'elif' or 'else' or 'endif'
                    {{ [].append(1) }}   => line 1: the method 'append' changes a list, which templates may not
                    {{ ''.__class__ }}   => line 1: '__class__' is not for templates
                    """)
    void namesWhatIsNotSupported(String template, String message) {
        assertThatThrownBy(() -> render(template))
                .isInstanceOf(TemplateException.class)
                .hasMessage(message);
    }

    @Test
    void namesTheLineOfTheConstruct() {
        assertThatThrownBy(() -> render("a\n{% for i in [1] %}\n\n  {{ i }}\n  {{ i | nope }}{% endfor %}"))
                .hasMessage("line 5: the filter 'nope' is not supported");
        assertThatThrownBy(() -> render("a\r\n{#\r\n#}{{ 1 +\n 'a' }}")).hasMessageStartingWith("line 3: ");
        assertThatThrownBy(() -> render("\n\n{% nope %}")).hasMessageStartingWith("line 3: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ range(10 ** 9) }}",
                "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
                "{% for i in range(100000) %}{{ '%s' }}{% for j in range(1000) %}x{% endfor %}{% endfor %}",
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                "{% macro f(n) %}{{ f(n + 1) }}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
                "{{ 'x' * 10 ** 9 }}",
                "{{ [1] * 10 ** 9 }}",
                "{{ (10 ** 100) ** 100 }}",
                "{{ 2 ** 100000 }}",
                "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
                "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x.replace('a', 'aa') %}{% endfor %}",
                "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
                "{% set ns = namespace(x=[]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x=[]) %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x | tojson }}",
                "{% set ns = namespace(x=[]) %}{% for i in range(90000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}",
                "{% set ns = namespace(x=[], y=[]) %}{% for i in range(90000) %}{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}"
                        + "{% endfor %}{{ ns.x == ns.y }}",
                "{% for i in range(9999) %}{{ 'x' * 9999 }}{% endfor %}",
                "{{ 'a' | indent(10 ** 9, true) }}",
                "{{ [1] | tojson(indent=10 ** 9) | length > 100000 and 1 / 0 }}",
                "{{ range(99999) | map('string') | unique | list }}"
            })
    @Timeout(20)
    void endsHostileTemplates(String template) {
        var refusal = catchThrowableOfType(TemplateException.class, () -> render(template));

        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).hasLineCount(1);
        assertThat(refusal.getMessage()).containsAnyOf("more than", "too deep", "not supported");
    }

    @Test
    void refusesTemplatesThatNestOrGoOnTooFarBeforeRenderingThem() {
        assertThatThrownBy(() -> JinjaTemplate.parse("{% if 1 %}".repeat(5000)))
                .hasMessageContaining("levels of nesting");
        assertThatThrownBy(() -> JinjaTemplate.parse("{{ " + "[".repeat(5000) + "]".repeat(5000) + " }}"))
                .hasMessageContaining("levels of nesting");
        assertThatThrownBy(() -> JinjaTemplate.parse("{{ " + "not ".repeat(5000) + "1 }}"))
                .hasMessageContaining("levels of nesting");
        assertThatThrownBy(() -> JinjaTemplate.parse("{{ 1" + " -".repeat(5000) + " 1 }}"))
                .hasMessageContaining("levels of nesting");
        assertThatThrownBy(() -> JinjaTemplate.parse("{{ 1" + " if 1 else 1".repeat(5000) + " }}"))
                .hasMessageContaining("levels of nesting");
        assertThatThrownBy(() -> JinjaTemplate.parse("x".repeat(JinjaTemplate.MOST_SOURCE + 1)))
                .hasMessageContaining("characters");
    }

    @Test
    void rendersLongChainsThatAreNotNested() {
        assertThat(render("{{ 1" + " + 1".repeat(400) + " }}")).isEqualTo("401");
        assertThat(render("{{ 'a'" + " | upper".repeat(400) + " }}")).isEqualTo("A");
        assertThat(render("x{% if 0 %}{% endif %}".repeat(400))).isEqualTo("x".repeat(400));
    }

    @Test
    void tellsTheNamesThatItLooksUp() {
        var template = JinjaTemplate.parse(
                "{% for m in messages if flag %}{{ m.role ~ f(x=y) }}{% endfor %}{% if a is defined %}{% set b = 1 %}{% endif %}");

        assertThat(template.names()).containsExactlyInAnyOrder("messages", "flag", "m", "f", "y", "a");
    }

    @Test
    void rendersTheSameFromAnyThread() {
        var template = JinjaTemplate.parse(
                "{% set ns = namespace(n=0) %}{% for i in range(50) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}");

        var texts = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> template.render(JsonNodeFactory.instance.objectNode(), NOW))
                .distinct();

        assertThat(texts).containsExactly("1225");
    }
}
