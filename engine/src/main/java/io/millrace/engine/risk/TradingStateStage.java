package io.millrace.engine.risk;

import io.millrace.codecs.event.DiskLevel;
import io.millrace.codecs.event.DiskStatusDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.event.RunStoppedDecoder;
import io.millrace.codecs.event.StageFaultDecoder;
import io.millrace.engine.memory.Hashing;
import io.millrace.engine.pipeline.SlotContext;
import io.millrace.engine.pipeline.Stage;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.engine.pipeline.StageRegions;

/**
 * The trading state: entries are allowed while no reason of {@link HaltReasons} stands against them. Cancels and reducing
 * commands do not ask it.
 *
 * <p>A fault of any stage halts at the very event, because earlier stages say so in their regions and this stage knows of
 * its own. It lasts until every faulted (sequence, stage) pair is quarantined, across runs. An operator's halt lasts until
 * {@code RESUME_ENTRIES}, across runs too; what the disk said is asked anew by each run.
 *
 * <p>View: reasons (int, at {@link #REASONS_OFFSET}), open faults (int, at {@link #OPEN_FAULTS_OFFSET}).
 *
 * <p><b>Thread:</b> the risk agent. <b>Allocation:</b> none for market data.
 */
public final class TradingStateStage implements Stage {
    /** Offset of the reasons in the view. */
    public static final int REASONS_OFFSET = 0;
    /** Offset of the number of faults that are not quarantined. */
    public static final int OPEN_FAULTS_OFFSET = 4;
    /** Bytes of the view. */
    public static final int VIEW_LENGTH = 8;

    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final OperatorCommandDecoder operatorCommand = new OperatorCommandDecoder();
    private final StageFaultDecoder stageFault = new StageFaultDecoder();
    private final DiskStatusDecoder diskStatus = new DiskStatusDecoder();
    private final FaultPairs faults = new FaultPairs();
    private final FaultPairs quarantined = new FaultPairs();
    private int reasons = HaltReasons.NOT_STARTED;

    @Override
    public int id() {
        return StageIds.RISK;
    }

    @Override
    public int viewLength() {
        return VIEW_LENGTH;
    }

    @Override
    public void onEvent(SlotContext slot) {
        takeUpstreamFaults(slot);
        switch (slot.templateId()) {
            case RunStartedDecoder.TEMPLATE_ID ->
                reasons &= ~(HaltReasons.NOT_STARTED
                        | HaltReasons.STOPPED
                        | HaltReasons.DISK_LOW
                        | HaltReasons.DISK_CRITICAL);
            case RunStoppedDecoder.TEMPLATE_ID -> reasons |= HaltReasons.STOPPED;
            case OperatorCommandDecoder.TEMPLATE_ID -> onOperatorCommand(slot);
            case StageFaultDecoder.TEMPLATE_ID -> onStageFault(slot);
            case DiskStatusDecoder.TEMPLATE_ID -> onDiskStatus(slot);
            default -> {
                // Market data does not change the trading state.
            }
        }
        writeView(slot);
    }

    @Override
    public void onSkip(SlotContext slot) {
        takeUpstreamFaults(slot);
        addFault(slot.sequence(), StageIds.RISK);
        writeView(slot);
    }

    @Override
    public long stateHash() {
        return Hashing.mix(Hashing.mix(Hashing.mix(0, reasons), faults.hash()), quarantined.hash());
    }

    /** Returns why entries are not allowed, bits of {@link HaltReasons}; for the agent's thread or after it has ended. */
    public int reasons() {
        return reasons;
    }

    /** Returns {@link HaltReasons#FAULT} if an earlier stage faulted at the slot and nobody decided to leave that out, else 0. */
    public int upstreamFaults(SlotContext slot) {
        for (int stage = StageIds.BOOK; stage < StageIds.RISK; stage++) {
            if ((slot.upstreamFlags(stage) & StageRegions.FAULTED) != 0
                    && !quarantined.contains(slot.sequence(), stage)) {
                return HaltReasons.FAULT;
            }
        }
        return 0;
    }

    /** Returns the digest of what the view says. */
    public long digest() {
        return Hashing.mix(faults.size(), reasons);
    }

    private void onOperatorCommand(SlotContext slot) {
        operatorCommand.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
        OperatorAction action = operatorCommand.action();
        switch (action) {
            case HALT_ENTRIES -> reasons |= HaltReasons.OPERATOR;
            case STOP -> reasons |= HaltReasons.STOPPED;
            case RESUME_ENTRIES -> reasons &= ~HaltReasons.OPERATOR;
            case QUARANTINE -> quarantine(operatorCommand.targetSequence(), operatorCommand.stage());
            default -> {
                // Others concern other stages.
            }
        }
    }

    private void quarantine(long sequence, int stage) {
        if (stage >= StageIds.COUNT || sequence < 0) {
            return;
        }
        quarantined.add(sequence, stage);
        faults.remove(sequence, stage);
        judgeFaults();
    }

    private void onStageFault(SlotContext slot) {
        stageFault.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
        if (stageFault.stage() < StageIds.COUNT) {
            addFault(stageFault.faultSequence(), stageFault.stage());
        }
    }

    private void onDiskStatus(SlotContext slot) {
        diskStatus.wrapAndApplyHeader(slot.buffer(), slot.offset(), frame);
        DiskLevel level = diskStatus.level();
        int cleared = reasons & ~(HaltReasons.DISK_LOW | HaltReasons.DISK_CRITICAL);
        reasons = switch (level) {
            case AMPLE -> cleared;
            case LOW -> cleared | HaltReasons.DISK_LOW;
            default -> cleared | HaltReasons.DISK_LOW | HaltReasons.DISK_CRITICAL;
        };
    }

    private void takeUpstreamFaults(SlotContext slot) {
        for (int stage = StageIds.BOOK; stage < StageIds.RISK; stage++) {
            if ((slot.upstreamFlags(stage) & StageRegions.FAULTED) != 0) {
                addFault(slot.sequence(), stage);
            }
        }
    }

    private void addFault(long sequence, int stage) {
        if (!quarantined.contains(sequence, stage)) {
            faults.add(sequence, stage);
        }
        judgeFaults();
    }

    private void judgeFaults() {
        if (faults.isEmpty()) {
            reasons &= ~HaltReasons.FAULT;
        } else {
            reasons |= HaltReasons.FAULT;
        }
    }

    private void writeView(SlotContext slot) {
        int offset = slot.viewOffset();
        slot.regionBuffer().putInt(offset + REASONS_OFFSET, reasons);
        slot.regionBuffer().putInt(offset + OPEN_FAULTS_OFFSET, faults.size());
        slot.markView();
        slot.digest(digest());
    }
}
