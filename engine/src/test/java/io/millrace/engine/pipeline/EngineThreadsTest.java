package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineThreadsTest {
    private final List<String> steps = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());

    private ThreadSettings settings(Topology topology, String idleStrategy, List<Integer> cores) {
        return new ThreadSettings(topology, idleStrategy, cores, () -> true, errors::add, SystemNanoClock.INSTANCE);
    }

    private class Probe implements Agent {
        private final String name;
        private final AtomicInteger cycles = new AtomicInteger();
        private Thread owner;

        Probe(String name) {
            this.name = name;
        }

        @Override
        public void onStart() {
            owner = Thread.currentThread();
            steps.add("start " + name);
        }

        @Override
        public int doWork() {
            assertSame(owner, Thread.currentThread());
            cycles.incrementAndGet();
            return 0;
        }

        @Override
        public void onClose() {
            assertSame(owner, Thread.currentThread());
            steps.add("close " + name);
        }

        @Override
        public String roleName() {
            return name;
        }
    }

    @ParameterizedTest
    @EnumSource(Topology.class)
    void shouldStartWorkAndCloseEachAgentOnOneThreadFeedsFirst(Topology topology) {
        Probe feed = new Probe("feed");
        Probe secondFeed = new Probe("feed2");
        Probe book = new Probe("book");
        EngineThreads threads = EngineThreads.start(
                settings(topology, "backoff", List.of()),
                Map.of(AgentRole.FEED, List.of(feed, secondFeed), AgentRole.BOOK, List.of(book)));
        Runs.await(() -> feed.cycles.get() > 3 && secondFeed.cycles.get() > 3 && book.cycles.get() > 3);
        assertTrue(threads.isRunning());
        assertEquals(topology.threads().size(), threads.threads().size());
        threads.close();
        assertFalse(threads.isRunning());
        assertNull(threads.failure());
        assertEquals(6, steps.size());
        assertEquals("close book", steps.get(5));
        assertTrue(threads.threads().stream().noneMatch(Thread::isAlive));
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy-spin", "yield", "backoff", "sleep"})
    void shouldRunWithEveryIdleStrategy(String idleStrategy) {
        Probe feed = new Probe("feed");
        try (EngineThreads threads = EngineThreads.start(
                settings(Topology.SINGLE, idleStrategy, List.of()), Map.of(AgentRole.FEED, List.of(feed)))) {
            Runs.await(() -> feed.cycles.get() > 3);
            assertEquals("millrace", threads.threads().get(0).getName());
        }
    }

    @Test
    void shouldPinToTheConfiguredCore() {
        // One that this process may use at all: a container need not have the first.
        int core = Math.max(0, net.openhft.affinity.Affinity.getAffinity().nextSetBit(0));
        int[] cpu = {-1};
        Probe feed = new Probe("feed") {
            @Override
            public int doWork() {
                cpu[0] = net.openhft.affinity.Affinity.getAffinity().length();
                return super.doWork();
            }
        };
        try (EngineThreads threads = EngineThreads.start(
                settings(Topology.SINGLE, "backoff", List.of(core)), Map.of(AgentRole.FEED, List.of(feed)))) {
            Runs.await(() -> feed.cycles.get() > 3);
            assertTrue(threads.isRunning());
        }
        assertEquals(List.of(), errors);
        assertTrue(
                cpu[0] <= core + 1 || !net.openhft.affinity.Affinity.isJNAAvailable(), "affinity up to core " + cpu[0]);
    }

    @Test
    void shouldStopAllThreadsAndTellOnceWhenAnAgentThrows() {
        Probe book = new Probe("book");
        Agent broken = new Agent() {
            @Override
            public int doWork() {
                throw new IllegalStateException("broken");
            }

            @Override
            public String roleName() {
                return "broken";
            }
        };
        EngineThreads threads = EngineThreads.start(
                settings(Topology.PIPELINED, "backoff", List.of()),
                Map.of(AgentRole.BOOK, List.of(book), AgentRole.RISK, List.of(broken)));
        Runs.await(() -> threads.threads().stream().noneMatch(Thread::isAlive));
        threads.close();
        assertEquals(1, errors.size());
        assertEquals("broken", threads.failure().getMessage());
        assertTrue(steps.contains("close book"));
    }

    @Test
    void shouldNameTheCureWhenSettingsAreWrong() {
        IllegalArgumentException unknown =
                assertThrows(IllegalArgumentException.class, () -> settings(Topology.SINGLE, "relax", List.of()));
        assertTrue(unknown.getMessage().contains("busy-spin, yield, backoff, sleep"), unknown.getMessage());
        IllegalArgumentException cores =
                assertThrows(IllegalArgumentException.class, () -> settings(Topology.FUSED, "yield", List.of(1, 2)));
        assertTrue(cores.getMessage().contains("4 threads"), cores.getMessage());
    }
}
