package io.millrace.engine.strategy;

import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.engine.pipeline.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps the last market view of each instrument, copied from the book stage's region: what strategies will read.
 *
 * <p><b>Thread:</b> the strategy agent. <b>Allocation:</b> when an instrument is first seen.
 */
public final class FeatureStage implements Stage {
    private static final int HASHED_BYTES = 64;

    private final int marketViewLength;
    private UnsafeBuffer[] lastViews = new UnsafeBuffer[64];
    private long[] viewHashes = new long[64];
    private long hash;

    /**
     * Makes the stage.
     *
     * @param marketViewLength bytes of the book stage's view.
     */
    public FeatureStage(int marketViewLength) {
        this.marketViewLength = marketViewLength;
    }

    @Override
    public int id() {
        return StageIds.STRATEGY;
    }

    @Override
    public void onEvent(SlotContext slot) {
        if (slot.templateId() == RunStartedDecoder.TEMPLATE_ID) {
            forgetAll();
        }
        takeView(slot);
    }

    @Override
    public void onSkip(SlotContext slot) {
        takeView(slot);
    }

    @Override
    public long stateHash() {
        return hash;
    }

    private void takeView(SlotContext slot) {
        int instrumentId = slot.instrumentId();
        if (instrumentId < 0 || (slot.upstreamFlags(StageIds.BOOK) & StageRegions.VIEW) == 0) {
            return;
        }
        DirectBuffer source = slot.upstreamBuffer(StageIds.BOOK);
        int offset = slot.upstreamViewOffset(StageIds.BOOK);
        viewOf(instrumentId).putBytes(0, source, offset, marketViewLength);
        long viewHash = 0;
        for (int i = 0; i + 8 <= Math.min(marketViewLength, HASHED_BYTES); i += 8) {
            viewHash = Hashing.mix(viewHash, source.getLong(offset + i));
        }
        setHash(instrumentId, viewHash);
        slot.digest(viewHash);
    }

    private void setHash(int instrumentId, long viewHash) {
        hash += Hashing.spread(viewHash + instrumentId) - Hashing.spread(viewHashes[instrumentId] + instrumentId);
        viewHashes[instrumentId] = viewHash;
    }

    private UnsafeBuffer viewOf(int instrumentId) {
        if (instrumentId >= lastViews.length) {
            int length = Math.max(instrumentId + 1, lastViews.length * 2);
            lastViews = Arrays.copyOf(lastViews, length);
            viewHashes = Arrays.copyOf(viewHashes, length);
        }
        UnsafeBuffer view = lastViews[instrumentId];
        if (view == null) {
            view = new UnsafeBuffer(new byte[marketViewLength]);
            lastViews[instrumentId] = view;
        }
        return view;
    }

    private void forgetAll() {
        for (int id = 0; id < lastViews.length; id++) {
            if (lastViews[id] != null) {
                lastViews[id].setMemory(0, marketViewLength, (byte) 0);
                setHash(id, 0);
            }
        }
    }
}
