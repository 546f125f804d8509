package io.millrace.journal;

import io.millrace.codecs.port.OutletHandler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Small journals for tests, and what reads them whole. */
final class TestJournals {
    private TestJournals() {}

    static JournalSettings settings() {
        return JournalSettings.defaults()
                .withSegments(1 << 20, 1 << 20)
                .withDisk(0, 0, 0)
                .withBuild("test");
    }

    /** Appends messages of random sizes and returns copies of them. */
    static List<byte[]> append(Journal journal, TestMessages messages, int count) {
        List<byte[]> appended = new ArrayList<>();
        OutletHandler appender = journal.inputAppender();
        for (int i = 0; i < count; i++) {
            int length = messages.writeRandom();
            byte[] copy = new byte[length];
            messages.buffer().getBytes(0, copy);
            appended.add(copy);
            long sequence = journal.lastInputSequence() + 1;
            appender.onMessage(sequence, messages.buffer(), 0, length);
            appender.onBatchEnd(sequence);
        }
        return appended;
    }

    static List<byte[]> readInputs(Path directory) {
        try (JournalReader reader = JournalReader.inputs(directory)) {
            return readAll(reader);
        }
    }

    static List<byte[]> readAll(JournalReader reader) {
        Collector collector = new Collector();
        while (reader.poll(collector, 100) > 0) {
            // Until the end.
        }
        return collector.messages;
    }

    /** Copies what it gets. */
    static final class Collector implements OutletHandler {
        final List<byte[]> messages = new ArrayList<>();
        final List<Long> sequences = new ArrayList<>();

        @Override
        public void onMessage(long sequence, DirectBuffer buffer, int offset, int length) {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            messages.add(copy);
            sequences.add(sequence);
        }
    }
}
