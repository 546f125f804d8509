package io.millrace.gateway;

import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Keeps what it is offered, or refuses on demand. */
public final class RecordingInlet implements Inlet {
    private static final int MAX_TEMPLATE_ID = 255;

    private final List<UnsafeBuffer> messages = new ArrayList<>();
    private final int[] counts = new int[MAX_TEMPLATE_ID + 1];

    /** Answer to every offer; {@link Inlet#ACCEPTED} to keep it. */
    public int answer = ACCEPTED;

    /** Accepts so many more offers, then refuses; negative for no limit. */
    public int budget = -1;

    /** Accepts and keeps nothing, for tests that count what is allocated. */
    public boolean isForgetful;

    public int offers;
    public int refusals;

    @Override
    public int offer(DirectBuffer buffer, int offset, int length) {
        offers++;
        if (answer < 0 || budget == 0) {
            refusals++;
            return answer < 0 ? answer : BACK_PRESSURED;
        }
        if (budget > 0) {
            budget--;
        }
        if (isForgetful) {
            return ACCEPTED;
        }
        int at = offset;
        while (at < offset + length) {
            int messageLength = EventHeader.length(buffer, at);
            byte[] copy = new byte[messageLength];
            buffer.getBytes(at, copy);
            messages.add(new UnsafeBuffer(copy));
            counts[EventHeader.templateId(buffer, at)]++;
            at += messageLength;
        }
        return ACCEPTED;
    }

    public List<UnsafeBuffer> all() {
        return messages;
    }

    public List<UnsafeBuffer> of(int templateId) {
        List<UnsafeBuffer> found = new ArrayList<>();
        for (UnsafeBuffer message : messages) {
            if (EventHeader.templateId(message, 0) == templateId) {
                found.add(message);
            }
        }
        return found;
    }

    public int count(int templateId) {
        return counts[templateId];
    }
}
