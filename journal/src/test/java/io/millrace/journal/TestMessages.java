package io.millrace.journal;

import io.millrace.codecs.message.EventFlags;
import io.millrace.codecs.message.EventHeader;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;

/** Messages with a proper header and a body of random bytes. */
final class TestMessages {
    static final int TEMPLATE_ID = 31;

    private final Random random;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);

    TestMessages(long seed) {
        random = new Random(seed);
    }

    MutableDirectBuffer buffer() {
        return buffer;
    }

    /** Writes a message of this many bytes in front of the buffer. */
    int write(int length) {
        byte[] body = new byte[length - EventHeader.BODY_OFFSET];
        random.nextBytes(body);
        EventHeader.putFrame(buffer, 0, 48, TEMPLATE_ID, 7001, 1);
        EventHeader.length(buffer, 0, length);
        EventHeader.flags(buffer, 0, EventFlags.WHOLE);
        EventHeader.instrumentId(buffer, 0, EventHeader.NO_INSTRUMENT);
        buffer.putBytes(EventHeader.BODY_OFFSET, body);
        return length;
    }

    int writeRandom() {
        return write(EventHeader.BODY_OFFSET + random.nextInt(900));
    }
}
