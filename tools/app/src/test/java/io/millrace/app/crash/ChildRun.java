package io.millrace.app.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link CrashingRun} in a JVM of its own, as its parent sees it. */
final class ChildRun implements AutoCloseable {
    /** Most seconds from the start of a process to trading enabled, and from the wish to stop to its end. */
    static final long LIMIT_S = 300;

    private static final long HIT_S = 30;
    private static final long ROLL_HIT_S = 75;

    private final Crash crash;
    private final Process process;
    private final BlockingQueue<String> output = new LinkedBlockingQueue<>();
    private final List<String> lines = new ArrayList<>();
    private final long startNs = System.nanoTime();
    private String picture;
    private boolean isEnabled;
    private long recoveredEvents = -1;
    private long recoveredMs;
    private long enabledMs;

    ChildRun(Path config, Path keyFile, Crash crash) throws IOException {
        this.crash = crash;
        process = java(
                        CrashingRun.class.getName(),
                        config.toString(),
                        keyFile.toString(),
                        crash.point() == null ? "NONE" : crash.point().name(),
                        String.valueOf(crash.occurrence()),
                        String.valueOf(crash.isFromStart()))
                .start();
        Thread reader = new Thread(this::read, "child");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns another JVM like this one, with both its outputs in one. */
    static ProcessBuilder java(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-agentlib") && !option.startsWith("-javaagent")) {
                command.add(option);
            }
        }
        // It lives for seconds: the second compiler would take the time that the run needs.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = in.readLine();
            while (line != null) {
                output.add(line);
                line = in.readLine();
            }
        } catch (IOException e) {
            output.add("reading its output failed: " + e);
        }
    }

    private long sinceStartMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    }

    private boolean take(long timeoutMs) throws InterruptedException {
        String line = output.poll(timeoutMs, TimeUnit.MILLISECONDS);
        if (line == null) {
            return false;
        }
        if (line.startsWith("PICTURE ")) {
            picture = line.substring("PICTURE ".length());
            return true;
        }
        lines.add(String.format(Locale.ROOT, "%d ms %s", sinceStartMs(), line));
        if (line.startsWith("RECOVERED ")) {
            recoveredEvents = Long.parseLong(line.substring("RECOVERED ".length()));
            recoveredMs = sinceStartMs();
        } else if (line.equals("ENABLED")) {
            enabledMs = sinceStartMs();
            isEnabled = true;
        }
        return true;
    }

    /** Waits until trading is enabled; returns false if it crashed before. */
    boolean awaitEnabled() throws InterruptedException {
        long deadlineNs = startNs + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!isEnabled && System.nanoTime() - deadlineNs < 0) {
            if (crash.isEarlyKill() && sinceStartMs() >= crash.occurrence()) {
                process.destroyForcibly();
                return false;
            }
            if (!take(10) && !process.isAlive() && output.isEmpty()) {
                assertEquals(Crasher.EXIT_CODE, process.exitValue(), () -> crash + " ended with " + lines);
                return false;
            }
        }
        assertTrue(isEnabled, () -> "trading was not enabled within " + LIMIT_S + " s: " + lines);
        return true;
    }

    /** Returns the engine's picture of its account as JSON, null if the process ended before it could tell. */
    String picture() throws IOException, InterruptedException {
        picture = null;
        if (!tell(CrashingRun.SHOW)) {
            return null;
        }
        boolean canTell = true;
        while (picture == null && canTell) {
            canTell = take(5) || process.isAlive() || !output.isEmpty();
        }
        return picture;
    }

    /** Lets entries go, if it has not crashed. */
    void go() throws IOException {
        tell(CrashingRun.GO);
    }

    private boolean tell(char wish) {
        try {
            process.getOutputStream().write(wish);
            process.getOutputStream().flush();
            return true;
        } catch (IOException e) {
            // It has gone.
            return false;
        }
    }

    /** Returns whether it crashed where it should; one that does not come by there is stopped in order. */
    boolean awaitCrash() throws Exception {
        if (crash.point() == null) {
            process.waitFor(crash.isEarlyKill() ? 0 : crash.occurrence(), TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            process.waitFor();
            return true;
        }
        if (process.waitFor(crash.isRoll() ? ROLL_HIT_S : HIT_S, TimeUnit.SECONDS)) {
            drain();
            assertEquals(Crasher.EXIT_CODE, process.exitValue(), () -> crash + " ended with " + lines);
            return true;
        }
        stop();
        return false;
    }

    /** Stops it in order. */
    void stop() throws Exception {
        tell(CrashingRun.STOP);
        assertTrue(process.waitFor(LIMIT_S, TimeUnit.SECONDS), () -> "does not stop: " + lines);
        drain();
        assertEquals(0, process.exitValue(), () -> "ended with " + lines);
    }

    private void drain() throws InterruptedException {
        boolean isMore = true;
        while (isMore) {
            isMore = take(0);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the milliseconds from the start of the process to trading enabled. */
    long enabledMs() {
        return enabledMs;
    }

    /** Returns the milliseconds from the start of the process until the journal was replayed. */
    long recoveredMs() {
        return recoveredMs;
    }

    /** Returns the events of the journal that were replayed, -1 if it did not come so far. */
    long recoveredEvents() {
        return recoveredEvents;
    }

    /** Returns what it said, with the time of each line. */
    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
