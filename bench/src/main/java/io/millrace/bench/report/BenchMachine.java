package io.millrace.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What measured: processor, system, JVM, and the settings of the host that speed hangs on. */
final class BenchMachine {
    private static final String UNKNOWN = "not told";

    private BenchMachine() {}

    /**
     * Looks.
     *
     * @param isFull whether every row was asked for.
     */
    static Map<String, Object> look(boolean isFull) {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("cpu", cpu());
        machine.put("cores", Runtime.getRuntime().availableProcessors());
        machine.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        machine.put("jdk", ManagementFactory.getRuntimeMXBean().getVmVersion());
        machine.put("flags", String.join(" ", flags()));
        machine.put("governor", read("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"));
        machine.put("transparentHugePages", read("/sys/kernel/mm/transparent_hugepage/enabled"));
        machine.put("isolatedCores", read("/sys/devices/system/cpu/isolated"));
        machine.put("busyPoll", read("/proc/sys/net/core/busy_poll"));
        machine.put("loadBefore", read("/proc/loadavg"));
        machine.put("set", isFull ? "full" : "short");
        return machine;
    }

    /** The flags of the measuring process, which those that it starts have too, without what opens modules. */
    private static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("--add-") && !flag.startsWith("-javaagent"))
                .toList();
    }

    private static String cpu() {
        for (String line : read("/proc/cpuinfo").lines().toList()) {
            if (line.startsWith("model name")) {
                return line.substring(line.indexOf(':') + 1).trim();
            }
        }
        return UNKNOWN;
    }

    private static String read(String file) {
        try {
            String text = Files.readString(Path.of(file)).trim();
            return text.isEmpty() ? "none" : text;
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
