package io.millrace.engine.pipeline;

import io.millrace.codecs.event.BookTickerDecoder;
import io.millrace.codecs.event.FetchSnapshotEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import java.util.function.LongPredicate;
import org.agrona.BitUtil;

/** A deterministic first stage: hashes every event, shows the hash, and asks for a snapshot at every n-th ticker. */
final class FakeBookStage implements Stage {
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
        return 64;
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

    private void writeView(SlotContext slot) {
        for (int i = 0; i < viewLength(); i += 8) {
            slot.regionBuffer().putLong(slot.viewOffset() + i, hash + i);
        }
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
