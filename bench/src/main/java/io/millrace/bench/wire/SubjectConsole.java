package io.millrace.bench.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The subject's end of the talk with the sender. Until it is told that the measurement begins it says twice a second how long its
 * compilers have worked: code that is still being compiled while two threads spin on two cores is compiled late, and times of
 * interpreted code would be taken for the subject's.
 */
final class SubjectConsole {
    private static final long TELL_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private volatile boolean isMeasured;

    /**
     * Says that the subject is ready, then listens until it is told to stop.
     *
     * @param onMark called when the measurement begins.
     */
    void serve(Runnable onMark) throws IOException {
        Thread compilers = new Thread(this::tellCompilation, "compilers");
        compilers.setDaemon(true);
        compilers.start();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals(SubjectProcess.STOP); line = in.readLine()) {
            if (line.equals(SubjectProcess.MARK)) {
                isMeasured = true;
                onMark.run();
            }
        }
    }

    private void tellCompilation() {
        CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
        while (!isMeasured) {
            say(SubjectProcess.COMPILED + compilation.getTotalCompilationTime());
            LockSupport.parkNanos(TELL_NS);
        }
    }

    /** Says something to the sender. */
    static void say(String line) {
        // One write: several threads speak.
        System.out.print(SubjectProcess.PREFIX + line + "\n");
        System.out.flush();
    }
}
