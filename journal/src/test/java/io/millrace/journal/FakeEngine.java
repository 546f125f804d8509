package io.millrace.journal;

import io.millrace.codecs.event.CheckpointEncoder;
import io.millrace.codecs.event.DigestBlockEncoder;
import io.millrace.codecs.event.FetchSnapshotEncoder;
import io.millrace.codecs.event.MessageHeaderEncoder;
import io.millrace.codecs.event.RunStartedEncoder;
import io.millrace.codecs.event.RunStoppedEncoder;
import io.millrace.codecs.event.StopReason;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.OutletHandler;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An engine in small: the same inputs give the same outputs. A command every tenth event, a digest block every 32, a
 * checkpoint every 64.
 */
final class FakeEngine implements OutletHandler {
    static final int BLOCK = 32;

    private final OutletHandler outputs;
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1024]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final long[] digests = new long[BLOCK];
    private long state = 1;
    private long blockFirst;
    private int blockCount;

    FakeEngine(OutletHandler outputs) {
        this.outputs = outputs;
    }

    @Override
    public void onMessage(long sequence, DirectBuffer event, int offset, int length) {
        long digest = length;
        for (int i = 0; i < length; i++) {
            digest = digest * 31 + event.getByte(offset + i);
        }
        state = state * 31 + digest;
        if (EventHeader.templateId(event, offset) == RunStartedEncoder.TEMPLATE_ID) {
            flush(sequence, sequence);
        }
        if (sequence % 10 == 0) {
            command(sequence, digest);
        }
        digests[blockCount++] = digest;
        if ((sequence + 1) % BLOCK == 0 || EventHeader.templateId(event, offset) == RunStoppedEncoder.TEMPLATE_ID) {
            flush(sequence, sequence + 1);
        }
        if ((sequence + 1) % 64 == 0) {
            CheckpointEncoder checkpoint = new CheckpointEncoder().wrapAndApplyHeader(buffer, 0, header);
            checkpoint.sequence(sequence);
            checkpoint.stagesCount(1).next().stateHash(state).stage(0);
            emit(sequence, checkpoint.limit());
        }
        outputs.onBatchEnd(sequence);
    }

    private void command(long sequence, long digest) {
        FetchSnapshotEncoder command = new FetchSnapshotEncoder().wrapAndApplyHeader(buffer, 0, header);
        command.commandId(sequence * 64)
                .causeSequence(sequence)
                .deadlineNs(digest)
                .depthLimit(1000)
                .attempt(1);
        emit(sequence, command.limit());
    }

    private void flush(long sequence, long next) {
        if (blockCount > 0) {
            DigestBlockEncoder block = new DigestBlockEncoder().wrapAndApplyHeader(buffer, 0, header);
            block.firstSequence(blockFirst);
            DigestBlockEncoder.DigestsEncoder group = block.digestsCount(blockCount);
            for (int i = 0; i < blockCount; i++) {
                group.next().digest(digests[i]);
            }
            emit(sequence, block.limit());
        }
        blockFirst = next;
        blockCount = 0;
    }

    private void emit(long sequence, int length) {
        EventHeader.length(buffer, 0, length);
        outputs.onMessage(sequence, buffer, 0, length);
    }

    static int runStarted(MutableDirectBuffer target, long epoch, long lastInput, long lastOutput) {
        RunStartedEncoder encoder = new RunStartedEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.runEpoch(epoch).lastInputSequence(lastInput).lastOutputIndex(lastOutput);
        encoder.build("test").configuration("none");
        EventHeader.length(target, 0, encoder.limit());
        return encoder.limit();
    }

    static int runStopped(MutableDirectBuffer target, long epoch) {
        RunStoppedEncoder encoder = new RunStoppedEncoder().wrapAndApplyHeader(target, 0, new MessageHeaderEncoder());
        encoder.runEpoch(epoch).reason(StopReason.ORDERLY);
        EventHeader.length(target, 0, encoder.limit());
        return encoder.limit();
    }

    /** One run on a journal: recovery, RunStarted, events, and RunStopped unless it crashes with outputs lost. */
    static void run(Path directory, TestMessages messages, int events, int outputsLostInCrash) {
        long[] lost = {Long.MAX_VALUE};
        try (Journal journal = Journal.open(directory, TestJournals.settings())) {
            OutletHandler sink = journal.outputAppender();
            boolean[] isLive = {false};
            FakeEngine engine = new FakeEngine(new OutletHandler() {
                @Override
                public void onMessage(long sequence, DirectBuffer message, int offset, int length) {
                    if (isLive[0] && lost[0]-- > 0) {
                        sink.onMessage(sequence, message, offset, length);
                    }
                }

                @Override
                public void onBatchEnd(long lastSequence) {
                    sink.onBatchEnd(lastSequence);
                }
            });
            long epoch;
            if (journal.lastInputSequence() >= 0) {
                try (JournalReader reader = JournalReader.inputs(directory)) {
                    while (reader.poll(engine, 100) > 0) {
                        // Recovery.
                    }
                }
            }
            epoch = JournalScanner.scan(directory).nextRunEpoch();
            isLive[0] = true;
            int length = runStarted(messages.buffer(), epoch, journal.lastInputSequence(), journal.lastOutputIndex());
            feed(journal, engine, messages, length);
            for (int i = 0; i < events; i++) {
                if (outputsLostInCrash > 0 && i == events - outputsLostInCrash * 10) {
                    lost[0] = 0;
                }
                feed(journal, engine, messages, messages.writeRandom());
            }
            if (outputsLostInCrash == 0) {
                feed(journal, engine, messages, runStopped(messages.buffer(), epoch));
            }
        }
    }

    private static void feed(Journal journal, FakeEngine engine, TestMessages messages, int length) {
        long sequence = journal.lastInputSequence() + 1;
        journal.inputAppender().onMessage(sequence, messages.buffer(), 0, length);
        journal.inputAppender().onBatchEnd(sequence);
        engine.onMessage(sequence, messages.buffer(), 0, length);
    }

    static Comparison replay(Path directory) {
        JournalScan scan = JournalScanner.scan(directory);
        try (OutputComparator comparator = new OutputComparator(directory, scan);
                JournalReader reader = JournalReader.inputs(directory)) {
            FakeEngine engine = new FakeEngine(comparator);
            while (reader.poll(engine, 100) > 0) {
                // Until the end.
            }
            return comparator.conclude(reader.sequence(), reader.count());
        }
    }
}
