package io.millrace.exchange.server;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.ArrayDeque;

/**
 * The answers of one HTTP connection, which leave it in the order of the requests: one that is late holds up those behind it, one
 * that is lost does so for good.
 *
 * <p><b>Thread:</b> the loop.
 */
final class AnswerLine {
    private static final AttributeKey<AnswerLine> LINE = AttributeKey.valueOf(AnswerLine.class, "line");

    private final ArrayDeque<Place> places = new ArrayDeque<>();

    /** The place of one answer. */
    static final class Place {
        private final AnswerLine line;
        private Runnable writing;

        private Place(AnswerLine line) {
            this.line = line;
        }

        /** Lets the answer go as soon as those ahead of it are gone. */
        void fill(Runnable newWriting) {
            writing = newWriting;
            line.drain();
        }
    }

    static AnswerLine of(Channel channel) {
        AnswerLine line = channel.attr(LINE).get();
        if (line == null) {
            line = new AnswerLine();
            channel.attr(LINE).set(line);
        }
        return line;
    }

    /** Takes the next place. */
    Place join() {
        Place place = new Place(this);
        places.add(place);
        return place;
    }

    private void drain() {
        while (!places.isEmpty() && places.peek().writing != null) {
            places.poll().writing.run();
        }
    }
}
