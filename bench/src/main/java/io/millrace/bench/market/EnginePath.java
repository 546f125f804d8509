package io.millrace.bench.market;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.port.Outlet;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.StageIds;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;

/** Decoder and the whole engine on one thread, without a journal: ring, three stages and the output records. */
final class EnginePath implements OutletHandler {
    private static final int FRAMES_PER_CYCLE = 16;
    private static final int RECORDS_PER_POLL = 256;

    private final CaptureFrames frames;
    private final MarketDecoder decoder = new MarketDecoder(Instruments.btcTable(), Instruments.SLOT_LENGTH);
    private final BookStage book = new BookStage(BookSettings.defaults());
    private final Inlet inlet;
    private final Agent[] stages = new Agent[StageIds.COUNT];
    private final Outlet outputs;
    private final ReferenceEvents reference;
    private long outputBytes;
    private long ingressNs;

    EnginePath(CaptureFrames frames) {
        this.frames = frames;
        this.reference = new ReferenceEvents(frames);
        Engine engine = new Engine(new EngineContext()
                .isJournaled(false)
                .slotLength(Instruments.SLOT_LENGTH)
                .nanoClock(SystemNanoClock.INSTANCE)
                .stage(book));
        this.inlet = engine.marketInlet();
        this.outputs = engine.outputs();
        for (int id = 0; id < StageIds.COUNT; id++) {
            stages[id] = engine.stageAgent(id);
        }
        offer(reference.definition(), reference.definition().capacity());
        work();
    }

    long passAll() {
        offer(reference.runStarted(), reference.runStarted().capacity());
        offer(reference.subscribed(), reference.subscribed().capacity());
        for (int i = 0; i < frames.count(); i++) {
            if (i == reference.snapshotBeforeFrame()) {
                offer(reference.snapshot(), reference.snapshot().capacity());
            }
            int length = decoder.decode(
                    frames.buffer(), frames.offset(i), frames.length(i), 1, ingressNs += Instruments.MESSAGE_NS);
            if (length > 0) {
                offer(decoder.encoded(), length);
            }
            if (i % FRAMES_PER_CYCLE == 0) {
                work();
            }
        }
        work();
        return outputBytes;
    }

    private void offer(DirectBuffer messages, int length) {
        while (inlet.offer(messages, 0, length) == Inlet.BACK_PRESSURED) {
            work();
        }
    }

    private void work() {
        try {
            for (Agent stage : stages) {
                int done = 1;
                while (done > 0) {
                    done = stage.doWork();
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException("a stage failed in the benchmark", e);
        }
        outputs.poll(this, RECORDS_PER_POLL);
    }

    @Override
    public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
        outputBytes += length;
    }

    /** Returns the report of the book after the last pass. */
    BookReport report() {
        return book.reports().get(0);
    }
}
