package io.millrace.bench.market;

import io.millrace.codecs.binance.MarketDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineContext;
import io.millrace.engine.book.BookReport;
import io.millrace.engine.book.BookSettings;
import io.millrace.engine.book.BookStage;
import io.millrace.engine.pipeline.ReplayFeedAgent;
import io.millrace.engine.pipeline.StageIds;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalReader;
import io.millrace.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.SystemNanoClock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A journal of the whole recorded capture, replayed on one thread into the book and as far as the output records, beside decoding the frames
 * that it came from. One invocation is one pass over {@link #messagesOf} messages of the venue's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReplayBenchmark {
    /** Decoding the frames and nothing else. */
    public static final String DECODE = "decodeOnly";
    /** Reading and checking the journal's records and nothing else. */
    public static final String READ = "readJournal";
    /** Reader, slot, registered book stage: what rows 1 to 4 of the goals call ours, with a journal in front. */
    public static final String OURS = "replayToBook";
    /** Reader, ring, all stages, output records: what {@code millrace replay} does. */
    public static final String WHOLE = "replayToOutputs";
    /** All variants, in the order of a round. */
    public static final List<String> VARIANTS = List.of(DECODE, READ, OURS, WHOLE);

    private static final int RECORDS_PER_POLL = 256;

    private MarketPath path;
    private Path directory;
    private Engine engine;
    private StagedBook book;
    private JournalReader reader;
    private long bytes;
    private final OutletHandler count = this::count;
    private final OutletHandler apply = this::apply;

    /** Returns how many messages one pass takes. */
    public static int messagesOf(Path capture) {
        return MarketPathBenchmark.messagesOf(capture);
    }

    /** Writes the journal. */
    @Setup
    public void setUp() throws IOException {
        setUp(CaptureFrames.configured());
    }

    void setUp(CaptureFrames frames) throws IOException {
        path = new MarketPath(frames);
        directory = Files.createTempDirectory("millrace-bench");
        JournalSettings settings = JournalSettings.defaults()
                .withSegments(256 << 20, 1 << 20)
                .withDisk(0, 0, 0)
                .withBuild("bench");
        try (Journal journal = Journal.open(directory, settings)) {
            Recorder recorder = new Recorder(journal.inputAppender());
            ReferenceEvents reference = new ReferenceEvents(frames);
            MarketDecoder decoder = new MarketDecoder(Instruments.btcTable(), Instruments.SLOT_LENGTH);
            recorder.append(reference.definition(), reference.definition().capacity());
            recorder.append(reference.runStarted(), reference.runStarted().capacity());
            recorder.append(reference.subscribed(), reference.subscribed().capacity());
            for (int i = 0; i < frames.count(); i++) {
                if (i == reference.snapshotBeforeFrame()) {
                    recorder.append(reference.snapshot(), reference.snapshot().capacity());
                }
                long ingressNs = (i + 1) * Instruments.MESSAGE_NS;
                int length = decoder.decode(frames.buffer(), frames.offset(i), frames.length(i), 1, ingressNs);
                recorder.append(decoder.encoded(), Math.max(0, length));
            }
            recorder.end();
        }
    }

    /** Makes an engine, a book and a reader that have seen nothing. */
    @Setup(Level.Invocation)
    public void open() {
        engine = new Engine(new EngineContext()
                .isJournaled(false)
                .slotLength(Instruments.SLOT_LENGTH)
                .nanoClock(SystemNanoClock.INSTANCE)
                .stage(new BookStage(BookSettings.defaults())));
        book = new StagedBook();
        reader = JournalReader.inputs(directory);
    }

    /** Closes the reader. */
    @TearDown(Level.Invocation)
    public void close() {
        reader.close();
    }

    /** Deletes the journal. */
    @TearDown
    public void tearDown() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Decodes the frames. */
    @Benchmark
    public long decodeOnly() {
        return path.decodeAll();
    }

    /** Reads the journal. */
    @Benchmark
    public long readJournal() {
        int read = 1;
        while (read > 0) {
            read = reader.poll(count, RECORDS_PER_POLL);
        }
        return bytes;
    }

    /** Replays the journal into the book. */
    @Benchmark
    public long replayToBook() {
        int read = 1;
        while (read > 0) {
            read = reader.poll(apply, RECORDS_PER_POLL);
        }
        return book.nextSequence();
    }

    /** Replays the journal into the engine. */
    @Benchmark
    public long replayToOutputs() throws Exception {
        ReplayFeedAgent feed = engine.replayAgent(reader);
        Agent[] stages = new Agent[StageIds.COUNT];
        for (int id = 0; id < StageIds.COUNT; id++) {
            stages[id] = engine.stageAgent(id);
        }
        while (!feed.isExhausted() || !engine.isDrained()) {
            feed.doWork();
            for (Agent stage : stages) {
                stage.doWork();
            }
            engine.outputs().poll(count, RECORDS_PER_POLL);
        }
        return engine.nextSequence();
    }

    private void apply(long sequence, DirectBuffer buffer, int offset, int length) {
        book.apply(buffer, offset, length);
    }

    /** Returns the report of the book that was replayed last. */
    BookReport report() {
        return book.report();
    }

    private void count(long sequence, DirectBuffer buffer, int offset, int length) {
        bytes += length;
    }

    /** Appends messages under sequences of their own. */
    private static final class Recorder {
        private final OutletHandler appender;
        private long sequence;

        Recorder(OutletHandler appender) {
            this.appender = appender;
        }

        void append(DirectBuffer messages, int length) {
            int at = 0;
            while (at < length) {
                int messageLength = EventHeader.length(messages, at);
                appender.onMessage(sequence++, messages, at, messageLength);
                at += messageLength;
            }
            end();
        }

        void end() {
            appender.onBatchEnd(sequence - 1);
        }
    }
}
