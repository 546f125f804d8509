package io.millrace.codecs.binance;

import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes a {@link DepthMerge} as the messages of one diff, flagged {@link EventFlags#CONFLATED}.
 *
 * <p><b>Thread:</b> the owner's. <b>Allocation:</b> in the constructor.
 */
public final class DepthMergeEncoder {
    private final EventScratch scratch;
    private final DepthWriter writer;

    /**
     * Makes an encoder.
     *
     * @param slotLength longest message in bytes.
     */
    public DepthMergeEncoder(int slotLength) {
        scratch =
                EventScratch.forMarket(DepthWriter.capacityFor(DepthMerge.MAX_LEVELS, slotLength) + FrameBuffer.SLACK);
        writer = new DepthWriter(scratch, slotLength, DepthMerge.MAX_LEVELS);
    }

    /** Returns the buffer that {@link #encode} writes to, from its beginning. */
    public DirectBuffer encoded() {
        return scratch.buffer();
    }

    /**
     * Encodes what was merged.
     *
     * @param merge to encode; made of more than one diff, so within {@link DepthMerge#MAX_LEVELS}.
     * @return the bytes of all messages together.
     */
    public int encode(DepthMerge merge) {
        int position = writer.endBids(put(merge.bids(), writer.begin(merge.root())));
        int length = writer.finish(put(merge.asks(), position));
        UnsafeBuffer buffer = scratch.buffer();
        for (int at = 0; at < length; at += EventHeader.length(buffer, at)) {
            EventHeader.flags(buffer, at, EventHeader.flags(buffer, at) | EventFlags.CONFLATED);
        }
        return length;
    }

    private int put(MergedLevels side, int from) {
        int position = from;
        for (int i = 0; i < side.size(); i++) {
            if (position == writer.limit()) {
                position = writer.next(position);
            }
            writer.put(position, side.priceTicks(i), side.qtyLots(i));
            position += DepthWriter.LEVEL_LENGTH;
        }
        return position;
    }
}
