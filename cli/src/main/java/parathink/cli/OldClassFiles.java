package parathink.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites jars whose classes are in the format of Java 5, without the stack maps that came with Java 6: the JVM takes none
 * of these into its start-up cache, and the largest part of our start-up is picocli. What the classes do stays the same.
 */
public final class OldClassFiles {
    private static final ClassFile CLASSES = ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS,
            ClassHierarchyResolverOption.of(
                    ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));
    private static final ClassTransform RENEWAL = ((ClassTransform) (renewed, part) -> {
                if (part instanceof ClassFileVersion) {
                    renewed.withVersion(ClassFile.JAVA_8_VERSION, 0);
                } else {
                    renewed.with(part);
                }
            })
            // Code that nothing changes would be copied as it stands, without stack maps.
            .andThen(ClassTransform.transformingMethodBodies((CodeTransform) (code, part) -> code.with(part)));

    private OldClassFiles() {}

    /** Rewrites the jars given, each whole or not at all. Their classes must be on the class path. */
    public static void main(String[] jars) throws IOException {
        for (var jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    /** Puts a new file into the place of the jar; other links to the old one still lead to it. */
    static void rewrite(Path jar) throws IOException {
        var fresh = jar.resolveSibling(jar.getFileName() + ".new");
        try (var old = new ZipFile(jar.toFile());
                var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(fresh)))) {
            for (var entries = old.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                var copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                var bytes = old.getInputStream(entry).readAllBytes();
                out.write(entry.getName().endsWith(".class") ? renewed(bytes) : bytes);
            }
        }
        Files.move(fresh, jar, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The class in a newer format; as it was when it is new enough, or would not pass the JVM's checks. */
    static byte[] renewed(byte[] bytes) {
        var model = CLASSES.parse(bytes);
        if (model.majorVersion() >= ClassFile.JAVA_6_VERSION) {
            return bytes;
        }
        try {
            var renewed = CLASSES.transformClass(model, RENEWAL);
            return CLASSES.verify(renewed).isEmpty() ? renewed : bytes;
        } catch (IllegalArgumentException e) {
            return bytes; // an instruction that only the old format has
        }
    }
}
