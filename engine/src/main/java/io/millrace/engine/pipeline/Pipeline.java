package io.millrace.engine.pipeline;

import com.lmax.disruptor.Sequence;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.status.Counters;
import io.millrace.engine.status.LatencyRecorder;
import io.millrace.engine.status.OrderStamps;
import io.millrace.engine.status.StageStamps;
import java.util.List;

/**
 * The whole graph, in this one place: nothing leaves before its cause was decided on and journaled.
 *
 * <pre>
 *   ring -+-&gt; book -&gt; strategy -&gt; risk -+-&gt; outputs -&gt; egress
 *         +-&gt; inputs (journal) ---------+
 * </pre>
 *
 * <p>The ring waits for the outputs' position alone, because that is never ahead of anything else.
 */
public final class Pipeline {
    private static final int MIN_WAITING_ANSWERS = 1024;
    private static final int WAITING_ANSWERS_PER_SLOT = 4;

    private final PipelineSettings settings;
    private final Counters counters;
    private final FaultLog faults = new FaultLog();
    private final Ring ring;
    private final RingInlet marketInlet;
    private final RingInlet controlInlet;
    private final StageAgent[] agents = new StageAgent[StageIds.COUNT];
    private final InputOutlet inputs;
    private final LatencyTap tap;
    private final OrderTap orderTap;
    private final OutputOutlet outputs;

    /**
     * Wires everything.
     *
     * @param settings checked.
     * @param stages one for each id, in order.
     * @param counters of the engine.
     * @param latencies of the engine.
     * @param orders stamps of orders; takes nothing if there are none.
     */
    public Pipeline(
            PipelineSettings settings,
            List<Stage> stages,
            Counters counters,
            LatencyRecorder latencies,
            OrderStamps orders) {
        this.settings = settings;
        this.counters = counters;
        this.ring = new Ring(settings.ringSlots(), settings.slotLength());
        StageStamps stamps =
                new StageStamps(settings.ringSlots(), settings.sampleShift(), orders.isOn(), settings.nanoClock());
        this.orderTap = new OrderTap(stamps, orders, ring, settings.firstSequence());
        this.marketInlet = RingInlet.market(ring, counters, stamps);
        this.controlInlet = RingInlet.control(ring, counters, stamps);
        StageSettings shared = new StageSettings(
                ring,
                settings.firstSequence(),
                settings.checkpointInterval(),
                settings.batchLimit(),
                settings.quarantined(),
                stamps,
                counters,
                faults,
                settings.faultListener());
        StageRegions[] regions = new StageRegions[StageIds.COUNT];
        Sequence upstream = null;
        for (int id = 0; id < StageIds.COUNT; id++) {
            Stage stage = stages.get(id);
            if (stage.id() != id) {
                throw new IllegalStateException("stage " + stage.id() + " stands at place " + id + " of the pipeline");
            }
            regions[id] = new StageRegions(settings.ringSlots(), stage.viewLength(), stage.commandsLength());
            agents[id] = new StageAgent(stage, new SlotContext(id, regions[id], regions), upstream, shared);
            upstream = agents[id].position();
        }
        this.inputs = new InputOutlet(ring, settings.firstSequence(), stamps, settings.isJournaled());
        this.tap = new LatencyTap(stamps, latencies, inputs, settings.isClockOfIngress());
        this.outputs = new OutputOutlet(ring, regions, upstream, inputs, settings.firstSequence(), tap);
        ring.gateOn(outputs.position());
    }

    /** Returns the inlet for market data. */
    public RingInlet marketInlet() {
        return marketInlet;
    }

    /** Returns the inlet for everything else. */
    public RingInlet controlInlet() {
        return controlInlet;
    }

    /** Returns the events for the input journal. */
    public InputOutlet inputs() {
        return inputs;
    }

    /** Returns the outputs. */
    public OutputOutlet outputs() {
        return outputs;
    }

    /** Returns the agent of a stage. */
    public StageAgent stageAgent(int stageId) {
        return agents[stageId];
    }

    /**
     * Makes the agent that ends the pipeline of a live run.
     *
     * @param outputsJournal appends output records.
     * @param commands the gateway's inlet.
     */
    public EgressAgent egressAgent(OutletHandler outputsJournal, Inlet commands) {
        EgressAgent.EgressClock clock = settings.isClockOfIngress()
                ? engineNs -> Math.max(engineNs, settings.nanoClock().nanoTime())
                : engineNs -> engineNs;
        return new EgressAgent(
                new EgressAgent.Ports(outputs, outputsJournal, commands, controlInlet),
                clock,
                faults,
                counters,
                orderTap,
                Math.max(MIN_WAITING_ANSWERS, WAITING_ANSWERS_PER_SLOT * ring.slots()));
    }

    /**
     * Makes an agent that feeds recorded events. Their ingress times are of another day: until {@link #journal} is called,
     * latencies begin at the book stage.
     *
     * @param source hands over the events, beginning with the next sequence of the ring.
     */
    public ReplayFeedAgent replayAgent(Outlet source) {
        tap.isIngressComparable(false);
        return new ReplayFeedAgent(source, marketInlet, ring, settings.firstSequence() + ring.cursor() + 1);
    }

    /** Returns the last claimed ring sequence, -1 before the first. */
    public long cursor() {
        return ring.cursor();
    }

    /** Returns the slots that are free now. */
    public long freeSlots() {
        return ring.freeSlots();
    }

    /** Returns whether everything on the ring has passed. */
    public boolean isDrained() {
        return outputs.position().get() == ring.cursor();
    }

    /**
     * Switches the input outlet and forgets the latencies so far; no agent may run meanwhile.
     *
     * @param isJournaled whether outputs wait for it from now on.
     */
    public void journal(boolean isJournaled) {
        if (!isDrained()) {
            throw new IllegalStateException("the input outlet cannot be switched at sequence " + outputs.sequence()
                    + " while the ring holds events up to " + (settings.firstSequence() + ring.cursor())
                    + "; let them pass first");
        }
        tap.isIngressComparable(settings.isClockOfIngress());
        inputs.switchTo(isJournaled, ring.cursor() + 1);
    }

    /** Closes both inlets. */
    public void closeInlets() {
        ring.close();
    }
}
