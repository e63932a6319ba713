package parathink.eval.directory;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Puts the lines of a file in the order of problem, repeat and path without holding them in memory: only where each line
 * begins. Of lines with the same place the last is kept.
 */
final class LineSorter {
    private final Map<String, Integer> rank = new HashMap<>();

    LineSorter(Collection<String> problems) {
        for (var problem : problems) {
            rank.putIfAbsent(problem, rank.size());
        }
    }

    private record Place(int problem, int repeat, String path, long offset, int length) {
        static final Comparator<Place> ORDER = Comparator.comparingInt(Place::problem)
                .thenComparingInt(Place::repeat)
                .thenComparing(Place::path, ForkPath.ORDER);
    }

    void sort(Path file) throws IOException {
        var places = new ArrayList<Place>();
        new LineFile(file).read((json, offset, length) -> places.add(place(json, offset, length)));
        places.sort(Place.ORDER); // stable: lines with the same place stay in the order they were appended in
        var temporary = file.resolveSibling("." + file.getFileName() + ".new");
        try (var in = new RandomAccessFile(file.toFile(), "r");
                var out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
            for (int i = 0; i < places.size(); i++) {
                var place = places.get(i);
                if (i + 1 < places.size() && Place.ORDER.compare(place, places.get(i + 1)) == 0) {
                    continue;
                }
                var line = new byte[place.length()];
                in.seek(place.offset());
                in.readFully(line);
                out.write(line);
            }
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
        Results.move(temporary, file);
    }

    private Place place(Json json, long offset, int length) {
        var problem = json.text("problem");
        var at = rank.get(problem);
        if (at == null) {
            throw new IllegalArgumentException("the problem '%s' is not one of this run".formatted(problem));
        }
        return new Place(at, json.integer("repeat"), json.optionalText("path").orElse(""), offset, length);
    }
}
