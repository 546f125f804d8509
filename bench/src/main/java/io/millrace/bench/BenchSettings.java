package io.millrace.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all forks of a run share.
 *
 * @param capture that is played.
 * @param warmup iterations of a second before the measured ones.
 * @param iterations measured, of a second each.
 */
record BenchSettings(Path capture, int warmup, int iterations) {
    /**
     * JVM options of every fork, on top of those of this process: as the launcher starts an engine, with room for peers. One size of heap, touched
     * beforehand, since new pages make code that allocates look several times slower; no collector threads that take a core.
     */
    static final List<String> FORK_OPTIONS = List.of("-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    /** Returns the options of a fork. */
    List<String> forkOptions() {
        List<String> options = new ArrayList<>(FORK_OPTIONS);
        options.add("-Dmillrace.bench.capture=" + capture.toAbsolutePath());
        return options;
    }
}
