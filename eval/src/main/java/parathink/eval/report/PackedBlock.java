package parathink.eval.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A part of the page that is compressed and only unpacked when a reader asks for it. Base64 has no character that could end
 * the element it stands in.
 *
 * @param id of its element
 * @param base64 the compressed bytes
 */
record PackedBlock(String id, String base64) {
    /** Writes what is to be compressed. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    static PackedBlock of(String id, Content content) throws IOException {
        return of(id, content, Deflater.DEFAULT_COMPRESSION);
    }

    static PackedBlock of(String id, Content content, int level) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new LevelledGzip(packed, level)) {
            content.writeTo(gzip);
        }
        return new PackedBlock(id, Base64.getEncoder().encodeToString(packed.toByteArray()));
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(("<script type=\"application/gzip\" id=\"" + id + "\">").getBytes(StandardCharsets.US_ASCII));
        out.write(base64.getBytes(StandardCharsets.US_ASCII));
        out.write("</script>\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static final class LevelledGzip extends GZIPOutputStream {
        LevelledGzip(OutputStream out, int level) throws IOException {
            super(out, 1 << 15);
            def.setLevel(level);
        }
    }
}
