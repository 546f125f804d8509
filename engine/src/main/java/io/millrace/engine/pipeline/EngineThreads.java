package io.millrace.engine.pipeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.Agent;

/**
 * The threads of an engine: starts what a topology says, pins it if configured, and stops it in order, so that everything
 * that was published passes all stages and both journals. An agent that throws halts all threads at once and loudly.
 *
 * <p>{@code onStart}, {@code doWork} and {@code onClose} of an agent are called on one thread, so an agent may make in {@code
 * onStart} what belongs to its thread (an event loop, say).
 *
 * <p><b>Thread:</b> started and closed by any one thread that is none of its own.
 */
public final class EngineThreads implements AutoCloseable {
    /** Longest wait of {@link #close()} for what is on the ring, in nanoseconds. */
    public static final long STOP_TIMEOUT_NS = 30_000_000_000L;

    private static final long POLL_NS = 100_000;

    private final ThreadSettings settings;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CountDownLatch feedsStopped;
    private volatile AgentThread.Phase phase = AgentThread.Phase.RUN;

    private EngineThreads(ThreadSettings settings, Map<AgentRole, List<Agent>> agents) {
        this.settings = settings;
        List<List<AgentRole>> plan = settings.topology().threads();
        this.feedsStopped = new CountDownLatch(plan.size());
        AgentThread.Control control = new SharedControl();
        for (int i = 0; i < plan.size(); i++) {
            List<Agent> feeds = new ArrayList<>();
            List<Agent> others = new ArrayList<>();
            for (AgentRole role : plan.get(i)) {
                (role == AgentRole.FEED ? feeds : others).addAll(agents.getOrDefault(role, List.of()));
            }
            int core = settings.cores().isEmpty() ? -1 : settings.cores().get(i);
            Thread thread = settings.factory()
                    .newThread(
                            new AgentThread(feeds, others, IdleStrategies.of(settings.idleStrategy()), core, control));
            thread.setName(nameOf(plan.get(i)));
            thread.setDaemon(true);
            threads.add(thread);
        }
    }

    /**
     * Starts the threads.
     *
     * @param settings how they run.
     * @param agents of each role; a role may have none or several.
     */
    public static EngineThreads start(ThreadSettings settings, Map<AgentRole, List<Agent>> agents) {
        EngineThreads engineThreads = new EngineThreads(settings, new EnumMap<>(agents));
        engineThreads.threads.forEach(Thread::start);
        return engineThreads;
    }

    private static String nameOf(List<AgentRole> roles) {
        if (roles.size() == AgentRole.values().length) {
            return "millrace";
        }
        return "millrace-" + roles.get(0).name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Returns the threads, in the order of the topology. */
    public List<Thread> threads() {
        return List.copyOf(threads);
    }

    /** Returns what an agent threw, null if none did. */
    public Throwable failure() {
        return failure.get();
    }

    /** Returns whether every thread works. */
    public boolean isRunning() {
        return phase == AgentThread.Phase.RUN && threads.stream().allMatch(Thread::isAlive);
    }

    /**
     * Stops in order: feed agents first, then, when all that was published has passed, the rest.
     *
     * @throws IllegalStateException if what is on the ring did not pass in time; the threads are stopped all the same.
     */
    @Override
    public void close() {
        phase = phase == AgentThread.Phase.STOP ? phase : AgentThread.Phase.STOP_FEED;
        long deadlineNs = settings.nanoClock().nanoTime() + STOP_TIMEOUT_NS;
        boolean isPassed = awaitFeeds() && awaitDrained(deadlineNs);
        phase = AgentThread.Phase.STOP;
        boolean isEnded = awaitThreads();
        if (!isEnded || (!isPassed && failure.get() == null)) {
            throw new IllegalStateException("engine threads did not stop in order within "
                    + TimeUnit.NANOSECONDS.toSeconds(STOP_TIMEOUT_NS) + " s: "
                    + (isPassed ? "a thread hangs" : "the ring was not empty") + ", alive: "
                    + threads.stream()
                            .filter(Thread::isAlive)
                            .map(Thread::getName)
                            .toList());
        }
    }

    private boolean awaitFeeds() {
        try {
            return feedsStopped.await(STOP_TIMEOUT_NS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean awaitDrained(long deadlineNs) {
        while (!settings.drained().getAsBoolean()) {
            if (failure.get() != null || settings.nanoClock().nanoTime() - deadlineNs > 0) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    private boolean awaitThreads() {
        boolean isEnded = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.NANOSECONDS.toMillis(STOP_TIMEOUT_NS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            isEnded &= !thread.isAlive();
        }
        return isEnded;
    }

    private final class SharedControl implements AgentThread.Control {
        @Override
        public AgentThread.Phase phase() {
            return phase;
        }

        @Override
        public void onError(Throwable error) {
            boolean isFirst = failure.compareAndSet(null, error);
            phase = AgentThread.Phase.STOP;
            if (isFirst) {
                settings.errorHandler().onError(error);
            }
        }

        @Override
        public void onFeedStopped() {
            feedsStopped.countDown();
        }
    }
}
