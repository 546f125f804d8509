package io.millrace.engine.pipeline;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.millrace.codecs.event.CheckpointEncoder;
import io.millrace.codecs.event.DigestBlockEncoder;
import io.millrace.codecs.event.FaultVerdictEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes the records that the outputs carry beside the commands, each into a buffer that is used again. */
final class OutputRecords {
    /** Digests of a whole block. */
    static final int BLOCK_DIGESTS = 32;

    private static final int VALUE_OFFSET = EventHeader.BODY_OFFSET;
    private static final int GROUP_OFFSET = VALUE_OFFSET + 8;
    private static final int ENTRIES_OFFSET = GROUP_OFFSET + 8;
    private static final int CHECKPOINT_ENTRY_LENGTH = 16;
    private static final int ALIGNMENT = 64;

    private final UnsafeBuffer record =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(ENTRIES_OFFSET + 8 * ALIGNMENT, ALIGNMENT));
    private final UnsafeBuffer block =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(ENTRIES_OFFSET + 8 * BLOCK_DIGESTS, ALIGNMENT));
    private int blockCount;

    /** Returns the buffer of the last verdict or checkpoint; the message begins at 0. */
    UnsafeBuffer record() {
        return record;
    }

    /** Returns the buffer of the block; the message begins at 0. */
    UnsafeBuffer block() {
        return block;
    }

    /** Returns the digests in the block. */
    int blockCount() {
        return blockCount;
    }

    /** Adds a digest to the block. */
    void addDigest(long sequence, long digest, long engineNs) {
        if (blockCount == 0) {
            block.putLong(VALUE_OFFSET, sequence, LITTLE_ENDIAN);
        }
        block.putLong(ENTRIES_OFFSET + 8 * blockCount, digest, LITTLE_ENDIAN);
        blockCount++;
        EventHeader.ingressNs(block, 0, engineNs);
    }

    /** Finishes the block and returns its length. */
    int encodeBlock() {
        int length = ENTRIES_OFFSET + 8 * blockCount;
        long engineNs = EventHeader.ingressNs(block, 0);
        putHeader(block, DigestBlockEncoder.BLOCK_LENGTH, DigestBlockEncoder.TEMPLATE_ID, length, engineNs);
        block.putLong(GROUP_OFFSET, 8L | ((long) blockCount << 16), LITTLE_ENDIAN);
        return length;
    }

    /** Begins the next block. */
    void clearBlock() {
        blockCount = 0;
    }

    /** Writes a verdict into {@link #record()} and returns its length. */
    int encodeVerdict(long sequence, int stage, int instrumentId, long engineNs) {
        putHeader(
                record, FaultVerdictEncoder.BLOCK_LENGTH, FaultVerdictEncoder.TEMPLATE_ID, GROUP_OFFSET + 8, engineNs);
        EventHeader.instrumentId(record, 0, instrumentId);
        record.putLong(VALUE_OFFSET, sequence, LITTLE_ENDIAN);
        record.putLong(GROUP_OFFSET, stage, LITTLE_ENDIAN);
        return GROUP_OFFSET + 8;
    }

    /** Writes a checkpoint into {@link #record()} and returns its length. */
    int encodeCheckpoint(long sequence, StageRegions[] regions, long ringSequence, long engineNs) {
        int length = ENTRIES_OFFSET + CHECKPOINT_ENTRY_LENGTH * regions.length;
        putHeader(record, CheckpointEncoder.BLOCK_LENGTH, CheckpointEncoder.TEMPLATE_ID, length, engineNs);
        record.putLong(VALUE_OFFSET, sequence, LITTLE_ENDIAN);
        record.putLong(GROUP_OFFSET, CHECKPOINT_ENTRY_LENGTH | ((long) regions.length << 16), LITTLE_ENDIAN);
        int offset = ENTRIES_OFFSET;
        for (int stage = 0; stage < regions.length; stage++) {
            StageRegions stageRegions = regions[stage];
            long stateHash =
                    stageRegions.buffer().getLong(stageRegions.offsetOf(ringSequence) + StageRegions.STATE_HASH_OFFSET);
            record.putLong(offset, stateHash, LITTLE_ENDIAN);
            record.putLong(offset + 8, stage, LITTLE_ENDIAN);
            offset += CHECKPOINT_ENTRY_LENGTH;
        }
        return length;
    }

    private static void putHeader(UnsafeBuffer buffer, int blockLength, int templateId, int length, long engineNs) {
        EventHeader.putFrame(
                buffer, 0, blockLength, templateId, CheckpointEncoder.SCHEMA_ID, CheckpointEncoder.SCHEMA_VERSION);
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.producer(buffer, 0, Producers.ENGINE);
        EventHeader.instrumentId(buffer, 0, EventHeader.NO_INSTRUMENT);
        EventHeader.ingressNs(buffer, 0, engineNs);
    }
}
