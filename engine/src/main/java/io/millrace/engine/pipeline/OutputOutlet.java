package io.millrace.engine.pipeline;

import com.lmax.disruptor.Sequence;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.RunStoppedDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.memory.Hashing;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The engine's outputs, event by event and in this order: the unfinished digest block if a run starts here, the commands of
 * the stages, a {@code FaultVerdict} per stage that skipped, the {@code Checkpoint} if one is due (every interval and where
 * a run stops), and the {@code DigestBlock} if it is full or a run stops. All of it follows from the events alone, never
 * from how they fell into batches.
 *
 * <p>An event is reached only when all stages have passed it and, while inputs are journaled, the input outlet has too.
 * This outlet's position is what the ring waits for.
 *
 * <p><b>Thread:</b> one polls. <b>Allocation:</b> none.
 */
public final class OutputOutlet implements Outlet {
    private static final int STEP_FLUSH = 0;
    private static final int STEP_COMMANDS = 1;
    private static final int STEP_VERDICTS = 2;
    private static final int STEP_CHECKPOINT = 3;
    private static final int STEP_DIGEST = 4;
    private static final int STEP_BLOCK = 5;

    private final Ring ring;
    private final UnsafeBuffer slots;
    private final StageRegions[] regions;
    private final Sequence lastStage;
    private final InputOutlet inputs;
    private final long firstSequence;
    private final OutputRecords records = new OutputRecords();
    private final LatencyTap latencies;
    private final Sequence position = new Sequence();

    // Where the next record is: event, step, stage of the step, bytes of that stage's commands already handed over.
    private long next;
    private int step;
    private int stage;
    private int commandsDone;
    private int firstCommandStage = LatencyTap.NO_STAGE;

    // The poll under way.
    private OutletHandler handler;
    private int recordsLeft;
    private int answersLeft;
    private long lastHanded;
    private boolean isHeldByAnswers;
    private boolean isBatchOpen;

    OutputOutlet(
            Ring ring,
            StageRegions[] regions,
            Sequence lastStage,
            InputOutlet inputs,
            long firstSequence,
            LatencyTap tap) {
        this.ring = ring;
        this.slots = ring.buffer();
        this.regions = regions.clone();
        this.lastStage = lastStage;
        this.inputs = inputs;
        this.firstSequence = firstSequence;
        this.latencies = tap;
    }

    @Override
    public int poll(OutletHandler handler, int limit) {
        return poll(handler, limit, Integer.MAX_VALUE);
    }

    /**
     * As {@link Outlet#poll}, and stops in front of the first record that needs an answer when there is no room for one.
     *
     * @param handler receives each record.
     * @param limit the most records, at least 1.
     * @param answers the most commands and verdicts, 0 or more.
     * @return the number of records handed over. The position may have moved even if there were none.
     */
    int poll(OutletHandler handler, int limit, int answers) {
        long available = lastStage.get();
        if (inputs.isOn()) {
            available = Math.min(available, inputs.position().get());
        }
        isHeldByAnswers = false;
        if (available < next && !isBatchOpen) {
            return 0;
        }
        this.handler = handler;
        recordsLeft = limit;
        answersLeft = answers;
        while (next <= available && passEvent()) {
            latencies.note(next, firstCommandStage);
            firstCommandStage = LatencyTap.NO_STAGE;
            next++;
        }
        if (isBatchOpen) {
            handler.onBatchEnd(lastHanded);
            isBatchOpen = false;
        }
        latencies.record(slots, ring);
        position.set(next - 1);
        return limit - recordsLeft;
    }

    /** Returns the journal sequence of the last event whose outputs were all handed over. */
    public long sequence() {
        return firstSequence + position.get();
    }

    /** Returns the gate. */
    Sequence position() {
        return position;
    }

    /** Returns whether the last poll stopped because no more answers were allowed. */
    boolean isHeldByAnswers() {
        return isHeldByAnswers;
    }

    /** Hands over what is left of the event at {@code next}; false if it could not be finished. */
    private boolean passEvent() {
        if (step == STEP_FLUSH && !isSpecial()) {
            step = STEP_DIGEST;
        }
        return passHead() && passTail();
    }

    /** Returns whether the event has more to it than a digest. */
    private boolean isSpecial() {
        long marks = 0;
        for (StageRegions r : regions) {
            marks |= r.buffer().getLong(r.offsetOf(next) + StageRegions.FLAGS_OFFSET);
        }
        return (marks & ~StageRegions.VIEW) != 0 || templateId() == RunStartedDecoder.TEMPLATE_ID;
    }

    private boolean passHead() {
        if (step == STEP_FLUSH) {
            if (templateId() == RunStartedDecoder.TEMPLATE_ID && !passBlock(sequence(next) - 1)) {
                return false;
            }
            enter(STEP_COMMANDS);
        }
        if (step == STEP_COMMANDS) {
            while (stage < regions.length) {
                if (!passCommands()) {
                    return false;
                }
                stage++;
                commandsDone = 0;
            }
            enter(STEP_VERDICTS);
        }
        return true;
    }

    private boolean passTail() {
        if (step == STEP_VERDICTS) {
            for (; stage < regions.length; stage++) {
                if ((flags(stage) & StageRegions.FAULTED) != 0 && !passVerdict()) {
                    return false;
                }
            }
            enter(STEP_CHECKPOINT);
        }
        if (step == STEP_CHECKPOINT) {
            if ((flags(0) & StageRegions.CHECKPOINT) != 0 && !passCheckpoint()) {
                return false;
            }
            enter(STEP_DIGEST);
        }
        if (step == STEP_DIGEST) {
            records.addDigest(sequence(next), digest(), engineNs());
            enter(STEP_BLOCK);
        }
        boolean isBlockDue = ((sequence(next) + 1) & (OutputRecords.BLOCK_DIGESTS - 1)) == 0
                || templateId() == RunStoppedDecoder.TEMPLATE_ID;
        if (isBlockDue && !passBlock(sequence(next))) {
            return false;
        }
        enter(STEP_FLUSH);
        return true;
    }

    private void enter(int step) {
        this.step = step;
        stage = 0;
        commandsDone = 0;
    }

    private boolean passCommands() {
        StageRegions own = regions[stage];
        int regionOffset = own.offsetOf(next);
        int length = own.buffer().getInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET);
        while (commandsDone < length) {
            int offset = own.commandsOffset(regionOffset) + commandsDone;
            int commandLength = EventHeader.length(own.buffer(), offset);
            if (!handAnswerable(own.buffer(), offset, commandLength)) {
                return false;
            }
            int template = EventHeader.templateId(own.buffer(), offset);
            if (firstCommandStage == LatencyTap.NO_STAGE && template <= EgressAgent.LAST_COMMAND_TEMPLATE) {
                firstCommandStage = stage;
            }
            commandsDone += BitUtil.align(commandLength, 8);
        }
        return true;
    }

    private boolean passVerdict() {
        int length = records.encodeVerdict(
                sequence(next), stage, EventHeader.instrumentId(slots, ring.offsetOf(next)), engineNs());
        return handAnswerable(records.record(), 0, length);
    }

    private boolean passCheckpoint() {
        int length = records.encodeCheckpoint(sequence(next), regions, next, engineNs());
        return hand(sequence(next), records.record(), 0, length);
    }

    private boolean passBlock(long lastSequence) {
        if (records.blockCount() == 0) {
            return true;
        }
        if (!hand(lastSequence, records.block(), 0, records.encodeBlock())) {
            return false;
        }
        records.clearBlock();
        return true;
    }

    private boolean handAnswerable(DirectBuffer buffer, int offset, int length) {
        if (answersLeft == 0) {
            isHeldByAnswers = true;
            return false;
        }
        if (!hand(sequence(next), buffer, offset, length)) {
            return false;
        }
        answersLeft--;
        return true;
    }

    private boolean hand(long sequence, DirectBuffer buffer, int offset, int length) {
        if (recordsLeft == 0) {
            return false;
        }
        handler.onMessage(sequence, buffer, offset, length);
        recordsLeft--;
        isBatchOpen = true;
        lastHanded = sequence;
        return true;
    }

    private long digest() {
        long digest = 0;
        for (StageRegions r : regions) {
            digest = Hashing.mix(digest, r.buffer().getLong(r.offsetOf(next) + StageRegions.DIGEST_OFFSET));
        }
        return digest;
    }

    private long engineNs() {
        StageRegions book = regions[StageIds.BOOK];
        return book.buffer().getLong(book.offsetOf(next) + StageRegions.ENGINE_NS_OFFSET);
    }

    private int flags(int stage) {
        return regions[stage].buffer().getInt(regions[stage].offsetOf(next) + StageRegions.FLAGS_OFFSET);
    }

    private int templateId() {
        return EventHeader.templateId(slots, ring.offsetOf(next));
    }

    private long sequence(long ringSequence) {
        return firstSequence + ringSequence;
    }
}
