package io.millrace.app.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs every check. A check that fails itself becomes a finding of unknown. */
public final class Doctor {
    private final Machine machine;
    private final Path journalDirectory;

    /**
     * Makes a doctor.
     *
     * @param machine to look at.
     * @param journalDirectory where journals are to be written.
     */
    public Doctor(Machine machine, Path journalDirectory) {
        this.machine = machine;
        this.journalDirectory = journalDirectory;
    }

    /** Returns what all checks found, in the order in which they are worth reading. */
    public List<Finding> examine() {
        CpuChecks cpu = new CpuChecks(machine);
        MemoryChecks memory = new MemoryChecks(machine, journalDirectory);
        SystemChecks system = new SystemChecks(machine);
        List<Finding> findings = new ArrayList<>();
        run(findings, "isolated cores", cpu::isolatedCores);
        run(findings, "quiet cores", cpu::tickless);
        run(findings, "frequency governor", cpu::governor);
        run(findings, "idle states", cpu::idleStates);
        run(findings, "hyper-threads", cpu::hyperThreads);
        run(findings, "hypervisor", cpu::hypervisor);
        run(findings, "clock source", cpu::clockSource);
        run(findings, "interrupts", system::nicInterrupts);
        run(findings, "irqbalance", system::irqbalance);
        run(findings, "socket buffers", system::socketBuffers);
        run(findings, "open files", system::openFiles);
        run(findings, "locked memory", system::lockedMemory);
        run(findings, "time", system::timeSync);
        run(findings, "transparent huge pages", memory::transparentHugePages);
        run(findings, "huge pages", memory::hugePages);
        run(findings, "swap", memory::swap);
        run(findings, "NUMA balancing", memory::numaBalancing);
        run(findings, "shared memory", memory::sharedMemory);
        run(findings, "journal disk", memory::journalDisk);
        run(findings, "JDK", system::jdk);
        run(findings, "JVM options", system::jvmOptions);
        return findings;
    }

    private static void run(List<Finding> findings, String name, Supplier<Finding> check) {
        try {
            findings.add(check.get());
        } catch (RuntimeException e) {
            findings.add(Finding.unknown(name, "unreadable: " + e, "", "read it by hand"));
        }
    }
}
