package io.millrace.bench.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that answers, and the lines that it and the sender exchange: it says {@code ready}, how long it has compiled and, in the end,
 * its report; it is told {@code mark} when the measurement begins and {@code stop} when it is over.
 */
final class SubjectProcess implements AutoCloseable {
    /** What a line begins with that is meant for the other side. */
    static final String PREFIX = "wire:";
    /** The subject can be measured. */
    static final String READY = "ready";
    /** So many milliseconds its compilers have worked. */
    static final String COMPILED = "compiled ";
    /** The measurement begins. */
    static final String MARK = "mark";
    /** The measurement is over. */
    static final String STOP = "stop";

    private static final long EXIT_SECONDS = 60;

    private final Process process;
    private final PrintWriter toSubject;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile long compiledMs;

    /**
     * Starts it.
     *
     * @param jvm how.
     * @param main its class.
     * @param arguments of it.
     */
    SubjectProcess(WireSettings.Jvm jvm, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(jvm.java()));
        command.addAll(jvm.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        toSubject = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "wire-subject");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith(PREFIX + COMPILED)) {
                    compiledMs = Long.parseLong(line.substring(PREFIX.length() + COMPILED.length()));
                } else if (line.startsWith(PREFIX)) {
                    lines.add(line.substring(PREFIX.length()));
                }
            }
        } catch (IOException e) {
            // Its end is seen by whoever waits for a line.
        }
    }

    /** Returns the next line, null if there is none yet. */
    String poll() {
        return lines.poll();
    }

    /** Returns the next line, null if there is none within the time. */
    String await(long seconds) throws InterruptedException {
        return lines.poll(seconds, TimeUnit.SECONDS);
    }

    /** Returns how long its compilers have worked, as it said last; at most half a second old. */
    long compiledMs() {
        return compiledMs;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void tell(String line) {
        toSubject.println(line);
    }

    @Override
    public void close() {
        toSubject.close();
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the java of this process. */
    static String ownJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
