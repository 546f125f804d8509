package io.millrace.engine.pipeline;

import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OperatorAction;
import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import org.agrona.DirectBuffer;

/** Gathers the {@code QUARANTINE} commands of a journal of inputs, before it is replayed. */
public final class QuarantineScan implements OutletHandler {
    private final MessageHeaderDecoder frame = new MessageHeaderDecoder();
    private final OperatorCommandDecoder command = new OperatorCommandDecoder();
    private QuarantineSet found = QuarantineSet.NONE;

    @Override
    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        if (EventHeader.templateId(buffer, offset) != OperatorCommandDecoder.TEMPLATE_ID) {
            return;
        }
        command.wrapAndApplyHeader(buffer, offset, frame);
        if (command.action() == OperatorAction.QUARANTINE
                && command.targetSequence() >= 0
                && command.stage() < StageIds.COUNT) {
            found = found.with(command.targetSequence(), command.stage());
        }
    }

    /** Returns what was found so far. */
    public QuarantineSet found() {
        return found;
    }
}
