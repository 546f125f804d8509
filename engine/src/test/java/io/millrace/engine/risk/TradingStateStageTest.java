package io.millrace.engine.risk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.codecs.event.DiskLevel;
import io.millrace.codecs.event.DiskStatusEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandEncoder;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.RunStoppedEncoder;
import io.millrace.codecs.event.StageFaultEncoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class TradingStateStageTest {
    private static final int SLOTS = 16;

    private final StageRegions[] regions = {
        new StageRegions(SLOTS, 0, 0),
        new StageRegions(SLOTS, 0, 0),
        new StageRegions(SLOTS, TradingStateStage.VIEW_LENGTH, 0)
    };
    private final SlotContext slot = new SlotContext(StageIds.RISK, regions[StageIds.RISK], regions);
    private final UnsafeBuffer event = new UnsafeBuffer(new byte[256]);
    private final MessageHeaderEncoder frame = new MessageHeaderEncoder();
    private final TradingStateStage stage = new TradingStateStage();
    private long sequence;

    private int apply(int length) {
        moveTo(length);
        stage.onEvent(slot);
        return reasons();
    }

    private int skip(int length) {
        moveTo(length);
        stage.onSkip(slot);
        return reasons();
    }

    private void moveTo(int length) {
        EventHeader.length(event, 0, length);
        EventHeader.instrumentId(event, 0, EventHeader.NO_INSTRUMENT);
        slot.moveTo(sequence, sequence, event, 0, length);
        sequence++;
    }

    /** What the region says is what the stage holds. */
    private int reasons() {
        assertEquals(stage.reasons(), slot.regionBuffer().getInt(slot.viewOffset() + TradingStateStage.REASONS_OFFSET));
        return stage.reasons();
    }

    private int started() {
        RunStartedEncoder encoder = new RunStartedEncoder();
        encoder.wrapAndApplyHeader(event, 0, frame).runEpoch(1).build("").configuration("");
        return encoder.limit();
    }

    private int stopped() {
        RunStoppedEncoder encoder = new RunStoppedEncoder();
        encoder.wrapAndApplyHeader(event, 0, frame).runEpoch(1).reason(StopReason.ORDERLY);
        return encoder.limit();
    }

    private int operator(OperatorAction action, long target, int stageId) {
        OperatorCommandEncoder encoder = new OperatorCommandEncoder();
        encoder.wrapAndApplyHeader(event, 0, frame)
                .targetSequence(target)
                .action(action)
                .stage((short) stageId)
                .reason("");
        return encoder.limit();
    }

    private int disk(DiskLevel level) {
        DiskStatusEncoder encoder = new DiskStatusEncoder();
        encoder.wrapAndApplyHeader(event, 0, frame).freeBytes(1).level(level);
        return encoder.limit();
    }

    private int fault(long faultSequence, int stageId) {
        StageFaultEncoder encoder = new StageFaultEncoder();
        encoder.wrapAndApplyHeader(event, 0, frame)
                .faultSequence(faultSequence)
                .stage((short) stageId)
                .message("");
        return encoder.limit();
    }

    @Test
    void shouldAllowEntriesOnlyBetweenStartAndStop() {
        assertEquals(HaltReasons.NOT_STARTED, stage.reasons());
        assertEquals(0, apply(started()));
        assertEquals(HaltReasons.STOPPED, apply(stopped()));
        assertEquals(0, apply(started()));
    }

    @Test
    void shouldHaltUntilTheOperatorResumesAcrossRuns() {
        apply(started());
        assertEquals(HaltReasons.OPERATOR, apply(operator(OperatorAction.HALT_ENTRIES, -1, 255)));
        apply(stopped());
        assertEquals(HaltReasons.OPERATOR, apply(started()));
        assertEquals(0, apply(operator(OperatorAction.RESUME_ENTRIES, -1, 255)));
    }

    @Test
    void shouldFollowTheDiskAndAskAnewInEachRun() {
        apply(started());
        assertEquals(HaltReasons.DISK_LOW, apply(disk(DiskLevel.LOW)));
        assertEquals(HaltReasons.DISK_LOW | HaltReasons.DISK_CRITICAL, apply(disk(DiskLevel.CRITICAL)));
        assertEquals(HaltReasons.DISK_LOW, apply(disk(DiskLevel.LOW)));
        assertEquals(0, apply(disk(DiskLevel.AMPLE)));
        apply(disk(DiskLevel.CRITICAL));
        assertEquals(0, apply(started()));
    }

    @Test
    void shouldHaltUntilEveryFaultIsQuarantined() {
        apply(started());
        assertEquals(HaltReasons.FAULT, apply(fault(7, StageIds.BOOK)));
        assertEquals(HaltReasons.FAULT, apply(fault(7, StageIds.STRATEGY)));
        assertEquals(HaltReasons.FAULT, apply(operator(OperatorAction.QUARANTINE, 7, StageIds.BOOK)));
        assertEquals(HaltReasons.FAULT, apply(operator(OperatorAction.RESUME_ENTRIES, -1, 255)));
        assertEquals(0, apply(operator(OperatorAction.QUARANTINE, 7, StageIds.STRATEGY)));
        assertEquals(0, apply(fault(7, StageIds.BOOK)), "told again after the quarantine");
        assertEquals(HaltReasons.FAULT, apply(fault(8, StageIds.BOOK)));
        assertEquals(HaltReasons.FAULT, apply(started()), "a new run lifts nothing");
    }

    @Test
    void shouldHaltAtTheEventAtWhichAnEarlierStageFaulted() {
        apply(started());
        regions[StageIds.STRATEGY].buffer().putInt(regions[StageIds.STRATEGY].offsetOf(sequence), StageRegions.FAULTED);
        assertEquals(HaltReasons.FAULT, apply(disk(DiskLevel.AMPLE)));
        assertEquals(0, apply(operator(OperatorAction.QUARANTINE, sequence - 1, StageIds.STRATEGY)));
    }

    @Test
    void shouldCountItsOwnFaultAndNothingElseOfAnEventThatItSkips() {
        apply(started());
        assertEquals(HaltReasons.FAULT, skip(disk(DiskLevel.LOW)));
        long before = stage.stateHash();
        assertEquals(0, apply(operator(OperatorAction.QUARANTINE, sequence - 1, StageIds.RISK)));
        assertNotEquals(before, stage.stateHash());
    }

    @Test
    void shouldIgnoreCommandsThatNameNoStage() {
        apply(started());
        assertEquals(0, apply(fault(3, 200)));
        apply(fault(3, StageIds.BOOK));
        assertEquals(HaltReasons.FAULT, apply(operator(OperatorAction.QUARANTINE, 3, 200)));
        assertEquals("fault", HaltReasons.toText(stage.reasons()));
        assertEquals("none", HaltReasons.toText(0));
        assertEquals("operator+disk-low", HaltReasons.toText(HaltReasons.DISK_LOW | HaltReasons.OPERATOR));
    }
}
