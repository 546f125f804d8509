package io.millrace.app.doctor;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of interrupts, limits, time and the JDK. */
final class SystemChecks {
    private static final Pattern NIC =
            Pattern.compile("^\\s*(\\d+):.*\\b((?:eth|ens|enp|eno|mlx|ena|virtio\\d+-(?:in|out)put)\\S*)");
    private static final long SOCKET_BUFFER_BYTES = 4L << 20;
    private static final long OPEN_FILES = 4096;
    private final Machine machine;

    SystemChecks(Machine machine) {
        this.machine = machine;
    }

    Finding nicInterrupts() {
        String name = "interrupts";
        String why = "a network interrupt on a pinned core takes time from the thread there";
        BitSet isolated =
                CoreList.parse(machine.text("sys/devices/system/cpu/isolated").orElse(""));
        List<String> clashing = new ArrayList<>();
        int found = 0;
        for (String line : machine.text("proc/interrupts").orElse("").lines().toList()) {
            Matcher nic = NIC.matcher(line);
            if (nic.find()) {
                found++;
                String allowed = machine.text("proc/irq/" + nic.group(1) + "/smp_affinity_list")
                        .orElse("");
                if (CoreList.parse(allowed).intersects(isolated)) {
                    clashing.add(nic.group(1) + " (" + nic.group(2) + ") on " + allowed);
                }
            }
        }
        if (found == 0) {
            return Finding.unknown(name, "no network device in /proc/interrupts", why, "");
        }
        if (isolated.isEmpty()) {
            return Finding.warn(
                    name,
                    found + " network interrupts, no isolated cores to keep them off",
                    why,
                    "isolate cores first, then write the others to /proc/irq/N/smp_affinity_list");
        }
        return clashing.isEmpty()
                ? Finding.ok(name, found + " network interrupts, none on isolated cores", why)
                : Finding.warn(
                        name,
                        "on isolated cores: " + String.join("; ", clashing),
                        why,
                        "write other cores to /proc/irq/N/smp_affinity_list");
    }

    Finding irqbalance() {
        String name = "irqbalance";
        String why = "it moves interrupts back to where they were taken away from";
        return machine.isRunning("irqbalance")
                ? Finding.warn(
                        name, "runs", why, "systemctl disable --now irqbalance, or ban the isolated cores in its setup")
                : Finding.ok(name, "does not run", why);
    }

    Finding socketBuffers() {
        String name = "socket buffers";
        String why = "while market data stops being read, the kernel holds it only up to this size";
        String path = "proc/sys/net/core/rmem_max";
        Optional<String> text = machine.text(path);
        if (text.isEmpty()) {
            return Finding.unknown(name, "/" + path + " is not readable", why, "");
        }
        String read = "net.core.rmem_max=" + text.get();
        return Long.parseLong(text.get()) >= SOCKET_BUFFER_BYTES
                ? Finding.ok(name, read, why)
                : Finding.warn(name, read, why, "sysctl net.core.rmem_max=" + SOCKET_BUFFER_BYTES);
    }

    Finding openFiles() {
        String name = "open files";
        String why = "every connection and every journal file takes one; at the limit new ones fail";
        Optional<String> soft = limit("Max open files");
        if (soft.isEmpty()) {
            return Finding.unknown(name, "/proc/self/limits is not readable", why, "");
        }
        boolean enough = soft.get().equals("unlimited") || Long.parseLong(soft.get()) >= OPEN_FILES;
        return enough
                ? Finding.ok(name, soft.get(), why)
                : Finding.warn(name, soft.get(), why, "ulimit -n " + OPEN_FILES + " or LimitNOFILE= of the service");
    }

    Finding lockedMemory() {
        String name = "locked memory";
        String why = "large pages and memory that must not be swapped need it";
        Optional<String> soft = limit("Max locked memory");
        if (soft.isEmpty()) {
            return Finding.unknown(name, "/proc/self/limits is not readable", why, "");
        }
        return soft.get().equals("unlimited")
                ? Finding.ok(name, soft.get(), why)
                : Finding.warn(
                        name,
                        soft.get() + " bytes",
                        why,
                        "ulimit -l unlimited or LimitMEMLOCK=infinity of the service");
    }

    Finding timeSync() {
        String name = "time";
        String why = "the venue refuses orders whose time stamp is off by more than a second";
        for (String daemon : List.of("chronyd", "ntpd", "systemd-timesyn", "phc2sys")) {
            if (machine.isRunning(daemon)) {
                return Finding.ok(name, daemon + " runs", why);
            }
        }
        return machine.text("run/systemd/timesync/synchronized").isPresent()
                ? Finding.ok(name, "systemd-timesyncd says synchronized", why)
                : Finding.warn(
                        name,
                        "no chronyd, ntpd or timesyncd runs here",
                        why,
                        "run chronyd, or see that the host's clock is kept");
    }

    Finding jdk() {
        String name = "JDK";
        String why = "built for 17, tested on 17 and 25";
        String read = machine.jdkFeature() + ", " + machine.jdkName();
        return machine.jdkFeature() == 17 || machine.jdkFeature() == 25
                ? Finding.ok(name, read, why)
                : Finding.warn(name, read, why, "use 17 or 25");
    }

    Finding jvmOptions() {
        String name = "JVM options";
        String why = "heap that is touched for the first time while trading costs a page fault each 4 KiB";
        boolean touched = machine.jvmArguments().contains("-XX:+AlwaysPreTouch");
        String min = argument("-Xms");
        String max = argument("-Xmx");
        String read = (touched ? "AlwaysPreTouch, " : "no AlwaysPreTouch, ") + "-Xms" + min + " -Xmx" + max;
        return touched && !min.equals("?") && min.toLowerCase(Locale.ROOT).equals(max.toLowerCase(Locale.ROOT))
                ? Finding.ok(name, read, why)
                : Finding.warn(
                        name,
                        read,
                        why,
                        "start through tools/millrace, or give -XX:+AlwaysPreTouch and -Xms equal to -Xmx");
    }

    private String argument(String prefix) {
        return machine.jvmArguments().stream()
                .filter(argument -> argument.startsWith(prefix))
                .reduce((first, last) -> last)
                .map(argument -> argument.substring(prefix.length()))
                .orElse("?");
    }

    private Optional<String> limit(String label) {
        return machine.text("proc/self/limits")
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith(label))
                        .map(line -> line.substring(label.length()).strip().split("\\s+", -1)[0])
                        .findFirst());
    }
}
