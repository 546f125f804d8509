package io.millrace.codecs.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllocationWindowsTest {
    private volatile Object sink;
    private int windows;

    @Test
    void shouldFailIfEveryWindowAllocates() {
        AssertionError error = assertThrows(
                AssertionError.class, () -> AllocationWindows.assertNothing("it", () -> sink = new int[8]));
        assertTrue(error.getMessage().contains("window 59 main 48"), error.getMessage());
    }

    @Test
    void shouldFailIfTheLastWindowOfEachRowAllocates() {
        assertThrows(
                AssertionError.class,
                () -> AllocationWindows.assertNothing("it", () -> {
                    windows++;
                    if (windows % AllocationWindows.CLEAN_IN_A_ROW == 0) {
                        sink = new byte[1];
                    }
                }));
    }

    @Test
    void shouldForgiveWhatIsAllocatedOnce() throws Exception {
        AllocationWindows.assertNothing("it", () -> {
            windows++;
            if (windows == 20 || windows == 3) {
                sink = new byte[1000];
            }
        });
        assertTrue(windows < 20 || windows == 20 + AllocationWindows.CLEAN_IN_A_ROW, windows + " windows");
    }

    @Test
    void shouldWatchOtherThreads() throws InterruptedException {
        Thread worker = new Thread(
                () -> {
                    while (!Thread.interrupted()) {
                        sink = new byte[16];
                    }
                },
                "worker");
        worker.start();
        try {
            AssertionError error = assertThrows(
                    AssertionError.class,
                    () -> AllocationWindows.assertNothing("it", List.of(worker), this::awaitNextObject));
            assertTrue(error.getMessage().contains("worker"), error.getMessage());
        } finally {
            worker.interrupt();
            worker.join();
        }
    }

    private void awaitNextObject() {
        Object last = sink;
        while (sink == last) {
            Thread.onSpinWait();
        }
    }
}
