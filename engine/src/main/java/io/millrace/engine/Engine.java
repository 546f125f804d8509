package io.millrace.engine;

import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.orders.RiskStage;
import io.millrace.engine.pipeline.EgressAgent;
import io.millrace.engine.pipeline.InputOutlet;
import io.millrace.engine.pipeline.OutputOutlet;
import io.millrace.engine.pipeline.Pipeline;
import io.millrace.engine.pipeline.ReplayFeedAgent;
import io.millrace.engine.pipeline.RingInlet;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.status.Counters;
import io.millrace.engine.status.LatencyRecorder;
import io.millrace.engine.status.LatencySeries;
import io.millrace.engine.status.OrderStamps;
import io.millrace.engine.status.Telemetry;
import io.millrace.engine.status.TelemetryWriter;
import io.millrace.engine.strategy.FeatureStage;
import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * The engine: the ring with its two inlets, the three stages, and the two outlets. It starts no thread; a topology assigns
 * its agents to threads, see {@link io.millrace.engine.pipeline.EngineThreads}.
 *
 * <pre>
 *   marketInlet, controlInlet --&gt; ring -+-&gt; inputs() ---------------------+
 *                                       +-&gt; book -&gt; strategy -&gt; risk -----+-&gt; outputs() -&gt; egress
 * </pre>
 *
 * <p><b>Thread:</b> inlets on any; each agent and outlet on one; the rest of this class on the thread that made the engine.
 */
public final class Engine {
    private final EngineContext context;
    private final Counters counters = new Counters();
    private final LatencyRecorder latencies = new LatencyRecorder();
    private final OrderStamps orderStamps;
    private final Telemetry telemetry;
    private final Stage[] stages = new Stage[StageIds.COUNT];
    private final Pipeline pipeline;

    /**
     * Makes an engine.
     *
     * @param context its settings; checked here.
     * @throws IllegalStateException if a setting is wrong.
     */
    public Engine(EngineContext context) {
        this.context = context.conclude();
        this.telemetry = new Telemetry(context.telemetryLength(), counters);
        Stage book = context.stage(StageIds.BOOK);
        Stage strategy = context.stage(StageIds.STRATEGY);
        Stage risk = context.stage(StageIds.RISK);
        stages[StageIds.BOOK] = book == null ? new BookStage(context.books()) : book;
        stages[StageIds.STRATEGY] =
                strategy == null ? new FeatureStage(telemetry, context.features(), context.probe()) : strategy;
        stages[StageIds.RISK] = risk == null ? new RiskStage(context.orders()) : risk;
        // Stamps of gateway and stages can be held against each other only if they are of one clock.
        boolean areOrdersStamped =
                context.isClockOfIngress() && context.orders().isEnabled();
        this.orderStamps = new OrderStamps(areOrdersStamped ? OrderStamps.ROWS : 0);
        this.pipeline = new Pipeline(context.pipelineSettings(), List.of(stages), counters, latencies, orderStamps);
    }

    /** Returns the inlet for market data: it refuses what would leave fewer than a quarter of the slots free. */
    public RingInlet marketInlet() {
        return pipeline.marketInlet();
    }

    /** Returns the inlet for everything else. */
    public RingInlet controlInlet() {
        return pipeline.controlInlet();
    }

    /** Returns the events for the input journal. */
    public InputOutlet inputs() {
        return pipeline.inputs();
    }

    /** Returns the outputs. */
    public OutputOutlet outputs() {
        return pipeline.outputs();
    }

    /** Returns the agent of a stage, see {@link StageIds}. */
    public Agent stageAgent(int stageId) {
        return pipeline.stageAgent(stageId);
    }

    /**
     * Makes the agent that ends the pipeline of a live run.
     *
     * @param outputsJournal appends output records.
     * @param commands the gateway's inlet.
     */
    public EgressAgent egressAgent(OutletHandler outputsJournal, Inlet commands) {
        return pipeline.egressAgent(outputsJournal, commands);
    }

    /**
     * Makes an agent that feeds recorded events. Latencies begin at the book stage until {@link #journal} is called.
     *
     * @param source hands over the events, the first of them {@link #nextSequence()}.
     */
    public ReplayFeedAgent replayAgent(Outlet source) {
        return pipeline.replayAgent(source);
    }

    /** Makes what publishes counters and latencies; for a thread that nothing waits for. */
    public TelemetryWriter telemetryWriter() {
        return new TelemetryWriter(telemetry, counters, latencies);
    }

    /** Returns a stage; its state is to be read only on its agent's thread or after that has ended. */
    public Stage stage(int stageId) {
        return stages[stageId];
    }

    /**
     * Returns the book stage, for reports; its state is to be read only on its agent's thread or after that has ended.
     *
     * @throws IllegalStateException if another stage was set in its place.
     */
    public BookStage bookStage() {
        if (stages[StageIds.BOOK] instanceof BookStage bookStage) {
            return bookStage;
        }
        throw new IllegalStateException("the book stage of this engine is a "
                + stages[StageIds.BOOK].getClass().getName() + ", it keeps no books");
    }

    /**
     * Returns the risk stage, for reports; its state is to be read only on its agent's thread or after that has ended.
     *
     * @throws IllegalStateException if another stage was set in its place.
     */
    public RiskStage riskStage() {
        if (stages[StageIds.RISK] instanceof RiskStage riskStage) {
            return riskStage;
        }
        throw new IllegalStateException("the risk stage of this engine is a "
                + stages[StageIds.RISK].getClass().getName() + ", it keeps no orders");
    }

    /** Returns the hash of a stage's state; only on its agent's thread or after that has ended. */
    public long stateHash(int stageId) {
        return stages[stageId].stateHash();
    }

    /** Returns the settings. */
    public EngineContext context() {
        return context;
    }

    /** Returns the counters. */
    public Counters counters() {
        return counters;
    }

    /** Returns the latencies. */
    public LatencyRecorder latencies() {
        return latencies;
    }

    /** Returns the stamps of orders: the gateway's end of them, and the last rows for dumps. */
    public OrderStamps orderStamps() {
        return orderStamps;
    }

    /** Returns every histogram of latencies that holds anything, as copies; for any thread, at any time. */
    public List<LatencySeries> latencySeries() {
        return LatencySeries.of(latencies, orderStamps.latencies());
    }

    /** Returns the telemetry buffer. */
    public Telemetry telemetry() {
        return telemetry;
    }

    /** Returns the journal sequence that the next event on the ring will get. */
    public long nextSequence() {
        return context.firstSequence() + pipeline.cursor() + 1;
    }

    /** Returns the slots that are free now. */
    public long freeSlots() {
        return pipeline.freeSlots();
    }

    /** Returns whether everything on the ring has passed all stages and both outlets. */
    public boolean isDrained() {
        return pipeline.isDrained();
    }

    /**
     * Switches the input outlet on or off between two runs on one ring: after a recovery's replay, before the first live
     * event. Latencies begin anew. No agent may run meanwhile.
     *
     * @param isJournaled whether outputs wait for the input journal from now on.
     * @throws IllegalStateException if something on the ring has not passed yet.
     */
    public void journal(boolean isJournaled) {
        pipeline.journal(isJournaled);
    }

    /** Closes both inlets: offers are answered with CLOSED from now on; what is on the ring passes. */
    public void closeInlets() {
        pipeline.closeInlets();
    }
}
