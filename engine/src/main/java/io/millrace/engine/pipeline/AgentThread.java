package io.millrace.engine.pipeline;

import java.util.List;
import net.openhft.affinity.Affinity;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/**
 * One thread's duty cycle: every agent's {@code onStart}, {@code doWork} in turn until told to stop, and {@code onClose} on
 * this same thread. Feed agents end first, while the others let what is on the ring pass.
 */
final class AgentThread implements Runnable {
    /** What the threads have been told, in the order in which it happens. */
    enum Phase {
        /** Work. */
        RUN,
        /** Feed agents end; the rest works on. */
        STOP_FEED,
        /** All end. */
        STOP
    }

    /** What the threads of one engine share. */
    interface Control {
        /** Returns what to do. */
        Phase phase();

        /** An agent threw: everything stops. */
        void onError(Throwable error);

        /** The feed agents of the thread have ended. */
        void onFeedStopped();
    }

    private final Agent[] feeds;
    private final Agent[] others;
    private final IdleStrategy idleStrategy;
    private final int core;
    private final Control control;

    AgentThread(List<Agent> feeds, List<Agent> others, IdleStrategy idleStrategy, int core, Control control) {
        this.feeds = feeds.toArray(Agent[]::new);
        this.others = others.toArray(Agent[]::new);
        this.idleStrategy = idleStrategy;
        this.core = core;
        this.control = control;
    }

    @Override
    public void run() {
        int started = 0;
        boolean isFeedOpen = true;
        try {
            if (core >= 0) {
                Affinity.setAffinity(core);
            }
            for (; started < feeds.length + others.length; started++) {
                agent(started).onStart();
            }
            work(feeds, others, Phase.RUN);
            isFeedOpen = false;
            close(feeds, feeds.length);
            control.onFeedStopped();
            work(new Agent[0], others, Phase.STOP_FEED);
        } catch (Throwable error) { // Whatever it is: nobody else would hear of it.
            control.onError(error);
        } finally {
            if (isFeedOpen) {
                close(feeds, Math.min(started, feeds.length));
                control.onFeedStopped();
            }
            close(others, Math.max(0, started - feeds.length));
        }
    }

    private Agent agent(int index) {
        return index < feeds.length ? feeds[index] : others[index - feeds.length];
    }

    /** Works while the phase is not beyond {@code last}. */
    private void work(Agent[] first, Agent[] second, Phase last) throws Exception {
        while (control.phase().compareTo(last) <= 0) {
            int work = 0;
            for (Agent agent : first) {
                work += agent.doWork();
            }
            for (Agent agent : second) {
                work += agent.doWork();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException(
                        "thread " + Thread.currentThread().getName() + " was interrupted");
            }
            idleStrategy.idle(work);
        }
    }

    private void close(Agent[] agents, int count) {
        for (int i = 0; i < count; i++) {
            try {
                agents[i].onClose();
            } catch (Throwable error) { // The others are to be closed all the same.
                control.onError(error);
            }
        }
    }
}
