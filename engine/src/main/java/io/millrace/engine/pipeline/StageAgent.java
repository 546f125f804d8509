package io.millrace.engine.pipeline;

import com.lmax.disruptor.Sequence;
import io.millrace.codecs.event.RunStoppedDecoder;
import io.millrace.codecs.event.StageFaultDecoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.status.CounterIds;
import io.millrace.engine.status.Counters;
import io.millrace.engine.status.StageStamps;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Drives one stage along the ring: moves its context from slot to slot, applies the fault policy and the quarantine, asks
 * for the state hash where a checkpoint is due, stamps sampled events, and publishes how far the stage has come.
 *
 * <p>A stage that throws at an event has its region cleared, is told to skip the event, and goes on with the next; the
 * region says FAULTED. A stage that throws from {@link Stage#onSkip} has no known state any more: that ends the agent.
 *
 * <p><b>Thread:</b> one; which, the topology says.
 */
public final class StageAgent implements Agent {
    // How often a batch tells those behind it how far it is: a store to a line that another core reads.
    private static final long PUBLISH_MASK = 7;
    // Turns without an event between two rehearsals: some 30 us where the thread spins.
    private static final int REHEARSAL_MASK = 31;

    private final Stage stage;
    private final int stageId;
    private final StageSettings settings;
    private final StageStamps stamps;
    private final Counters counters;
    private final int batchLimit;
    private final Ring ring;
    private final UnsafeBuffer buffer;
    private final SlotContext slot;
    private final Sequence upstream;
    private final Sequence position = new Sequence();
    private final long firstSequence;
    private final long checkpointMask;
    private final boolean isFirst;
    private long next;
    private long nextQuarantined;
    private long engineNs;
    private int idleTurns;
    private boolean isRehearsing = true;

    /**
     * Makes the agent.
     *
     * @param stage to drive.
     * @param slot the stage's context.
     * @param upstream how far the stage before it is; null for the first, which follows the ring itself.
     * @param settings shared by all.
     */
    StageAgent(Stage stage, SlotContext slot, Sequence upstream, StageSettings settings) {
        this.stage = stage;
        this.stageId = stage.id();
        this.settings = settings;
        this.stamps = settings.stamps();
        this.counters = settings.counters();
        this.batchLimit = settings.batchLimit();
        this.ring = settings.ring();
        this.buffer = ring.buffer();
        this.slot = slot;
        this.upstream = upstream;
        this.isFirst = upstream == null;
        this.firstSequence = settings.firstSequence();
        this.checkpointMask = settings.checkpointInterval() - 1L;
        this.nextQuarantined = settings.quarantined().next(firstSequence, stageId);
    }

    /** Returns how far the stage has come. */
    Sequence position() {
        return position;
    }

    /** Returns the stage. */
    Stage stage() {
        return stage;
    }

    @Override
    public int doWork() {
        long first = next;
        long last = first + batchLimit - 1;
        long available = isFirst ? ring.highestPublished(first, last) : Math.min(last, upstream.get());
        if (available < first) {
            idle();
            return 0;
        }
        for (long ringSequence = first; ringSequence <= available; ringSequence++) {
            process(ringSequence);
            next = ringSequence + 1;
            if ((ringSequence & PUBLISH_MASK) == PUBLISH_MASK) {
                position.set(ringSequence);
            }
        }
        position.set(available);
        int count = (int) (available - first + 1);
        if (isFirst) {
            counters.add(CounterIds.SLOTS, count);
        }
        return count;
    }

    private void idle() {
        if ((++idleTurns & REHEARSAL_MASK) != 0 || !isRehearsing) {
            return;
        }
        try {
            stage.rehearse();
        } catch (RuntimeException | AssertionError e) {
            // It has left no trace; whether the event for which it stands can be applied, that event will tell.
            isRehearsing = false;
            settings.faultListener().onFault(stageId, firstSequence + next, e);
        }
    }

    private void process(long ringSequence) {
        int offset = ring.offsetOf(ringSequence);
        long sequence = firstSequence + ringSequence;
        slot.moveTo(ringSequence, sequence, buffer, offset, EventHeader.length(buffer, offset));
        boolean isSampled = stamps.isSampled(ringSequence);
        if (isFirst) {
            enter(ringSequence, offset, isSampled);
        }
        if (sequence == nextQuarantined) {
            nextQuarantined = settings.quarantined().next(sequence + 1, stageId);
            skip();
        } else {
            apply(sequence);
        }
        if (((sequence + 1) & checkpointMask) == 0 || slot.templateId() == RunStoppedDecoder.TEMPLATE_ID) {
            slot.checkpoint(stage.stateHash());
        }
        if (isSampled || slot.hasOutputs()) {
            stamps.stamp(stageId, ringSequence);
        }
    }

    /** What happens once per event, when it enters the first stage: engine time, counting, the first stamp. */
    private void enter(long ringSequence, int offset, boolean isSampled) {
        engineNs = Math.max(engineNs, EventHeader.ingressNs(buffer, offset));
        slot.engineNs(engineNs);
        if (EventFlags.isFirst(EventHeader.flags(buffer, offset))) {
            counters.add(EventHeader.templateId(buffer, offset) & (CounterIds.TEMPLATES - 1), 1);
        }
        if (isSampled) {
            stamps.stamp(StageStamps.START, ringSequence);
        }
    }

    private void apply(long sequence) {
        try {
            stage.onEvent(slot);
        } catch (RuntimeException | AssertionError e) {
            if (slot.templateId() != StageFaultDecoder.TEMPLATE_ID) {
                settings.faults().add(stageId, sequence, e);
            }
            settings.faultListener().onFault(stageId, sequence, e);
            skip();
        }
    }

    private void skip() {
        slot.clearRegion();
        if (isFirst) {
            slot.engineNs(engineNs);
        }
        stage.onSkip(slot);
        slot.addFlags(StageRegions.FAULTED);
        counters.add(CounterIds.faultsOf(stageId), 1);
    }

    @Override
    public String roleName() {
        return StageIds.name(stageId);
    }
}
