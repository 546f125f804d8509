package io.millrace.app.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C as a wish to stop in order. */
final class Interrupts {
    private static final int PATIENCE_S = 60;

    private Interrupts() {}

    /** Something that may fail in the ways that commands do. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws java.io.IOException, InterruptedException;
    }

    /**
     * Runs some work; a signal to end calls {@code stop} and waits until the work has ended.
     *
     * @param stop asks the work to end, from another thread.
     * @param work to run.
     */
    static <T> T during(Runnable stop, Work<T> work) throws java.io.IOException, InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stop.run();
                    awaitQuietly(done);
                },
                "millrace-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.run();
        } finally {
            done.countDown();
            removeQuietly(hook);
        }
    }

    private static void awaitQuietly(CountDownLatch done) {
        try {
            done.await(PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeQuietly(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already, and the hook with it.
        }
    }
}
