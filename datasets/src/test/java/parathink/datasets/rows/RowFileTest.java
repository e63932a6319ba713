package parathink.datasets.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parathink.datasets.DatasetException;

final class RowFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsJsonLinesPastBlankLinesAndAByteOrderMark() throws IOException {
        var rows = rows("a.jsonl", "\ufeff{\"q\": \"one\"}\r\n\n  \n{\"q\": \"two\\nlines\", \"n\": 3}");

        assertThat(column(rows, "q")).containsExactly("one", "two\nlines");
        assertThat(rows.get(1).place()).isEqualTo(folder.resolve("a.jsonl") + ": line 4");
        assertThat(rows.get(1).cells().get("n").asInt()).isEqualTo(3);
    }

    @Test
    void namesTheLineThatIsTorn() {
        assertFails("a.jsonl", "{\"q\": 1}\n\n{\"q\": \"tw\n{\"q\": 3}\n", "a.jsonl: line 3: not a whole JSON value");
        assertFails("a.jsonl", "{\"q\": 1}\n{\"q\": 2", "a.jsonl: line 2: not a whole JSON value");
        assertFails("a.jsonl", "{\"q\": 1} {\"q\": 2}\n", "a.jsonl: line 1: not a whole JSON value");
        assertFails("a.jsonl", "{\"q\": 1}\n[2]\n", "a.jsonl: line 2: a JSON object was expected");
        assertFails("a.jsonl", "{\"q\": 1, \"q\": 2}\n", "a.jsonl: line 1: not a whole JSON value (Duplicate");
    }

    @Test
    void refusesJsonLinesThatAreNotUtf8() throws IOException {
        var file = Files.write(
                folder.resolve("a.jsonl"), "{\"q\": 1}\n{\"q\": \"\u00e9\"}\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("a.jsonl: line 2: not a whole JSON value (Invalid UTF-8");
    }

    @Test
    void readsNumbersThatAreNone() throws IOException {
        var rows = rows("a.jsonl", "{\"a\": NaN, \"b\": -Infinity, \"c\": 0.10}");

        assertThat(rows.getFirst().cells().get("a").doubleValue()).isNaN();
        assertThat(rows.getFirst().cells().get("b").doubleValue()).isNegative().isInfinite();
        assertThat(rows.getFirst().cells().get("c").decimalValue()).isEqualByComparingTo("0.1");
    }

    @Test
    void findsTheRowsOfAJsonFileInWhateverLayoutItHas() throws IOException {
        assertThat(column(rows("array.json", "[{\"q\": \"one\"},\n {\"q\": \"two\"}]"), "q"))
                .containsExactly("one", "two");
        assertThat(column(rows("list.json", "{\"version\": 1, \"items\": [{\"q\": \"one\"}, {\"q\": \"two\"}]}"), "q"))
                .containsExactly("one", "two");
        assertThat(column(rows("lines.json", "{\"q\": \"one\"}\n{\"q\": \"two\"}\n"), "q"))
                .containsExactly("one", "two");
        assertThat(column(rows("lines.txt", "\n{\"q\": \"one\"}\n{\"q\": \"two\"}\n"), "q"))
                .containsExactly("one", "two");
        assertThat(column(rows("one.json", "{\n  \"q\": \"one\",\n  \"choices\": [1, 2]\n}\n"), "q"))
                .containsExactly("one");
        assertThat(column(rows("array.jsonl", "[{\"q\": \"one\"}]"), "q")).containsExactly("one");
        assertThat(column(rows("server.json", "{\"rows\": [{\"row_idx\": 0, \"row\": {\"q\": \"one\"}}]}"), "q"))
                .containsExactly("one");
    }

    @Test
    void saysWhatIsWrongWithAJsonFile() {
        assertFails("a.json", "[{\"q\": 1},\n{\"q\": 2}", "a.json: item 3");
        assertFails("a.json", "[{\"q\": 1},\n{\"q\": ", "a.json: item 2 (line 2): not a whole JSON value");
        assertFails("a.json", "[{\"q\": 1}, 2]", "a.json: item 2: a JSON object was expected");
        assertFails("a.json", "{\"train\": [{\"q\": 1}], \"test\": [{\"q\": 2}]}", "several lists (train, test)");
        assertFails("a.txt", "Once upon a time", "a.txt: neither JSON nor JSON Lines");
        assertFails("a.json", "{\"q\": ", "a.json: line 1: not a whole JSON value");
    }

    @Test
    void refusesWhatFollowsTheEndOfAnArray() {
        assertFails("a.json", "[{\"q\": 1}]\n[{\"q\": 2}]\n", "a.json: line 2: something follows the closing ']'");
        assertFails("a.json", "[{\"q\": 1}\n]\n\n}", "a.json: line 4: something follows the closing ']'");
        assertFails("a.jsonl", "[{\"q\": 1}] and more", "a.jsonl: line 1: something follows the closing ']'");
        assertFails("a.json", "[]\n{\"q\": 1}", "a.json: line 2: something follows the closing ']'");
    }

    @Test
    void endsALineLongerThanAnyRealOneInOneSentence() throws IOException {
        var message = "cannot be read on (longer than 64 MiB";

        assertBombFails("line.jsonl.gz", "{\"q\": 1}\n{\"q\": \"", "a", "line.jsonl.gz: line 2: " + message);
        assertBombFails("item.json.gz", "[{\"q\": 1},\n{\"q\": [", "1,", "item.json.gz: item 2: " + message);
        assertBombFails("text.json.gz", "[{\"q\": 1},\n{\"q\": \"", "a", "text.json.gz: item 2: " + message);
        assertBombFails("object.json.gz", "{\"q\": \"", "a", "object.json.gz: cannot be read (longer than 64 MiB");
        assertBombFails("cell.csv.gz", "q,a\n1,2\n\"", "a", "cell.csv.gz: line 3: " + message);
        assertBombFails("header.csv.gz", "q,a", "a", "header.csv.gz: cannot be read (longer than 64 MiB");
    }

    @Test
    void refusesAPackedFileThatUnpacksToMoreThanItsSizeAllows() throws IOException {
        var item = ("{\"q\": \"" + "a".repeat(1 << 20) + "\"},\n").getBytes(StandardCharsets.UTF_8);
        var file = folder.resolve("many.json.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write('[');
            for (int i = 0; i < 130; i++) {
                gzip.write(item);
            }
        }

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("many.json.gz: item 128: cannot be read on (it unpacks to more than 128 MiB");
    }

    private void assertBombFails(String name, String start, String filler, String message) throws IOException {
        var file = folder.resolve(name);
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(start.getBytes(StandardCharsets.UTF_8));
            var mebibyte = filler.repeat((1 << 20) / filler.length()).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 65; i++) {
                gzip.write(mebibyte);
            }
        }
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    @Test
    void readsGzippedText() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"q\": \"one\"}\n".repeat(2000).getBytes(StandardCharsets.UTF_8));
        }
        var file = Files.write(folder.resolve("a.jsonl.gz"), packed.toByteArray());
        var half =
                Files.write(folder.resolve("half.jsonl.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() - 12));

        assertThat(read(file)).hasSize(2000);
        assertThatThrownBy(() -> read(half))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("half.jsonl.gz: line ")
                .hasMessageContaining("cannot be read on");
    }

    @Test
    void readsCsvCellsWithQuotesLineBreaksAndAByteOrderMark() throws IOException {
        var rows = rows(
                "a.csv",
                "\ufeffQuestion,Answer\r\n\"first, with\nthree \"\"lines\"\"\nin it\", 7 \r\n\r\nsecond,8\r\n");

        assertThat(column(rows, "Question")).containsExactly("first, with\nthree \"lines\"\nin it", "second");
        assertThat(column(rows, "Answer")).containsExactly(" 7 ", "8");
        assertThat(rows.get(0).place()).endsWith("a.csv: line 2");
        assertThat(column(rows("a.tsv", "q\ta\n1,5\t2\n"), "q")).containsExactly("1,5");
    }

    @Test
    void saysWhatIsWrongWithACsvFile() {
        assertFails("a.csv", "q,a\n1,2\n3\n", "a.csv: line 3: 1 cells where the header names 2 columns");
        assertFails("a.csv", "q,a\n1,2\n\"3,4\n5,6\n", "a.csv: line 3: a quoted cell is not closed");
        assertFails("a.csv", "q,q\n1,2\n", "a.csv: line 1: ");
    }

    @Test
    void readsListsAndStructuresOfAParquetFile() throws IOException {
        // Written by pyarrow with its defaults (Snappy, dictionaries), as published files are.
        try (var fixture = RowFileTest.class.getResourceAsStream("three-rows.parquet")) {
            Files.write(folder.resolve("a.parquet"), fixture.readAllBytes());
        }
        var rows = read(folder.resolve("a.parquet"));

        assertThat(column(rows, "Problem"))
                .containsExactly("Add two and three.", "Halve ten.", "Count the corners of a square.");
        assertThat(rows.get(1).cells().get("nums").toString()).isEqualTo("[10,2]");
        assertThat(rows.get(2).cells().get("nums").isNull()).isTrue();
        assertThat(rows.get(0).cells().get("score").asDouble()).isEqualTo(0.5);
        assertThat(rows.get(1).cells().get("score").isNull()).isTrue();
        assertThat(rows.get(0).cells().get("chat").get(1).get("content").asText())
                .isEqualTo("Add two and three.");
        assertThat(rows.get(2).cells().get("gold").get("value").asText()).isEqualTo("4");
        assertThat(rows.get(2).cells().get("year").asInt()).isEqualTo(2003);
        assertThat(rows.get(2).place()).endsWith("a.parquet: row 3");
    }

    @Test
    void saysWhenAParquetFileIsNoneOrCutOff() throws IOException {
        assertFails("a.parquet", "{\"q\": 1}", "a.parquet: not a Parquet file");
        assertFails("a.parquet", "PAR1 and so on, but never to the end", "a.parquet: a Parquet file that is cut off");
        assertFails("a.parquet", "PAR1 nonsense PAR1", "a.parquet: the Parquet file cannot be read");
        assertFails("a.parquet", "", "a.parquet: not a Parquet file");
    }

    @Test
    void saysWhichCompressionOfAParquetFileItDoesNotRead() throws IOException {
        var file = folder.resolve("a.parquet");
        try (var fixture = RowFileTest.class.getResourceAsStream("zstd.parquet")) {
            Files.write(file, fixture.readAllBytes());
        }

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(DatasetException.class)
                .hasMessage(file + ": compressed with ZSTD, which is not read; write it again with SNAPPY");
    }

    @Test
    void saysWhenAFileIsMissingUnknownOrOnlyAStandIn() {
        assertThatThrownBy(() -> read(folder.resolve("none.jsonl")))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith("none.jsonl: cannot be read (there is no such file)");
        assertFails("a.xlsx", "?", "a.xlsx: unknown kind of file; one of .jsonl, ");
        assertFails("a.parquet", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "only the stand-in");
    }

    @Test
    void findsAColumnWithoutRegardToCaseAndSeparators() throws IOException {
        var row = rows("a.jsonl", "{\"Record ID\": 1, \"record_id\": 2, \"PROBLEM-IDX\": 3}")
                .getFirst();

        assertThat(row.column("record_id")).contains("record_id");
        assertThat(row.column("RECORD_ID")).contains("Record ID");
        assertThat(row.column("problem_idx")).contains("PROBLEM-IDX");
        assertThat(row.column("problem")).isEmpty();
    }

    private void assertFails(String name, String content, String message) {
        assertThatThrownBy(() -> rows(name, content))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }

    private List<Row> rows(String name, String content) throws IOException {
        return read(Files.writeString(folder.resolve(name), content));
    }

    private static List<Row> read(Path file) {
        var all = new ArrayList<Row>();
        try (var rows = RowFile.open(file)) {
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                all.add(row.get());
            }
        }
        return all;
    }

    private static List<String> column(List<Row> rows, String name) {
        return rows.stream().map(row -> row.cells().get(name).asText()).toList();
    }
}
