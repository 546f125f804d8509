package io.millrace.app.cli;

import io.millrace.app.terminal.ExitCodes;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ctrl-C as a wish to stop in order: the work is asked to end, and the process ends when the command has printed what it has to
 * say, with the command's own exit code.
 */
final class Interrupts {
    private static final int PATIENCE_S = 60;
    private static final AtomicReference<Hook> CURRENT = new AtomicReference<>();

    private Interrupts() {}

    /** Something that may fail in the ways that commands do. */
    @FunctionalInterface
    interface Work<T> {
        /** Does it. */
        T run() throws IOException, InterruptedException;
    }

    /** What the JVM starts when a signal asks it to end. */
    private static final class Hook extends Thread {
        private final Runnable stop;
        private final CountDownLatch done = new CountDownLatch(1);
        private volatile int exitCode = ExitCodes.FAULT;

        private Hook(Runnable stop) {
            super("millrace-stop");
            this.stop = stop;
        }

        @Override
        public void run() {
            stop.run();
            try {
                done.await(PATIENCE_S, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /**
     * Runs some work; a signal to end calls {@code stop} and waits for {@link #finish}.
     *
     * @param stop asks the work to end, from another thread.
     * @param work to run.
     */
    static <T> T during(Runnable stop, Work<T> work) throws IOException, InterruptedException {
        Hook hook = new Hook(stop);
        Runtime.getRuntime().addShutdownHook(hook);
        CURRENT.set(hook);
        return work.run();
    }

    /**
     * Says that the command has printed everything.
     *
     * @param exitCode of the command.
     */
    static void finish(int exitCode) {
        Hook hook = CURRENT.getAndSet(null);
        if (hook != null) {
            hook.exitCode = exitCode;
            hook.done.countDown();
            removeQuietly(hook);
        }
    }

    private static void removeQuietly(Hook hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is going down already, by this very hook.
        }
    }
}
