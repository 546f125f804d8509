package io.millrace.app.runtime;

import io.millrace.codecs.port.Inlet;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * Between the engine and what reads sockets, for an orderly end: once closed, the feed's agents are closed on their own
 * thread and deliver nothing more, and commands vanish; the next run knows that they were outstanding.
 */
final class FeedGate {
    private volatile boolean isClosing;
    private volatile boolean isClosed;

    /** Asks for the end; {@link #isClosed} says when it has come. */
    void close() {
        isClosing = true;
    }

    boolean isClosed() {
        return isClosed;
    }

    /** Returns an inlet that forwards commands as long as the gate is open. */
    Inlet commands(Inlet target) {
        return (buffer, offset, length) -> isClosing ? Inlet.ACCEPTED : target.offer(buffer, offset, length);
    }

    /** Returns the agents as one. */
    Agent agent(List<Agent> agents) {
        return new GatedAgent(List.copyOf(agents));
    }

    private final class GatedAgent implements Agent {
        private final Agent[] agents;

        private GatedAgent(List<Agent> agents) {
            this.agents = agents.toArray(Agent[]::new);
        }

        @Override
        public void onStart() {
            for (Agent agent : agents) {
                agent.onStart();
            }
        }

        @Override
        public int doWork() throws Exception {
            if (isClosing) {
                onClose();
                return 0;
            }
            int work = 0;
            for (Agent agent : agents) {
                work += agent.doWork();
            }
            return work;
        }

        @Override
        public void onClose() {
            if (!isClosed) {
                try {
                    for (Agent agent : agents) {
                        agent.onClose();
                    }
                } finally {
                    isClosed = true;
                }
            }
        }

        @Override
        public String roleName() {
            return "feed";
        }
    }
}
