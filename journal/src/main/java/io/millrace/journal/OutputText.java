package io.millrace.journal;

import io.millrace.codecs.event.CheckpointDecoder;
import io.millrace.codecs.event.DigestBlockDecoder;
import io.millrace.codecs.event.FaultVerdictDecoder;
import io.millrace.codecs.event.FetchSnapshotDecoder;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.codecs.event.ResubscribeDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.journal.Comparison.Difference;
import org.agrona.DirectBuffer;

/** Says in words in what two outputs differ. Cold. */
final class OutputText {
    private OutputText() {}

    static boolean isCommand(int templateId) {
        return templateId >= 60 && templateId < 80;
    }

    static String name(int templateId) {
        return switch (templateId) {
            case FetchSnapshotDecoder.TEMPLATE_ID -> "FetchSnapshot";
            case ResubscribeDecoder.TEMPLATE_ID -> "Resubscribe";
            case DigestBlockDecoder.TEMPLATE_ID -> "DigestBlock";
            case CheckpointDecoder.TEMPLATE_ID -> "Checkpoint";
            case FaultVerdictDecoder.TEMPLATE_ID -> "FaultVerdict";
            default -> "template " + templateId;
        };
    }

    static String describe(long sequence, DirectBuffer buffer, int offset) {
        int templateId = EventHeader.templateId(buffer, offset);
        String name = name(templateId) + " of sequence " + sequence;
        return isCommand(templateId) ? name + " with command id " + commandId(buffer, offset) : name;
    }

    static long commandId(DirectBuffer buffer, int offset) {
        return buffer.getLong(offset + EventHeader.BODY_OFFSET, java.nio.ByteOrder.LITTLE_ENDIAN);
    }

    /** What two outputs of one kind and cause, both within their buffers, differ in. */
    static Difference difference(Output expected, Output actual) {
        int templateId = EventHeader.templateId(expected.buffer(), expected.offset());
        Difference difference = null;
        if (templateId == EventHeader.templateId(actual.buffer(), actual.offset())) {
            if (templateId == DigestBlockDecoder.TEMPLATE_ID) {
                difference = digestDifference(expected, actual);
            } else if (templateId == CheckpointDecoder.TEMPLATE_ID) {
                difference = checkpointDifference(expected, actual);
            }
            if (difference == null && expected.sequence() == actual.sequence()) {
                difference = byteDifference(expected, actual);
            }
        }
        return difference != null
                ? difference
                : new Difference(
                        Math.min(expected.sequence(), actual.sequence()),
                        expected.index(),
                        "output",
                        describe(expected.sequence(), expected.buffer(), expected.offset()),
                        describe(actual.sequence(), actual.buffer(), actual.offset()));
    }

    private static Difference digestDifference(Output expected, Output actual) {
        DigestBlockDecoder one = digests(expected);
        DigestBlockDecoder other = digests(actual);
        if (one.firstSequence() != other.firstSequence()) {
            return null;
        }
        DigestBlockDecoder.DigestsDecoder ones = one.digests();
        DigestBlockDecoder.DigestsDecoder others = other.digests();
        for (long sequence = one.firstSequence(); ones.hasNext() && others.hasNext(); sequence++) {
            long a = ones.next().digest();
            long b = others.next().digest();
            if (a != b) {
                return new Difference(sequence, expected.index(), "digest of the event", hex(a), hex(b));
            }
        }
        return null;
    }

    private static DigestBlockDecoder digests(Output output) {
        return new DigestBlockDecoder()
                .wrapAndApplyHeader(output.buffer(), output.offset(), new MessageHeaderDecoder());
    }

    private static Difference checkpointDifference(Output expected, Output actual) {
        CheckpointDecoder one = checkpoint(expected);
        CheckpointDecoder other = checkpoint(actual);
        if (one.sequence() != other.sequence()) {
            return null;
        }
        CheckpointDecoder.StagesDecoder ones = one.stages();
        CheckpointDecoder.StagesDecoder others = other.stages();
        while (ones.hasNext() && others.hasNext()) {
            ones.next();
            others.next();
            if (ones.stage() != others.stage() || ones.stateHash() != others.stateHash()) {
                return new Difference(
                        one.sequence(),
                        expected.index(),
                        "state hash of stage " + ones.stage() + " in Checkpoint",
                        hex(ones.stateHash()),
                        hex(others.stateHash()));
            }
        }
        return null;
    }

    private static CheckpointDecoder checkpoint(Output output) {
        return new CheckpointDecoder().wrapAndApplyHeader(output.buffer(), output.offset(), new MessageHeaderDecoder());
    }

    private static Difference byteDifference(Output expected, Output actual) {
        String name = describe(expected.sequence(), expected.buffer(), expected.offset());
        int length = Math.min(expected.length(), actual.length());
        for (int i = 0; i < length; i++) {
            int a = expected.buffer().getByte(expected.offset() + i) & 0xFF;
            int b = actual.buffer().getByte(actual.offset() + i) & 0xFF;
            if (a != b) {
                return new Difference(
                        expected.sequence(),
                        expected.index(),
                        name + ", byte " + i,
                        String.format("0x%02x", a),
                        String.format("0x%02x", b));
            }
        }
        return new Difference(
                expected.sequence(),
                expected.index(),
                name + ", length",
                expected.length() + " bytes",
                actual.length() + " bytes");
    }

    static String hex(long value) {
        return String.format("%016x", value);
    }

    /**
     * One output where it lies.
     *
     * @param index in the output journal, -1 if it is not from there.
     * @param sequence that caused it.
     * @param buffer holds it.
     * @param offset of it.
     * @param length bytes of it.
     */
    record Output(long index, long sequence, DirectBuffer buffer, int offset, int length) {
        /** Returns a copy that outlives the buffer. */
        Output copy() {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            return new Output(index, sequence, new org.agrona.concurrent.UnsafeBuffer(bytes), 0, length);
        }
    }
}
