package io.millrace.bench;

import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.Engine;
import io.millrace.engine.pipeline.StageIds;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/** Drives an engine without a journal on the caller's thread: ring, three stages and the output records. */
public final class EngineDriver {
    private static final int RECORDS_PER_POLL = 256;

    private final Engine engine;
    private final OutletHandler records;
    private final Agent[] stages = new Agent[StageIds.COUNT];

    /**
     * Takes an engine over.
     *
     * @param engine that nobody else drives.
     * @param records gets the output records.
     */
    public EngineDriver(Engine engine, OutletHandler records) {
        this.engine = engine;
        this.records = records;
        for (int id = 0; id < StageIds.COUNT; id++) {
            stages[id] = engine.stageAgent(id);
        }
    }

    /** Returns the engine. */
    public Engine engine() {
        return engine;
    }

    /** Offers messages, and works for as long as the ring has no room for them. */
    public void offer(DirectBuffer messages, int length) {
        int code = engine.marketInlet().offer(messages, 0, length);
        while (code == Inlet.BACK_PRESSURED) {
            work();
            code = engine.marketInlet().offer(messages, 0, length);
        }
        if (code < 0) {
            throw new IllegalStateException("the engine refused " + length + " bytes with code " + code);
        }
    }

    /** Lets every stage do all that there is. */
    public void work() {
        try {
            for (Agent stage : stages) {
                int done = 1;
                while (done > 0) {
                    done = stage.doWork();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("a stage failed", e);
        }
        while (engine.outputs().poll(records, RECORDS_PER_POLL) > 0) {
            // All of them.
        }
    }

    /** Lets every stage take one turn, as a duty cycle does. */
    public void turn() {
        try {
            for (Agent stage : stages) {
                stage.doWork();
            }
        } catch (Exception e) {
            throw new IllegalStateException("a stage failed", e);
        }
        engine.outputs().poll(records, RECORDS_PER_POLL);
    }
}
