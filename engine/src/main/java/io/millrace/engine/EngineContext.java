package io.millrace.engine;

import io.millrace.engine.book.BookSettings;
import io.millrace.engine.orders.OrderSettings;
import io.millrace.engine.pipeline.FaultListener;
import io.millrace.engine.pipeline.PipelineSettings;
import io.millrace.engine.pipeline.QuarantineSet;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.strategy.FeatureSettings;
import io.millrace.engine.strategy.probe.ProbeSettings;
import org.agrona.BitUtil;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * What an engine is made with: each setting has one name, one default and one check, in {@link #conclude()}.
 *
 * <p><b>Thread:</b> confined to the one that makes the engine.
 */
public final class EngineContext {
    /** Default slots: 20 ms of slack at 100,000 events a second, and with the stages' regions 5 MB, which stay in a cache. */
    public static final int RING_SLOTS_DEFAULT = 2 * 1024;
    /** Default bytes of a slot: a diff of 56 levels in one piece. */
    public static final int SLOT_LENGTH_DEFAULT = 1024;
    /** Default sequences between two checkpoints. */
    public static final int CHECKPOINT_INTERVAL_DEFAULT = 4096;
    /** Default slots of one duty cycle of a stage. */
    public static final int BATCH_LIMIT_DEFAULT = 64;
    /** Default sampling of time stamps: every 64th event. */
    public static final int SAMPLE_SHIFT_DEFAULT = 6;
    /** Default bytes of the telemetry buffer. */
    public static final int TELEMETRY_LENGTH_DEFAULT = 1 << 20;

    private static final int MIN_RING_SLOTS = 16;
    private static final int MAX_RING_SLOTS = 1 << 20;
    private static final int MIN_SLOT_LENGTH = 512;
    private static final int MAX_SLOT_LENGTH = 64 * 1024;
    private static final int MAX_SAMPLE_SHIFT = 62;
    private static final int MIN_TELEMETRY_LENGTH = 64 * 1024;

    private int ringSlots = RING_SLOTS_DEFAULT;
    private int slotLength = SLOT_LENGTH_DEFAULT;
    private long firstSequence;
    private int checkpointInterval = CHECKPOINT_INTERVAL_DEFAULT;
    private int batchLimit = BATCH_LIMIT_DEFAULT;
    private int sampleShift = SAMPLE_SHIFT_DEFAULT;
    private int telemetryLength = TELEMETRY_LENGTH_DEFAULT;
    private boolean isJournaled = true;
    private boolean isClockOfIngress;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private QuarantineSet quarantined = QuarantineSet.NONE;
    private FaultListener faultListener = (stage, sequence, error) -> {};
    private BookSettings books = BookSettings.defaults();
    private OrderSettings orders = OrderSettings.defaults();
    private ProbeSettings probe = ProbeSettings.off();
    private FeatureSettings features = FeatureSettings.defaults();
    private final Stage[] stages = new Stage[StageIds.COUNT];

    /**
     * Checks everything.
     *
     * @return this.
     * @throws IllegalStateException that names the setting, its value, the limit and the cure.
     */
    public EngineContext conclude() {
        checkPowerOfTwo("engine.ringSlots", ringSlots);
        checkRange("engine.ringSlots", ringSlots, MIN_RING_SLOTS, MAX_RING_SLOTS);
        checkRange("engine.slotLength", slotLength, MIN_SLOT_LENGTH, MAX_SLOT_LENGTH);
        if (slotLength % BitUtil.CACHE_LINE_LENGTH != 0) {
            throw new IllegalStateException("engine.slotLength=" + slotLength + " is not a multiple of "
                    + BitUtil.CACHE_LINE_LENGTH + ", use " + BitUtil.align(slotLength, BitUtil.CACHE_LINE_LENGTH));
        }
        if ((long) ringSlots * slotLength > 1L << 30) {
            throw new IllegalStateException("engine.ringSlots=" + ringSlots + " x engine.slotLength=" + slotLength
                    + " is over the limit of 1073741824 bytes, use fewer or shorter slots");
        }
        checkRange("engine.firstSequence", firstSequence, 0, Long.MAX_VALUE >> 7);
        checkPowerOfTwo("engine.checkpointInterval", checkpointInterval);
        checkRange("engine.batchLimit", batchLimit, 1, MAX_RING_SLOTS);
        checkRange("engine.sampleShift", sampleShift, 0, MAX_SAMPLE_SHIFT);
        checkPowerOfTwo("engine.telemetryLength", telemetryLength);
        checkRange("engine.telemetryLength", telemetryLength, MIN_TELEMETRY_LENGTH, 1 << 28);
        checkNotNull("engine.nanoClock", nanoClock);
        checkNotNull("engine.quarantined", quarantined);
        checkNotNull("engine.faultListener", faultListener);
        checkNotNull("engine.books", books);
        checkNotNull("engine.orders", orders);
        checkNotNull("engine.probe", probe);
        checkNotNull("engine.features", features);
        return this;
    }

    PipelineSettings pipelineSettings() {
        return new PipelineSettings(
                ringSlots,
                slotLength,
                firstSequence,
                checkpointInterval,
                batchLimit,
                sampleShift,
                isJournaled,
                isClockOfIngress,
                nanoClock,
                quarantined,
                faultListener);
    }

    private static void checkPowerOfTwo(String name, int value) {
        if (!BitUtil.isPowerOfTwo(value)) {
            throw new IllegalStateException(name + "=" + value + " is not a power of two, use "
                    + BitUtil.findNextPositivePowerOfTwo(Math.max(value, 1)));
        }
    }

    private static void checkRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalStateException(name + "=" + value + " is outside " + least + " to " + most + ", use "
                    + Math.min(Math.max(value, least), most));
        }
    }

    private static void checkNotNull(String name, Object value) {
        if (value == null) {
            throw new IllegalStateException(name + "=null, leave it out for the default");
        }
    }

    /** Returns the slots of the ring. */
    public int ringSlots() {
        return ringSlots;
    }

    /** Sets the slots of the ring, a power of two, 16 to 1,048,576. */
    public EngineContext ringSlots(int ringSlots) {
        this.ringSlots = ringSlots;
        return this;
    }

    /** Returns the bytes of a slot. */
    public int slotLength() {
        return slotLength;
    }

    /** Sets the bytes of a slot, a multiple of 64, 512 to 65,536. */
    public EngineContext slotLength(int slotLength) {
        this.slotLength = slotLength;
        return this;
    }

    /** Returns the journal sequence of the first event that the ring will hold. */
    public long firstSequence() {
        return firstSequence;
    }

    /** Sets the journal sequence of the first event that the ring will hold, 0 or more. */
    public EngineContext firstSequence(long firstSequence) {
        this.firstSequence = firstSequence;
        return this;
    }

    /** Returns the sequences between two checkpoints. */
    public int checkpointInterval() {
        return checkpointInterval;
    }

    /** Sets the sequences between two checkpoints, a power of two. */
    public EngineContext checkpointInterval(int checkpointInterval) {
        this.checkpointInterval = checkpointInterval;
        return this;
    }

    /** Returns the most slots of one duty cycle of a stage. */
    public int batchLimit() {
        return batchLimit;
    }

    /** Sets the most slots of one duty cycle of a stage, 1 or more. */
    public EngineContext batchLimit(int batchLimit) {
        this.batchLimit = batchLimit;
        return this;
    }

    /** Returns k of the sampling of time stamps. */
    public int sampleShift() {
        return sampleShift;
    }

    /** Sets k of the sampling of time stamps: every 2^k-th event, 0 to 62. */
    public EngineContext sampleShift(int sampleShift) {
        this.sampleShift = sampleShift;
        return this;
    }

    /** Returns the bytes of the telemetry buffer. */
    public int telemetryLength() {
        return telemetryLength;
    }

    /** Sets the bytes of the telemetry buffer, a power of two, 65,536 or more. */
    public EngineContext telemetryLength(int telemetryLength) {
        this.telemetryLength = telemetryLength;
        return this;
    }

    /** Returns whether outputs wait until their cause is in the input journal. */
    public boolean isJournaled() {
        return isJournaled;
    }

    /** Sets whether outputs wait until their cause is in the input journal; off for a replay. */
    public EngineContext isJournaled(boolean isJournaled) {
        this.isJournaled = isJournaled;
        return this;
    }

    /** Returns the clock of time stamps and of commands' deadlines. */
    public NanoClock nanoClock() {
        return nanoClock;
    }

    /** Sets the clock of latency stamps; no stage can read it. */
    public EngineContext nanoClock(NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /** Returns whether producers take ingress times from the same clock. */
    public boolean isClockOfIngress() {
        return isClockOfIngress;
    }

    /**
     * Sets whether producers take ingress times from {@link #nanoClock()}. If they do, latencies begin at ingress, and egress
     * holds deadlines against that clock; if they do not (the default, right for a replay), latencies begin at the book
     * stage, and egress goes by engine time alone.
     */
    public EngineContext isClockOfIngress(boolean isClockOfIngress) {
        this.isClockOfIngress = isClockOfIngress;
        return this;
    }

    /** Returns the events that stages do not see. */
    public QuarantineSet quarantined() {
        return quarantined;
    }

    /** Sets the events that stages do not see, for a replay. */
    public EngineContext quarantined(QuarantineSet quarantined) {
        this.quarantined = quarantined;
        return this;
    }

    /** Returns who hears of faults at once. */
    public FaultListener faultListener() {
        return faultListener;
    }

    /** Sets who hears of faults at once; called on the stage's thread. */
    public EngineContext faultListener(FaultListener faultListener) {
        this.faultListener = faultListener;
        return this;
    }

    /** Returns the settings of the book stage. */
    public BookSettings books() {
        return books;
    }

    /** Sets the settings of the book stage. */
    public EngineContext books(BookSettings books) {
        this.books = books;
        return this;
    }

    /** Returns the settings of the strategy stage's parts. */
    public FeatureSettings features() {
        return features;
    }

    /** Sets the settings of the strategy stage's parts. */
    public EngineContext features(FeatureSettings features) {
        this.features = features;
        return this;
    }

    /** Returns the settings of orders and positions. */
    public OrderSettings orders() {
        return orders;
    }

    /** Sets the settings of orders and positions. */
    public EngineContext orders(OrderSettings orders) {
        this.orders = orders;
        return this;
    }

    /** Returns the settings of the probe strategy. */
    public ProbeSettings probe() {
        return probe;
    }

    /** Sets the settings of the probe strategy. */
    public EngineContext probe(ProbeSettings probe) {
        this.probe = probe;
        return this;
    }

    /** Returns the stage set for an id, null for the engine's own. */
    public Stage stage(int stageId) {
        return stages[stageId];
    }

    /** Sets a stage in place of the engine's own, by its id: for tests and tools. */
    public EngineContext stage(Stage stage) {
        stages[stage.id()] = stage;
        return this;
    }
}
