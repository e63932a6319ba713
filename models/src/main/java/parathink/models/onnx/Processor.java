package parathink.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * What the kernels of ONNX Runtime can use of this machine's processor.
 *
 * @param cores physical cores this process may use
 * @param wideInt8 whether products of 8-bit numbers are summed in 32 bits at once; without it the sums saturate unless
 *     weights have 7 bits
 */
record Processor(int cores, boolean wideInt8) {
    static Processor here() {
        return of(System.getProperty("os.arch"), cpuinfo(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * @param cpuinfo lines of Linux's description of the processor; empty elsewhere, where the safe answer is given
     */
    static Processor of(String architecture, List<String> cpuinfo, int available) {
        boolean x86 = !architecture.toLowerCase(Locale.ROOT).startsWith("aarch64");
        var flags = cpuinfo.stream()
                .filter(line -> line.startsWith("flags"))
                .findFirst()
                .orElse("");
        boolean vnni = flags.contains(" avx512_vnni") || flags.contains(" avx_vnni");
        return new Processor(cores(cpuinfo, available), !x86 || vnni);
    }

    private static int cores(List<String> cpuinfo, int available) {
        var cores = new HashSet<String>();
        var socket = "";
        for (var line : cpuinfo) {
            if (line.startsWith("physical id")) {
                socket = line;
            } else if (line.startsWith("core id")) {
                cores.add(socket + line);
            }
        }
        return cores.isEmpty() ? available : Math.min(cores.size(), available);
    }

    private static List<String> cpuinfo() {
        var file = Path.of("/proc/cpuinfo");
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            return List.of(); // a description that cannot be read is none
        }
    }
}
