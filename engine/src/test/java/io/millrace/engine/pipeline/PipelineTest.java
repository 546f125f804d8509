package io.millrace.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CheckpointDecoder;
import io.millrace.codecs.event.DigestBlockDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import java.util.ArrayList;
import java.util.List;
import org.agrona.MutableDirectBuffer;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final MutableDirectBuffer event = Events.buffer();

    private static void runStages(Engine engine) throws Exception {
        for (int stage = 0; stage < StageIds.COUNT; stage++) {
            while (engine.stageAgent(stage).doWork() > 0) {
                // Until it has nothing more.
            }
        }
    }

    @Test
    void shouldHandOverCommandsThenCheckpointThenDigestBlock() throws Exception {
        Engine engine = new Engine(new EngineContext()
                .ringSlots(64)
                .slotLength(512)
                .checkpointInterval(32)
                .isJournaled(false)
                .stage(new FakeBookStage(32, 2, sequence -> false)));
        for (int i = 0; i < 32; i++) {
            assertEquals(Inlet.ACCEPTED, engine.marketInlet().offer(event, 0, Events.ticker(event, 0, 0, i, 1000 + i)));
        }
        runStages(engine);
        List<String> records = new ArrayList<>();
        engine.outputs()
                .poll(
                        (sequence, buffer, offset, length) -> {
                            records.add(sequence + "/" + EventHeader.templateId(buffer, offset));
                            assertEquals(1031, EventHeader.ingressNs(buffer, offset));
                            assertEquals(length, EventHeader.length(buffer, offset));
                            if (EventHeader.templateId(buffer, offset) == DigestBlockDecoder.TEMPLATE_ID) {
                                DigestBlockDecoder block = new DigestBlockDecoder();
                                block.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                                assertEquals(0, block.firstSequence());
                                assertEquals(32, block.digests().count());
                            } else if (EventHeader.templateId(buffer, offset) == CheckpointDecoder.TEMPLATE_ID) {
                                CheckpointDecoder checkpoint = new CheckpointDecoder();
                                checkpoint.wrapAndApplyHeader(buffer, offset, new MessageHeaderDecoder());
                                assertEquals(31, checkpoint.sequence());
                                CheckpointDecoder.StagesDecoder stages = checkpoint.stages();
                                assertEquals(3, stages.count());
                                for (int stage = 0; stage < 3; stage++) {
                                    stages.next();
                                    assertEquals(stage, stages.stage());
                                    assertEquals(engine.stateHash(stage), stages.stateHash());
                                }
                            }
                        },
                        100);
        assertEquals(
                List.of(
                        "31/" + FetchSnapshotDecoder.TEMPLATE_ID,
                        "31/" + FetchSnapshotDecoder.TEMPLATE_ID,
                        "31/" + CheckpointDecoder.TEMPLATE_ID,
                        "31/" + DigestBlockDecoder.TEMPLATE_ID),
                records);
        assertTrue(engine.isDrained());
    }
}
