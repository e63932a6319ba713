package parathink.models.onnx;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import parathink.models.ModelException;

/**
 * The weights of a model folder: the files that {@code model.safetensors.index.json} names, or every safetensors file
 * where there is no index.
 *
 * @param files in the order of their names; at least one
 */
record WeightFiles(List<Path> files) {
    private static final String INDEX = "model.safetensors.index.json";

    WeightFiles {
        files = List.copyOf(files);
    }

    /** Finds the files of a folder. */
    static WeightFiles in(Path folder) {
        var index = folder.resolve(INDEX);
        var found = Files.isRegularFile(index) ? named(index) : all(folder);
        if (found.files.isEmpty()) {
            throw new ModelException(
                    ModelException.Kind.MISSING,
                    "%s: no *.safetensors in it; weights in other formats are not read".formatted(folder));
        }
        return found;
    }

    private static WeightFiles named(Path index) {
        var names = new TreeSet<String>();
        try {
            new JsonMapper().readTree(index.toFile()).path("weight_map").forEach(name -> names.add(name.asText()));
        } catch (IOException e) {
            throw unreadable(index, e);
        }
        for (var name : names) {
            // a name with a folder in it could point anywhere
            if (!name.matches("[^/\\\\\\x00]*\\.safetensors")) {
                throw new ModelException(
                        ModelException.Kind.UNUSABLE,
                        "%s: weight_map names '%s', which is no safetensors file of this folder"
                                .formatted(index, name));
            }
            if (!Files.isRegularFile(index.resolveSibling(name))) {
                throw new ModelException(
                        ModelException.Kind.MISSING, "%s: the file %s is not there".formatted(index, name));
            }
        }
        return new WeightFiles(names.stream().map(index::resolveSibling).toList());
    }

    private static WeightFiles all(Path folder) {
        try (var files = Files.list(folder)) {
            return new WeightFiles(files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .toList());
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The files' content by name, for as long as the arena is open. */
    Map<String, MemorySegment> map(Arena arena) {
        var content = new LinkedHashMap<String, MemorySegment>();
        for (var file : files) {
            try (var channel = FileChannel.open(file)) {
                content.put(file.toString(), channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return content;
    }

    private static ModelException unreadable(Path file, IOException e) {
        var reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return new ModelException(ModelException.Kind.UNUSABLE, "%s: cannot be read: %s".formatted(file, reason), e);
    }
}
