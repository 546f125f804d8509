package io.millrace.bench.hop;

import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The product's ring as an engine has it: an encoded message offered to the market inlet, checked, copied into its slot, and seen by the first stage's
 * agent with region, counters and stamps. The stages behind it do nothing; they run after the first has found nothing more, to free the slots.
 */
final class RingHop implements Hop {
    private static final int RECORDS_PER_POLL = 64;
    private static final OutletHandler NOBODY = (sequence, buffer, offset, length) -> {};

    private final UnsafeBuffer message;
    private final Inlet inlet;
    private final Outlet outputs;
    private final Agent[] agents = new Agent[StageIds.COUNT];
    private Receiver receiver;
    private boolean isTailDue;

    /** A stage that looks at the first field of its event and leaves it at that. */
    private final class Eye implements Stage {
        private final int id;

        Eye(int id) {
            this.id = id;
        }

        @Override
        public int id() {
            return id;
        }

        @Override
        public void onEvent(SlotContext slot) {
            if (id == StageIds.BOOK) {
                receiver.onEvent(EventHeader.ingressNs(slot.buffer(), slot.offset()));
            }
        }

        @Override
        public void onSkip(SlotContext slot) {
            throw new IllegalStateException("nothing throws here");
        }

        @Override
        public long stateHash() {
            return 0;
        }
    }

    /**
     * Makes it.
     *
     * @param message a whole encoded event; its ingress time is set anew at each publication.
     */
    RingHop(DirectBuffer message) {
        this.message = new UnsafeBuffer(new byte[message.capacity()]);
        this.message.putBytes(0, message, 0, message.capacity());
        EngineContext context = new EngineContext().isJournaled(false).nanoClock(SystemNanoClock.INSTANCE);
        for (int id = 0; id < StageIds.COUNT; id++) {
            context.stage(new Eye(id));
        }
        Engine engine = new Engine(context);
        inlet = engine.marketInlet();
        outputs = engine.outputs();
        for (int id = 0; id < StageIds.COUNT; id++) {
            agents[id] = engine.stageAgent(id);
        }
    }

    @Override
    public void publish(long nowNs) {
        EventHeader.ingressNs(message, 0, nowNs);
        if (inlet.offer(message, 0, message.capacity()) != Inlet.ACCEPTED) {
            throw new IllegalStateException("the ring refused an event though there is one under way at most");
        }
    }

    @Override
    public int poll(Receiver to) {
        receiver = to;
        try {
            int work = agents[StageIds.BOOK].doWork();
            if (work > 0) {
                isTailDue = true;
                return work;
            }
            if (isTailDue) {
                isTailDue = false;
                agents[StageIds.STRATEGY].doWork();
                agents[StageIds.RISK].doWork();
                outputs.poll(NOBODY, RECORDS_PER_POLL);
            }
            return 0;
        } catch (Exception e) {
            throw new IllegalStateException("a stage failed in a benchmark", e);
        }
    }
}
