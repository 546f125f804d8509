package io.millrace.codecs.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Proves that repeated work allocates nothing in steady state, by the JVM's own count of what each thread allocated.
 *
 * <p>The work is done in windows, each the same mixture of everything that is claimed, until {@link #CLEAN_IN_A_ROW} windows
 * one behind the other have allocated exactly 0 bytes on every thread that is watched. What is allocated with each event, or
 * once in as many events as these windows hold together, leaves no such row and fails.
 *
 * <p>One window may not decide, because the JVM itself puts objects on a thread's account, once: the thread that asks for a
 * method to be compiled creates all string constants of the method's class, used or not, and a compiled method that is
 * thrown away hands its running call over with objects that had been optimised away. Both come when the compiler gets to it,
 * on a loaded machine long after any fixed warm-up.
 *
 * <p><b>Thread:</b> the one that calls, which is watched unless others are named.
 */
public final class AllocationWindows {
    /** Windows without a byte that are asked for, one behind the other. */
    public static final int CLEAN_IN_A_ROW = 4;

    private static final int MAX_WINDOWS = 60;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** One window of work. */
    @FunctionalInterface
    public interface Window {
        /**
         * Does the work of one window.
         *
         * @throws Exception to end the test.
         */
        void run() throws Exception;
    }

    private AllocationWindows() {}

    /**
     * Watches the calling thread.
     *
     * @param claim names the work in the error.
     * @param window work of one window.
     * @throws Exception of the work.
     * @throws AssertionError if the windows do not come clean; the bytes of each are in the text.
     */
    public static void assertNothing(String claim, Window window) throws Exception {
        assertNothing(claim, List.of(Thread.currentThread()), window);
    }

    /**
     * Watches threads that live as long as the call.
     *
     * @param claim names the work in the error.
     * @param threads to watch, all of them at once.
     * @param window work of one window; what it does on other threads is complete when it returns.
     * @throws Exception of the work.
     * @throws AssertionError if the windows do not come clean; the bytes of each are in the text.
     */
    public static void assertNothing(String claim, List<Thread> threads, Window window) throws Exception {
        long[] ids = threads.stream().mapToLong(Thread::getId).toArray();
        long[] before = new long[ids.length];
        long[] bytes = new long[ids.length];
        List<String> dirty = new ArrayList<>();
        int clean = 0;
        for (int i = 0; i < MAX_WINDOWS && clean < CLEAN_IN_A_ROW; i++) {
            read(ids, before);
            window.run();
            read(ids, bytes);
            boolean isClean = true;
            for (int t = 0; t < ids.length; t++) {
                bytes[t] -= before[t];
                isClean &= bytes[t] == 0;
                if (bytes[t] != 0) {
                    dirty.add("window " + i + " " + threads.get(t).getName() + " " + bytes[t]);
                }
            }
            clean = isClean ? clean + 1 : 0;
        }
        if (clean < CLEAN_IN_A_ROW) {
            throw new AssertionError(claim + " allocates: of " + MAX_WINDOWS + " windows no " + CLEAN_IN_A_ROW
                    + " in a row are free of it, bytes in " + dirty);
        }
    }

    private static void read(long[] ids, long[] bytes) {
        for (int i = 0; i < ids.length; i++) {
            bytes[i] = THREADS.getThreadAllocatedBytes(ids[i]);
        }
    }
}
