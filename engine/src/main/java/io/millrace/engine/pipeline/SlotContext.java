package io.millrace.engine.pipeline;

import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.memory.RawWords;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a stage sees of one slot: the event, the regions of earlier stages (read only), and its own region (to write).
 * One object per stage, moved from slot to slot.
 *
 * <p><b>Thread:</b> the stage's agent.
 */
public final class SlotContext {
    /** Commands of one sequence are numbered below this. */
    public static final int MAX_COMMANDS = 64;
    /** Of them each stage has this many, {@code stage * STAGE_COMMANDS} the first. */
    public static final int STAGE_COMMANDS = MAX_COMMANDS / 4;

    private final int stageId;
    private final StageRegions own;
    private final StageRegions[] upstream;
    private final UnsafeBuffer region;
    private DirectBuffer buffer;
    private long sequence;
    private long ringSequence;
    private int offset;
    private int length;
    private int regionOffset;
    /** The region as raw memory: it is checked to be there once, in {@link #moveTo}, and written a dozen times. */
    private final byte[] regionBase;

    private long regionAddress;
    private int commandCount;

    /**
     * Makes the context of a stage.
     *
     * @param stageId the stage.
     * @param own its regions.
     * @param upstream regions of earlier stages by stage id; longer arrays and later stages are not looked at.
     */
    public SlotContext(int stageId, StageRegions own, StageRegions... upstream) {
        this.stageId = stageId;
        this.own = own;
        this.upstream = upstream.clone();
        this.region = own.buffer();
        this.regionBase = region.byteArray();
    }

    /**
     * Moves to a slot and clears the stage's region of it.
     *
     * @param ringSequence place on the ring.
     * @param sequence journal sequence of the event.
     * @param buffer holds the event.
     * @param offset of the event.
     * @param length bytes of the event.
     */
    public void moveTo(long ringSequence, long sequence, DirectBuffer buffer, int offset, int length) {
        this.ringSequence = ringSequence;
        this.sequence = sequence;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
        this.regionOffset = own.offsetOf(ringSequence);
        this.regionAddress = own.checkedAddress(regionOffset);
        clearRegion();
    }

    /** Forgets what was written into the stage's region of this slot. */
    public void clearRegion() {
        // Engine time stays, it is set at every event.
        RawWords.putNative(regionBase, regionAddress + StageRegions.FLAGS_OFFSET, 0);
        RawWords.putNative(regionBase, regionAddress + StageRegions.DIGEST_OFFSET, 0);
        RawWords.putNative(regionBase, regionAddress + StageRegions.STATE_HASH_OFFSET, 0);
        commandCount = 0;
    }

    /** Returns the journal sequence of the event. */
    public long sequence() {
        return sequence;
    }

    /** Returns the buffer that holds the event. */
    public DirectBuffer buffer() {
        return buffer;
    }

    /** Returns the offset of the event in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** Returns the bytes of the event. */
    public int length() {
        return length;
    }

    /**
     * Returns whether the event stands for several of the venue's, merged while the engine took nothing: what happened between
     * the last event and this one was not seen one by one.
     */
    public boolean isConflated() {
        return EventFlags.isConflated(EventHeader.flags(buffer, offset));
    }

    /** Returns the event's template id. */
    public int templateId() {
        return EventHeader.templateId(buffer, offset);
    }

    /** Returns the event's instrument, {@link EventHeader#NO_INSTRUMENT} for none. */
    public int instrumentId() {
        return EventHeader.instrumentId(buffer, offset);
    }

    /** Returns engine time at this event; the first stage's agent has set it. */
    public long engineNs() {
        return stageId == StageIds.BOOK
                ? region.getLong(regionOffset + StageRegions.ENGINE_NS_OFFSET)
                : upstream[StageIds.BOOK]
                        .buffer()
                        .getLong(upstream[StageIds.BOOK].offsetOf(ringSequence) + StageRegions.ENGINE_NS_OFFSET);
    }

    /** Sets engine time; the first stage's agent does, before the stage sees the event, and the stage may again. */
    public void engineNs(long engineNs) {
        RawWords.putNative(regionBase, regionAddress + StageRegions.ENGINE_NS_OFFSET, engineNs);
    }

    /** Sets the digest of the stage's visible result of this event; 0 if there is none. */
    public void digest(long digest) {
        RawWords.putNative(regionBase, regionAddress + StageRegions.DIGEST_OFFSET, digest);
    }

    /** Returns the buffer of the stage's own regions, to write the view at {@link #viewOffset()}. */
    public UnsafeBuffer regionBuffer() {
        return region;
    }

    /** Returns where the stage's own view of this slot begins. */
    public int viewOffset() {
        return regionOffset + StageRegions.VIEW_OFFSET;
    }

    /** Says that the own view was written. */
    public void markView() {
        addFlags(StageRegions.VIEW);
    }

    /** Adds bits to the own region's flags. */
    public void addFlags(int flags) {
        long at = regionAddress + StageRegions.FLAGS_OFFSET;
        RawWords.putNative(regionBase, at, RawWords.getNative(regionBase, at) | RawWords.pair(flags, 0));
    }

    /** Sets the state hash of a checkpoint. */
    public void checkpoint(long stateHash) {
        region.putLong(regionOffset + StageRegions.STATE_HASH_OFFSET, stateHash);
        addFlags(StageRegions.CHECKPOINT);
    }

    /** Returns the flags that an earlier stage set for this slot. */
    public int upstreamFlags(int stage) {
        return upstream[stage].buffer().getInt(upstream[stage].offsetOf(ringSequence) + StageRegions.FLAGS_OFFSET);
    }

    /** Returns the buffer of an earlier stage's regions. */
    public DirectBuffer upstreamBuffer(int stage) {
        return upstream[stage].buffer();
    }

    /** Returns where an earlier stage's view of this slot begins in its buffer. */
    public int upstreamViewOffset(int stage) {
        return upstream[stage].offsetOf(ringSequence) + StageRegions.VIEW_OFFSET;
    }

    /** Returns the bytes of the commands and records that an earlier stage made at this event. */
    public int upstreamCommandsLength(int stage) {
        return upstream[stage]
                .buffer()
                .getInt(upstream[stage].offsetOf(ringSequence) + StageRegions.COMMANDS_LENGTH_OFFSET);
    }

    /** Returns where an earlier stage's commands and records of this event begin in its buffer, each at a multiple of 8. */
    public int upstreamCommandsOffset(int stage) {
        return upstream[stage].commandsOffset(upstream[stage].offsetOf(ringSequence));
    }

    /** Returns how many commands the stage has made at this event. */
    public int commandCount() {
        return commandCount;
    }

    /** Returns whether this stage or an earlier one made commands or records at this event. */
    boolean hasOutputs() {
        int lengths = region.getInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET);
        for (int stage = 0; stage < stageId; stage++) {
            lengths |= upstream[stage]
                    .buffer()
                    .getInt(upstream[stage].offsetOf(ringSequence) + StageRegions.COMMANDS_LENGTH_OFFSET);
        }
        return lengths != 0;
    }

    /** Returns the id that the next command of this event gets. */
    public long nextCommandId() {
        return sequence * MAX_COMMANDS + (long) stageId * STAGE_COMMANDS + commandCount;
    }

    /** Returns whether a command of this many bytes still fits. */
    public boolean hasRoomForCommand(int commandLength) {
        int used = region.getInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET);
        return commandCount < STAGE_COMMANDS && used + commandLength <= own.commandsCapacity();
    }

    /**
     * Takes room for a command; the caller writes a whole SBE message at the returned offset of {@link #regionBuffer()},
     * with {@link #nextCommandId()} (read before this call) as its id.
     *
     * @param commandLength bytes of the message, a multiple of 8; {@link #hasRoomForCommand} must have been asked.
     * @return where to write.
     */
    public int claimCommand(int commandLength) {
        int used = region.getInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET);
        if (commandCount >= STAGE_COMMANDS || used + commandLength > own.commandsCapacity()) {
            throw new IllegalStateException("stage " + StageIds.name(stageId) + " has no room for a command of "
                    + commandLength + " bytes at sequence " + sequence + ": " + commandCount + " commands, " + used
                    + " of " + own.commandsCapacity() + " bytes used");
        }
        commandCount++;
        region.putInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET, used + commandLength);
        return own.commandsOffset(regionOffset) + used;
    }

    /** Returns whether an output record of this many bytes still fits. */
    public boolean hasRoomForRecord(int recordLength) {
        return region.getInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET) + recordLength
                <= own.commandsCapacity();
    }

    /**
     * Takes room for an output record: it goes to the output journal between the commands and gets no id.
     *
     * @param recordLength bytes of the message, a multiple of 8; {@link #hasRoomForRecord} must have been asked.
     * @return where to write.
     */
    public int claimRecord(int recordLength) {
        if (!hasRoomForRecord(recordLength)) {
            throw new IllegalStateException("stage " + StageIds.name(stageId) + " has no room for a record of "
                    + recordLength + " bytes at sequence " + sequence + ", its region holds " + own.commandsCapacity());
        }
        int used = region.getInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET);
        region.putInt(regionOffset + StageRegions.COMMANDS_LENGTH_OFFSET, used + recordLength);
        return own.commandsOffset(regionOffset) + used;
    }
}
