package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.OutcomeReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.message.Producers;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class EgressAgentTest {
    private static final OutletHandler NO_JOURNAL = (sequence, buffer, offset, length) -> {};

    private final MutableDirectBuffer event = Events.buffer();
    private final EventList.Recorder inputs = new EventList.Recorder();
    private long nowNs;

    private Engine engine() {
        return new Engine(new EngineContext()
                .ringSlots(64)
                .slotLength(512)
                .isClockOfIngress(true)
                .nanoClock(() -> nowNs)
                .stage(new FakeBookStage(1, 1, sequence -> false)));
    }

    private CommandOutcomeDecoder outcomeOf(Engine engine, Inlet gateway, long egressNs) {
        nowNs = 1_000;
        engine.marketInlet().offer(event, 0, Events.ticker(event, 0, 9, 1, nowNs));
        EgressAgent egress = engine.egressAgent(NO_JOURNAL, gateway);
        Runs.stages(engine);
        engine.inputs().poll(inputs, 10);
        nowNs = egressNs;
        egress.doWork();
        engine.inputs().poll(inputs, 10);
        assertEquals(2, inputs.size());
        CommandOutcomeDecoder outcome = new CommandOutcomeDecoder();
        UnsafeBuffer message = new UnsafeBuffer(inputs.messages.get(1));
        outcome.wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        assertEquals(9, EventHeader.instrumentId(message, 0));
        assertEquals(Producers.EGRESS, EventHeader.producer(message, 0));
        assertEquals(egressNs, EventHeader.ingressNs(message, 0));
        assertEquals(FetchSnapshotDecoder.TEMPLATE_ID, outcome.commandTemplateId());
        assertEquals(0, outcome.commandId());
        return outcome;
    }

    @Test
    void shouldAnswerExpiredWhenTheCommandIsTooOld() {
        CommandOutcomeDecoder outcome =
                outcomeOf(engine(), (buffer, offset, length) -> Inlet.ACCEPTED, 1_000 + 1_000_000_001L);
        assertEquals(CommandOutcomeCode.EXPIRED_UNSENT, outcome.outcome());
        assertEquals(OutcomeReason.TOO_OLD, outcome.reason());
    }

    @Test
    void shouldAnswerRefusedWhenTheGatewayHasNoRoom() {
        CommandOutcomeDecoder outcome =
                outcomeOf(engine(), (buffer, offset, length) -> Inlet.BACK_PRESSURED, 1_000 + 1_000_000_000L);
        assertEquals(CommandOutcomeCode.REFUSED, outcome.outcome());
        assertEquals(OutcomeReason.QUEUE_FULL, outcome.reason());
    }

    @Test
    void shouldAnswerShutdownWhenTheGatewayIsClosed() {
        CommandOutcomeDecoder outcome = outcomeOf(engine(), (buffer, offset, length) -> Inlet.CLOSED, 2_000);
        assertEquals(CommandOutcomeCode.REFUSED, outcome.outcome());
        assertEquals(OutcomeReason.SHUTDOWN, outcome.reason());
    }

    @Test
    void shouldSendOnlyWhatBothJournalsHold() {
        Engine engine = engine();
        List<String> steps = new ArrayList<>();
        OutletHandler journal = new OutletHandler() {
            @Override
            public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
                steps.add("append " + sequence);
            }

            @Override
            public void onBatchEnd(long lastSequence) {
                steps.add("sync " + lastSequence);
            }
        };
        EgressAgent egress = engine.egressAgent(journal, (buffer, offset, length) -> {
            steps.add("send " + buffer.getLong(offset + EgressAgent.COMMAND_ID_OFFSET));
            return Inlet.ACCEPTED;
        });
        engine.marketInlet().offer(event, 0, Events.ticker(event, 0, 0, 1, 1));
        engine.marketInlet().offer(event, 0, Events.ticker(event, 0, 0, 2, 2));
        Runs.stages(engine);
        egress.doWork();
        assertEquals(List.of(), steps);
        engine.inputs().poll(inputs, 10);
        assertTrue(egress.doWork() > 0);
        assertEquals(List.of("append 0", "append 1", "sync 1", "send 0", "send 64"), steps);
        assertEquals(0, egress.doWork());
        assertEquals(0, egress.waitingAnswers());
    }
}
