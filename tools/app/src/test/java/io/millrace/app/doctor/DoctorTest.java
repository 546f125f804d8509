package io.millrace.app.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.app.doctor.Finding.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final List<String> GOOD_ARGUMENTS = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    @TempDir
    Path root;

    @Test
    void shouldFindNothingToChangeOnATunedMachine() throws IOException {
        write("sys/devices/system/cpu/online", "0-7\n");
        write("sys/devices/system/cpu/isolated", "2-7\n");
        write("sys/devices/system/cpu/nohz_full", "2-7\n");
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        write("sys/devices/system/cpu/cpuidle/current_driver", "none\n");
        write("sys/devices/system/cpu/smt/active", "0\n");
        write("proc/cpuinfo", "flags\t\t: fpu tsc\n");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc\n");
        write("proc/interrupts", "           CPU0\n  24:  17  PCI-MSI 524288-edge  ens5-Tx-Rx-0\n");
        write("proc/irq/24/smp_affinity_list", "0-1\n");
        write("proc/sys/net/core/rmem_max", "16777216\n");
        write("proc/self/limits", limits("1048576", "unlimited"));
        write("proc/77/comm", "chronyd\n");
        write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        write("proc/meminfo", "MemTotal: 1 kB\nHugePages_Total:    1024\n");
        write("proc/swaps", "Filename Type Size Used Priority\n");
        write("proc/sys/kernel/numa_balancing", "0\n");

        Map<String, Finding> findings = examine(17, GOOD_ARGUMENTS);

        findings.remove("shared memory");
        findings.remove("journal disk");
        findings.values().forEach(finding -> assertEquals(Status.OK, finding.status(), finding.toString()));
        assertEquals(19, findings.size());
    }

    @Test
    void shouldSayWhatToChangeOnAnUntunedMachine() throws IOException {
        write("sys/devices/system/cpu/online", "0-7\n");
        write("sys/devices/system/cpu/isolated", "\n");
        write("sys/devices/system/cpu/nohz_full", "(null)\n");
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "performance\n");
        write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave\n");
        write("sys/devices/system/cpu/cpuidle/current_driver", "intel_idle\n");
        write("sys/devices/system/cpu/smt/active", "1\n");
        write("proc/cpuinfo", "flags\t\t: fpu hypervisor tsc\n");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "hpet\n");
        write("proc/interrupts", "  24:  17  PCI-MSI 524288-edge  ens5-Tx-Rx-0\n");
        write("proc/sys/net/core/rmem_max", "212992\n");
        write("proc/self/limits", limits("1024", "65536"));
        write("proc/91/comm", "irqbalance\n");
        write("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never\n");
        write("proc/meminfo", "HugePages_Total:    0\n");
        write("proc/swaps", "Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n");
        write("proc/sys/kernel/numa_balancing", "1\n");

        Map<String, Finding> findings = examine(21, List.of());

        findings.remove("shared memory");
        findings.remove("journal disk");
        findings.values().forEach(finding -> {
            assertEquals(Status.WARN, finding.status(), finding.toString());
            assertFalse(finding.change().isEmpty(), finding.toString());
            assertFalse(finding.why().isEmpty(), finding.toString());
        });
        assertTrue(findings.get("frequency governor").read().contains("performance, powersave"));
        assertTrue(findings.get("isolated cores").change().contains("2-7"));
    }

    @Test
    void shouldNameTheInterruptWhenItIsOnAnIsolatedCore() throws IOException {
        write("sys/devices/system/cpu/isolated", "2-7\n");
        write("proc/interrupts", "  24:  17  PCI-MSI 524288-edge  ens5-Tx-Rx-0\n  25: 1 PCI virtio0-input.0\n");
        write("proc/irq/24/smp_affinity_list", "0-1\n");
        write("proc/irq/25/smp_affinity_list", "0-7\n");

        Finding finding = examine(17, GOOD_ARGUMENTS).get("interrupts");

        assertEquals(Status.WARN, finding.status());
        assertTrue(finding.read().contains("25 (virtio0-input.0) on 0-7"), finding.read());
    }

    @Test
    void shouldAnswerUnknownWhenNothingCanBeRead() {
        Map<String, Finding> findings = examine(17, GOOD_ARGUMENTS);

        List.of("isolated cores", "frequency governor", "clock source", "interrupts", "open files", "swap")
                .forEach(name -> assertEquals(Status.UNKNOWN, findings.get(name).status(), name));
    }

    @Test
    void shouldAnswerUnknownWhenAFileHoldsNonsense() throws IOException {
        write("sys/devices/system/cpu/online", "0-7\n");
        write("sys/devices/system/cpu/isolated", "two to seven\n");

        assertEquals(
                Status.UNKNOWN,
                examine(17, GOOD_ARGUMENTS).get("isolated cores").status());
    }

    private Map<String, Finding> examine(int jdk, List<String> arguments) {
        return new Doctor(new Machine(root, jdk, "test", arguments), root.resolve("journal"))
                .examine().stream().collect(Collectors.toMap(Finding::name, Function.identity()));
    }

    private static String limits(String files, String locked) {
        return "Limit                     Soft Limit           Hard Limit           Units\n"
                + "Max open files            " + files + "              1048576              files\n"
                + "Max locked memory         " + locked + "            unlimited            bytes\n";
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
