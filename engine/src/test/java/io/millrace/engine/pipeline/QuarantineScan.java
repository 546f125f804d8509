package io.millrace.engine.pipeline;

import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.StageFaultDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import org.agrona.DirectBuffer;

/**
 * Gathers the {@code QUARANTINE} commands of a journal of inputs, before it is replayed. One that names an event at which
 * the stage never threw is not followed: in the recorded run the stage saw that event, so it has to see it again.
 */
final class QuarantineScan implements OutletHandler {
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final OperatorCommandDecoder command = new OperatorCommandDecoder();
    private final StageFaultDecoder fault = new StageFaultDecoder();
    private QuarantineSet faulted = QuarantineSet.NONE;
    private QuarantineSet found = QuarantineSet.NONE;

    @Override
    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        int templateId = EventHeader.templateId(buffer, offset);
        if (templateId == StageFaultDecoder.TEMPLATE_ID) {
            // A fault at the telling of a fault is told by nobody, so all stages count as having thrown there.
            for (int stage = 0; stage < StageIds.COUNT; stage++) {
                faulted = faulted.with(sequence, stage);
            }
            fault.wrapAndApplyHeader(buffer, offset, frame);
            if (fault.faultSequence() >= 0 && fault.stage() < StageIds.COUNT) {
                faulted = faulted.with(fault.faultSequence(), fault.stage());
            }
            return;
        }
        if (templateId != OperatorCommandDecoder.TEMPLATE_ID) {
            return;
        }
        command.wrapAndApplyHeader(buffer, offset, frame);
        if (command.action() == OperatorAction.QUARANTINE
                && command.targetSequence() >= 0
                && command.stage() < StageIds.COUNT
                && faulted.contains(command.targetSequence(), command.stage())) {
            found = found.with(command.targetSequence(), command.stage());
        }
    }

    /** Returns what was found so far. */
    public QuarantineSet found() {
        return found;
    }
}
