package parathink.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OldClassFilesTest {
    private static final MethodTypeDesc INT_TO_INT = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);

    /** A class of Java 5 with a branch, which needs a stack map since Java 6: {@code static int sign(int n)}. */
    private static byte[] oldClass() {
        return ClassFile.of(StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of("Old"),
                        type -> type.withVersion(ClassFile.JAVA_5_VERSION, 0)
                                .withMethodBody(
                                        "sign",
                                        INT_TO_INT,
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.iload(0)
                                                .ifThenElse(
                                                        Opcode.IFLT,
                                                        negative -> negative.iconst_m1()
                                                                .ireturn(),
                                                        other ->
                                                                other.iconst_1().ireturn())));
    }

    private static Path jar(Path folder) throws IOException {
        var jar = folder.resolve("old.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("Old.class"));
            out.write(oldClass());
            out.putNextEntry(new ZipEntry("notes.txt"));
            out.write("as it was".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    @Test
    void givesOldClassesANewFormatAndTheSameBehaviour(@TempDir Path folder) throws Exception {
        var jar = jar(folder);

        OldClassFiles.rewrite(jar);

        try (var zip = new ZipFile(jar.toFile());
                var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            var bytes = zip.getInputStream(zip.getEntry("Old.class")).readAllBytes();
            assertThat(ClassFile.of().parse(bytes).majorVersion()).isEqualTo(ClassFile.JAVA_8_VERSION);
            assertThat(zip.getInputStream(zip.getEntry("notes.txt")).readAllBytes())
                    .asString()
                    .isEqualTo("as it was");
            var sign = loader.loadClass("Old").getMethod("sign", int.class);
            assertThat(sign.invoke(null, -7)).isEqualTo(-1);
            assertThat(sign.invoke(null, 7)).isEqualTo(1);
        }
    }

    @Test
    void leavesNewClassesAlone() throws IOException {
        try (var in = OldClassFilesTest.class.getResourceAsStream("OldClassFilesTest.class")) {
            var bytes = in.readAllBytes();

            assertThat(OldClassFiles.renewed(bytes)).isSameAs(bytes);
        }
    }

    @Test
    void leavesOtherLinksToTheJarAsTheyWere(@TempDir Path folder) throws IOException {
        var jar = jar(folder);
        var link = Files.createLink(folder.resolve("link.jar"), jar);
        var before = Files.readAllBytes(link);

        OldClassFiles.rewrite(jar);

        assertThat(Files.readAllBytes(link)).isEqualTo(before);
        assertThat(Files.readAllBytes(jar)).isNotEqualTo(before);
    }
}
