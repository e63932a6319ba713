package parathink.datasets.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parathink.datasets.DatasetException;

final class ReferencesTest {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|7",
                "27.0|27",
                "-1.0|-1",
                "0.50|0.5",
                "0.0|0",
                "1e3|1000",
                "1e999999999|1E+999999999",
                "123456789012345678901234567890|123456789012345678901234567890",
                "\"007\"|7",
                "\" 42 \"|42",
                "\"\\\\boxed{204}\"|204",
                "\"$\\\\boxed{\\\\frac{1}{2}}$\"|\\frac{1}{2}",
                "\"The answer is \\\\boxed{x^{2}}.\"|x^{2}",
                "\"$12$\"|12",
                "\"\\\\(p - q\\\\)\"|p - q",
                "\"$1$ and $2$\"|$1$ and $2$",
                "\"\\\\$5.50\"|\\$5.50",
                "[\"3\"]|3",
                "[3, \"\\\\sqrt{2}\"]|3, \\sqrt{2}",
                "\"6 boxes: <<6*250=1500>>1,500 nails.\\n#### 1,500\"|1500",
                "\"one #### 5\\ntwo\\n####-2,000,000 \"|-2000000",
                "\"(1,234)\"|(1,234)",
                "true|true",
            })
    void readsTheAnswerOutOfACell(String json, String reference) {
        assertThat(math("answer", json)).contains(reference);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "\"\"", "\"  \"", "NaN", "Infinity", "[]", "\"\\\\boxed{}\"", "\"because\\n#### \"", "{}"
            })
    void findsNoAnswerInAnEmptyCell(String json) {
        assertThat(math("answer", json)).isEmpty();
    }

    @Test
    void takesTheLastBoxOfAWorkedSolution() {
        assertThat(math("solution", "\"First \\\\boxed{1}, no,\\nthen \\\\boxed{\\\\{2\\\\}}.\""))
                .contains("\\{2\\}");
        assertThat(math("Solution", "\"17\"")).contains("17");
        assertThat(math("solution", "\"It is clear that\\nnothing follows.\"")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"025\"|25",
                "\"468^\\\\circ\"|468",
                "\"336^{\\\\circ}\"|336",
                "\"12°\"|12",
                "\"\\\\boxed{033}\"|33",
                "\"$073$\"|73",
                "45.0|45",
                "\"45.0\"|45",
                "\"1,024\"|1024",
                "\"+5\"|5",
                "\"90 degrees\"|90",
                "0|0",
                "\"000\"|0",
            })
    void readsIntegersWithWhateverStandsAroundThem(String json, String reference) {
        assertThat(References.in(cell("answer", json), FormatName.INTEGER, "a: line 1"))
                .contains(reference);
    }

    @Test
    void refusesAnIntegerThatIsNone() {
        assertThatThrownBy(() -> References.in(cell("answer", "\"x+1\""), FormatName.INTEGER, "a.csv: line 3"))
                .isInstanceOf(DatasetException.class)
                .hasMessage("a.csv: line 3: the answer 'x+1' is no integer");
    }

    private static Optional<String> math(String column, String json) {
        return References.in(cell(column, json), FormatName.MATH, "a: line 1");
    }

    private static ColumnMap.Cell cell(String column, String json) {
        try {
            return new ColumnMap.Cell(column, JSON.readValue(json, JsonNode.class));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }
}
