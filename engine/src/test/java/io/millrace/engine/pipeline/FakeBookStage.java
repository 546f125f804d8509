package io.millrace.engine.pipeline;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.FetchSnapshotEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.engine.book.MarketView;
import io.millrace.engine.memory.Hashing;
import java.util.function.LongPredicate;
import org.agrona.BitUtil;

/** A deterministic first stage: hashes every event, shows the hash, and asks for a snapshot at every n-th ticker. */
final class FakeBookStage implements Stage {
    // Of the view: bid ticks and lots, ask ticks and lots.
    private static final int BID_OFFSET = 40;
    private static final int ASK_OFFSET = 176;
    static final int COMMAND_LENGTH = BitUtil.align(8 + FetchSnapshotEncoder.BLOCK_LENGTH, 8);

    private final int commandEvery;
    private final int commandsAtOnce;
    private final LongPredicate poison;
    private final FetchSnapshotEncoder command = new FetchSnapshotEncoder();
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private long hash;
    private long tickers;
    private int regionBytesAtEntry;

    FakeBookStage(int commandEvery, int commandsAtOnce, LongPredicate poison) {
        this.commandEvery = commandEvery;
        this.commandsAtOnce = commandsAtOnce;
        this.poison = poison;
    }

    static FakeBookStage quiet() {
        return new FakeBookStage(0, 0, sequence -> false);
    }

    @Override
    public int id() {
        return StageIds.BOOK;
    }

    @Override
    public int viewLength() {
        return MarketView.LENGTH;
    }

    @Override
    public int commandsLength() {
        return 4 * COMMAND_LENGTH;
    }

    @Override
    public void onEvent(SlotContext slot) {
        regionBytesAtEntry |= slot.regionBuffer().getInt(slot.viewOffset() - StageRegions.VIEW_OFFSET);
        boolean isTicker = slot.templateId() == BookTickerDecoder.TEMPLATE_ID;
        if (isTicker && commandEvery > 0 && (tickers + 1) % commandEvery == 0) {
            for (int i = 0; i < commandsAtOnce; i++) {
                command(slot);
            }
        }
        if (poison.test(slot.sequence())) {
            throw new IllegalStateException("poison at " + slot.sequence());
        }
        if (isTicker) {
            tickers++;
        }
        long eventHash = Hashing.mix(slot.templateId(), slot.length());
        for (int i = EventHeader.INGRESS_NS_OFFSET; i + 8 <= slot.length(); i += 8) {
            eventHash = Hashing.mix(eventHash, slot.buffer().getLong(slot.offset() + i));
        }
        hash = Hashing.mix(hash, eventHash);
        writeView(slot);
    }

    @Override
    public void onSkip(SlotContext slot) {
        hash = Hashing.mix(hash, slot.sequence());
        writeView(slot);
    }

    @Override
    public long stateHash() {
        return Hashing.mix(hash, tickers);
    }

    /** What flags and command lengths the region ever held when an event was shown: must be 0. */
    int regionBytesAtEntry() {
        return regionBytesAtEntry;
    }

    /** A view of the event's instrument whose touch comes from the hash; scope and changes stay 0. */
    private void writeView(SlotContext slot) {
        int offset = slot.viewOffset();
        slot.regionBuffer().setMemory(offset, MarketView.LENGTH, (byte) 0);
        slot.regionBuffer().putInt(offset, slot.instrumentId());
        slot.regionBuffer().putLong(offset + BID_OFFSET, 1_000 + (hash & 0xFF));
        slot.regionBuffer().putLong(offset + BID_OFFSET + 8, 1 + (hash >>> 8 & 0xFFFF));
        slot.regionBuffer().putLong(offset + ASK_OFFSET, 1_256 + (hash >>> 24 & 0xFF));
        slot.regionBuffer().putLong(offset + ASK_OFFSET + 8, 1 + (hash >>> 32 & 0xFFFF));
        slot.markView();
        slot.digest(hash);
    }

    private void command(SlotContext slot) {
        if (!slot.hasRoomForCommand(COMMAND_LENGTH)) {
            return;
        }
        long commandId = slot.nextCommandId();
        int offset = slot.claimCommand(COMMAND_LENGTH);
        command.wrapAndApplyHeader(slot.regionBuffer(), offset, frame)
                .commandId(commandId)
                .causeSequence(slot.sequence())
                .deadlineNs(slot.engineNs() + 1_000_000_000L)
                .depthLimit(1000)
                .attempt(1);
        EventHeader.length(slot.regionBuffer(), offset, COMMAND_LENGTH);
        EventHeader.flags(slot.regionBuffer(), offset, EventFlags.WHOLE);
        EventHeader.producer(slot.regionBuffer(), offset, Producers.ENGINE);
        EventHeader.instrumentId(slot.regionBuffer(), offset, slot.instrumentId());
        EventHeader.ingressNs(slot.regionBuffer(), offset, slot.engineNs());
    }
}
