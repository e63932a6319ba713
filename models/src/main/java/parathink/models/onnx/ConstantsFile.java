package parathink.models.onnx;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import parathink.models.ModelException;

/**
 * The constants of a graph in a file of their own, from which ONNX Runtime maps them: the constants, each where a page of
 * memory begins; an index in JSON with the place and checksum of each; the length and checksum of the index. A file that
 * ends early, is longer or has one other bit is not opened. Thread-safe.
 */
final class ConstantsFile {
    private static final byte[] MAGIC = "ptconst1".getBytes(US_ASCII);
    private static final long PAGE = 4096;
    private static final long PIECE = 1 << 24; // bytes written or summed at once
    private static final int BUFFER = 1 << 20; // bytes read at once
    private static final int END = 24; // bytes: length of the index, its checksum, the magic
    private static final long LONGEST_INDEX = 1 << 26;
    private static final ObjectMapper JSON = new JsonMapper();

    private final Path path;
    private final Map<String, Entry> entries;

    /**
     * What a file is for.
     *
     * @param key names all that its bits depend on
     * @param model name of the model, for people
     * @param mode numeric mode, for people
     */
    record About(String key, String model, String mode) {}

    private record Entry(Constant constant, long offset, long crc32c) {}

    private record Index(About about, List<Entry> constants) {}

    private ConstantsFile(Path path, List<Entry> entries) {
        this.path = path;
        this.entries = entries.stream().collect(Collectors.toMap(entry -> entry.constant.name(), entry -> entry));
    }

    /**
     * Works out a graph's constants and writes them, one computation in memory at a time.
     *
     * @param file is there and is overwritten
     */
    static void write(Path file, OnnxGraph graph, About about) throws IOException {
        try (var channel = FileChannel.open(file, WRITE, TRUNCATE_EXISTING)) {
            var entries = new ArrayList<Entry>();
            for (var computation : graph.computations()) {
                write(channel, computation, entries);
            }
            var index = MemorySegment.ofArray(JSON.writeValueAsBytes(new Index(about, entries)));
            put(channel, index);
            var end = ByteBuffer.allocate(END).order(ByteOrder.LITTLE_ENDIAN);
            end.putLong(index.byteSize()).putLong(sum(index)).put(MAGIC);
            put(channel, MemorySegment.ofArray(end.array()));
            channel.force(true); // before it gets its name: no name stands for half a file
        }
    }

    private static void write(FileChannel channel, OnnxGraph.Computation computation, List<Entry> entries)
            throws IOException {
        try (var arena = Arena.ofShared()) { // several threads fill it
            var data = new ArrayList<MemorySegment>();
            for (var constant : computation.constants()) {
                data.add(arena.allocate(constant.bytes()));
            }
            computation.filler().fill(data);
            for (int i = 0; i < data.size(); i++) {
                long at = (channel.position() + PAGE - 1) / PAGE * PAGE;
                channel.position(at);
                put(channel, data.get(i));
                entries.add(new Entry(computation.constants().get(i), at, sum(data.get(i))));
            }
        }
    }

    private static void put(FileChannel channel, MemorySegment data) throws IOException {
        for (long at = 0; at < data.byteSize(); at += PIECE) {
            var piece = data.asSlice(at, Math.min(PIECE, data.byteSize() - at)).asByteBuffer();
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
    }

    /**
     * Opens a file that was written for this key and has exactly these constants. All of it is read once, which costs little: the
     * runtime maps it right afterwards, and finds it in memory.
     *
     * @throws IOException when it is not there, is damaged or is another one; the message says which
     */
    static ConstantsFile open(Path file, String key, List<Constant> wanted) throws IOException {
        try (var channel = FileChannel.open(file)) {
            var index = index(channel);
            if (!index.about.key.equals(key)
                    || !index.constants.stream().map(Entry::constant).toList().equals(wanted)) {
                throw new IOException("it is for another model");
            }
            if (!index.constants.parallelStream().allMatch(entry -> agrees(channel, entry))) {
                throw new IOException("a checksum does not agree");
            }
            return new ConstantsFile(file, index.constants);
        }
    }

    private static boolean agrees(FileChannel channel, Entry entry) {
        var crc = new CRC32C();
        var buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, entry.constant.bytes()));
        long end = entry.offset + entry.constant.bytes();
        try {
            for (long at = entry.offset; at < end; at += buffer.capacity()) {
                crc.update(read(channel, at, buffer.clear().limit((int) Math.min(buffer.capacity(), end - at))));
            }
        } catch (IOException | IllegalArgumentException e) {
            return false; // it ends before the constant does, or the place is none
        }
        return crc.getValue() == entry.crc32c;
    }

    /** Fills a buffer from a place of the file on. */
    private static ByteBuffer read(FileChannel channel, long from, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new EOFException("cut short");
            }
        }
        return buffer.flip();
    }

    /** What a file is for, by its index alone. */
    static About about(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return index(channel).about;
        }
    }

    private static Index index(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < END) {
            throw new IOException("cut short");
        }
        var end = read(channel, size - END, ByteBuffer.allocate(END)).order(ByteOrder.LITTLE_ENDIAN);
        long length = end.getLong();
        long sum = end.getLong();
        if (!end.equals(ByteBuffer.wrap(MAGIC)) || length < 2 || length > Math.min(LONGEST_INDEX, size - END)) {
            throw new IOException("cut short, or of another version");
        }
        var text = read(channel, size - END - length, ByteBuffer.allocate((int) length));
        if (sum(MemorySegment.ofBuffer(text)) != sum) {
            throw new IOException("its index is damaged");
        }
        return JSON.readValue(text.array(), Index.class);
    }

    private static long sum(MemorySegment data) {
        var crc = new CRC32C();
        for (long at = 0; at < data.byteSize(); at += PIECE) {
            crc.update(data.asSlice(at, Math.min(PIECE, data.byteSize() - at)).asByteBuffer());
        }
        return crc.getValue();
    }

    Path path() {
        return path;
    }

    /** Where a constant begins in the file. */
    long offset(String constant) {
        return entries.get(constant).offset;
    }

    /** Reads a small constant. */
    MemorySegment data(String constant) {
        var entry = entries.get(constant);
        try (var channel = FileChannel.open(path)) {
            var buffer = ByteBuffer.allocate(Math.toIntExact(entry.constant.bytes()));
            return MemorySegment.ofBuffer(read(channel, entry.offset, buffer));
        } catch (IOException e) {
            throw new ModelException(
                    ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }
}
