package parathink.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hash is remembered as long as nothing tells that a file has changed. */
final class KnownHashesTest {
    @TempDir
    Path folder;

    private Path file;
    private Path notes;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("w"), "abc");
        notes = folder.resolve("hashes");
    }

    private String hash() {
        return new KnownHashes(notes).of(List.of(file));
    }

    /** Puts a note there as an earlier start would have left it, with another hash, so that its use shows. */
    private void noteDown(String path, long size) throws IOException {
        var seen = "{\"path\":\"%s\",\"size\":%d,\"modified\":%d,\"changed\":%d,\"identity\":\"%s\"}"
                .formatted(
                        path,
                        size,
                        nanos(Files.getLastModifiedTime(file)),
                        nanos((FileTime) Files.getAttribute(file, "unix:ctime")),
                        Files.getAttribute(file, "unix:ino"));
        Files.createDirectories(notes);
        var name = WeightsHash.ofWords(List.of(file.toRealPath().toString())) + ".json";
        Files.writeString(notes.resolve(name), "{\"files\":[" + seen + "],\"hash\":\"sha256:noted\"}");
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    @Test
    void aHashOnRecordIsTakenForTheSameFile() throws IOException {
        noteDown(file.toRealPath().toString(), 3);

        assertThat(hash()).isEqualTo("sha256:noted");
    }

    /** The SHA-256 of "abc" is the first example of FIPS 180. */
    @Test
    void aFileOfAnotherSizeOrTimeIsHashedAgain() throws IOException {
        var abc = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        noteDown(file.toRealPath().toString(), 4);
        assertThat(hash()).isEqualTo(abc);

        noteDown(file.toRealPath().toString(), 3);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        assertThat(hash()).isEqualTo(abc);
    }

    /** Only the time of its entry tells of a file that was rewritten with its old time; nobody can set that. */
    @Test
    void aFileWithItsOldTimeAndOtherBytesIsHashedAgain() throws IOException {
        noteDown(file.toRealPath().toString(), 3);
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "abd");
        Files.setLastModifiedTime(file, time);

        assertThat(hash()).isEqualTo("sha256:a52d159f262b2c6ddb724a61840befc36eb30c88877a4030b65cbe86298449c9");
    }

    @Test
    void aFileThatHasJustChangedIsNotRemembered() {
        hash();

        assertThat(notes).doesNotExist();
    }

    @Test
    void aDamagedNoteIsNoNote() throws IOException {
        noteDown(file.toRealPath().toString(), 3);
        try (var all = Files.list(notes)) {
            Files.writeString(all.findFirst().orElseThrow(), "{\"files\":[");
        }

        assertThat(hash()).startsWith("sha256:ba7816bf");
    }
}
