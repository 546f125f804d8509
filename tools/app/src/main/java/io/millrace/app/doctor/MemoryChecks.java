package io.millrace.app.doctor;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of memory and disk. */
final class MemoryChecks {
    private static final long MIB = 1L << 20;
    private static final Pattern HUGE_PAGES = Pattern.compile("HugePages_Total:\\s+(\\d+)");
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");
    private final Machine machine;
    private final Path journalDirectory;

    MemoryChecks(Machine machine, Path journalDirectory) {
        this.machine = machine;
        this.journalDirectory = journalDirectory;
    }

    Finding transparentHugePages() {
        String name = "transparent huge pages";
        String why = "with 'always' the kernel compacts memory under any thread's page fault";
        String path = "sys/kernel/mm/transparent_hugepage/enabled";
        Optional<String> text = machine.text(path);
        Matcher chosen = CHOSEN.matcher(text.orElse(""));
        if (!chosen.find()) {
            return Finding.unknown(name, "/" + path + " is not readable", why, "");
        }
        return chosen.group(1).equals("always")
                ? Finding.warn(
                        name,
                        "always",
                        why,
                        "echo madvise > /" + path + ", and start with -XX:+UseTransparentHugePages")
                : Finding.ok(name, chosen.group(1), why);
    }

    Finding hugePages() {
        String name = "huge pages";
        String why = "heap and books on 2 MiB pages miss the TLB far less";
        Matcher total = HUGE_PAGES.matcher(machine.text("proc/meminfo").orElse(""));
        if (!total.find()) {
            return Finding.unknown(name, "/proc/meminfo has no HugePages_Total", why, "");
        }
        return total.group(1).equals("0")
                ? Finding.warn(
                        name, "none reserved", why, "sysctl vm.nr_hugepages=1024 and start with -XX:+UseLargePages")
                : Finding.ok(name, total.group(1) + " reserved", why);
    }

    Finding swap() {
        String name = "swap";
        String why = "one page of the heap on disk stops everything for milliseconds";
        Optional<String> swaps = machine.text("proc/swaps");
        if (swaps.isEmpty()) {
            return Finding.unknown(name, "/proc/swaps is not readable", why, "");
        }
        long areas = swaps.get().lines().skip(1).count();
        String swappiness = machine.text("proc/sys/vm/swappiness").orElse("?");
        return areas == 0
                ? Finding.ok(name, "none", why)
                : Finding.warn(
                        name,
                        areas + " areas, vm.swappiness=" + swappiness,
                        why,
                        "swapoff -a, or at least sysctl vm.swappiness=1");
    }

    Finding numaBalancing() {
        String name = "NUMA balancing";
        String why = "it unmaps pages to see who touches them, and moves them";
        Optional<String> value = machine.text("proc/sys/kernel/numa_balancing");
        if (value.isEmpty()) {
            return Finding.unknown(
                    name, "/proc/sys/kernel/numa_balancing is not there: one node or not built in", why, "");
        }
        return value.get().equals("0")
                ? Finding.ok(name, "off", why)
                : Finding.warn(name, "on", why, "sysctl kernel.numa_balancing=0 and bind the process to one node");
    }

    Finding sharedMemory() {
        return space("shared memory", machine.root().resolve("dev/shm"), 512 * MIB, "Aeron and counters live there");
    }

    Finding journalDisk() {
        return space(
                "journal disk",
                journalDirectory,
                10_240 * MIB,
                "every event is written there; below the low watermark no new entries are made");
    }

    private Finding space(String name, Path path, long neededBytes, String why) {
        Optional<Long> usable = machine.usableBytes(path);
        if (usable.isEmpty()) {
            return Finding.unknown(name, path + " cannot be looked at", why, "");
        }
        String read = String.format(Locale.ROOT, "%,d MiB free at %s", usable.get() / MIB, path);
        return usable.get() >= neededBytes
                ? Finding.ok(name, read, why)
                : Finding.warn(
                        name, read, why, String.format(Locale.ROOT, "make room: at least %,d MiB", neededBytes / MIB));
    }
}
