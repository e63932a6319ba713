package parathink.eval.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import parathink.models.TemplateText;

/**
 * The chat template of a run as {@code run.json} keeps it, so that what the model was asked can be read without the model.
 *
 * @param template its text, and what was set in it
 * @param example the prompt of the first problem, as the model saw it
 */
public record RecordedTemplate(TemplateText template, String example) {
    public RecordedTemplate {
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(example, "example");
    }

    /** The fields of the file. */
    public ObjectNode toJson() {
        var json = Json.MAPPER.createObjectNode();
        json.put("file", template.file());
        var options = json.putObject("options");
        new TreeMap<>(template.options()).forEach(options::put);
        json.put("rendered_example", example);
        json.put("text", template.text());
        return json;
    }

    static RecordedTemplate read(Json json) {
        Map<String, String> options = json.texts("options");
        return new RecordedTemplate(
                new TemplateText(json.text("file"), json.text("text"), options), json.text("rendered_example"));
    }
}
