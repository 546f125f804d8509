package io.millrace.app.doctor;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** Checks of cores, their frequency and clock. */
final class CpuChecks {
    private static final String CPU = "sys/devices/system/cpu/";
    private final Machine machine;

    CpuChecks(Machine machine) {
        this.machine = machine;
    }

    Finding isolatedCores() {
        String name = "isolated cores";
        String why = "a pinned thread on a core that the scheduler also gives to others waits for milliseconds";
        Optional<String> isolated = machine.text(CPU + "isolated");
        BitSet online = CoreList.parse(machine.text(CPU + "online").orElse(""));
        if (isolated.isEmpty() || online.isEmpty()) {
            return Finding.unknown(name, "/" + CPU + "isolated is not readable", why, "");
        }
        String read = online.cardinality() + " cores online, isolated: "
                + (isolated.get().isEmpty() ? "none" : isolated.get());
        if (!CoreList.parse(isolated.get()).isEmpty()) {
            return Finding.ok(name, read, why);
        }
        if (online.cardinality() <= 4) {
            return Finding.warn(
                    name,
                    read,
                    why,
                    "use topology single here; a machine with 8 cores or more can give isolcpus=managed_irq,domain,2-7");
        }
        return Finding.warn(
                name,
                read,
                why,
                "boot with isolcpus=managed_irq,domain,2-" + (online.length() - 1)
                        + " and set engine.cores to cores of that range");
    }

    Finding tickless() {
        String name = "quiet cores";
        String why = "the scheduler's tick and RCU callbacks interrupt a spinning thread up to 1,000 times a second";
        Optional<String> full = machine.text(CPU + "nohz_full");
        if (full.isEmpty()) {
            return Finding.unknown(name, "/" + CPU + "nohz_full is not readable", why, "");
        }
        boolean none = CoreList.parse(full.get()).isEmpty();
        String read = "nohz_full: " + (none ? "none" : full.get());
        return none
                ? Finding.warn(name, read, why, "boot with nohz_full= and rcu_nocbs= naming the isolated cores")
                : Finding.ok(name, read, why);
    }

    Finding governor() {
        String name = "frequency governor";
        String why = "a core that has to speed up first serves the first events of a burst at a fraction of its speed";
        TreeSet<String> governors = new TreeSet<>();
        for (String cpu : machine.names(CPU)) {
            machine.text(CPU + cpu + "/cpufreq/scaling_governor").ifPresent(governors::add);
        }
        if (governors.isEmpty()) {
            return Finding.unknown(
                    name,
                    "no /" + CPU + "cpu*/cpufreq here, as in most virtual machines",
                    why,
                    "ask who runs the host");
        }
        String read = "governors in use: " + String.join(", ", governors);
        return governors.equals(new TreeSet<>(List.of("performance")))
                ? Finding.ok(name, read, why)
                : Finding.warn(name, read, why, "cpupower frequency-set -g performance");
    }

    Finding idleStates() {
        String name = "idle states";
        String why = "waking from a deep idle state takes up to hundreds of microseconds";
        Optional<String> driver = machine.text(CPU + "cpuidle/current_driver");
        if (driver.isEmpty()) {
            return Finding.unknown(name, "/" + CPU + "cpuidle/current_driver is not readable", why, "");
        }
        String read = "driver " + driver.get();
        if (driver.get().equals("none") || driver.get().equals("haltpoll")) {
            return Finding.ok(name, read, why);
        }
        return Finding.warn(
                name,
                read,
                why,
                "let hot threads spin (engine.idle: spin on cores of their own), or boot with processor.max_cstate=1");
    }

    Finding hyperThreads() {
        String name = "hyper-threads";
        String why = "two threads on one physical core share its caches and execution units";
        Optional<String> active = machine.text(CPU + "smt/active");
        if (active.isEmpty()) {
            return Finding.unknown(name, "/" + CPU + "smt/active is not readable", why, "");
        }
        return active.get().equals("0")
                ? Finding.ok(name, "not active", why)
                : Finding.warn(
                        name,
                        "active",
                        why,
                        "switch them off (echo off > /sys/devices/system/cpu/smt/control) or leave the siblings of "
                                + "pinned cores unused");
    }

    Finding hypervisor() {
        String name = "hypervisor";
        String why = "a virtual core can be taken away at any time, for milliseconds";
        Optional<String> info = machine.text("proc/cpuinfo");
        if (info.isEmpty()) {
            return Finding.unknown(name, "/proc/cpuinfo is not readable", why, "");
        }
        boolean virtual = info.get()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("flags"))
                .anyMatch(line -> line.contains(" hypervisor"));
        return virtual
                ? Finding.warn(
                        name, "a virtual machine", why, "use a dedicated host or pinned virtual cores for live trading")
                : Finding.ok(name, "none seen", why);
    }

    Finding clockSource() {
        String name = "clock source";
        String why = "a clock that needs the kernel costs microseconds a reading instead of 20 ns";
        String path = "sys/devices/system/clocksource/clocksource0/current_clocksource";
        Optional<String> source = machine.text(path);
        if (source.isEmpty()) {
            return Finding.unknown(name, "/" + path + " is not readable", why, "");
        }
        return switch (source.get()) {
            case "tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page" ->
                Finding.ok(name, source.get(), why);
            default ->
                Finding.warn(
                        name, source.get(), why, "boot with clocksource=tsc tsc=reliable if the processor's is stable");
        };
    }
}
