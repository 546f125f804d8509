package io.millrace.journal;

import io.millrace.codecs.port.Outlet;
import org.agrona.concurrent.Agent;

/**
 * Takes every event off the ring and appends it to the journal's inputs. The outlet's position moves when the batch is
 * appended, or synced where the policy says so; what waits for the outlet waits for that.
 */
public final class JournalAgent implements Agent {
    private static final int BATCH_LIMIT = 256;

    private final Outlet outlet;
    private final QueueAppender appender;

    /**
     * Makes the agent.
     *
     * @param inputs the ring's outlet for the journal.
     * @param journal to append to.
     */
    public JournalAgent(Outlet inputs, Journal journal) {
        this.outlet = inputs;
        this.appender = journal.inputQueue();
    }

    @Override
    public int doWork() {
        int count = outlet.poll(appender, BATCH_LIMIT);
        if (count == 0) {
            appender.syncIfDue();
        }
        return count;
    }

    @Override
    public String roleName() {
        return "journal";
    }
}
