package io.millrace.exchange.server;

import io.millrace.exchange.market.JsonWriter;
import io.millrace.exchange.userdata.ListenKeyExpired;
import io.millrace.exchange.userdata.PrivateEvent;
import io.millrace.exchange.userdata.PrivateEventType;
import io.millrace.exchange.userdata.PrivateEventWriter;
import io.millrace.exchange.userdata.PrivateSink;
import io.millrace.exchange.userdata.UserData;
import io.millrace.exchange.venue.SymbolSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Carries private events to the connections that gave the account's listen key. Any number of connections may give the
 * same key, each gets everything; one that gave a key that is none, or none any more, stays open and hears nothing.
 *
 * <p><b>Thread:</b> the loop; the counters may be read by any.
 */
final class PrivateStreams implements PrivateSink {
    private final UserData userData;
    private final PrivateEventWriter writer;
    private final Consumer<StreamConnection> onAppended;
    // Looked up by key and never iterated, so its order does not matter.
    private final Map<String, List<Listener>> listeners = new HashMap<>();
    private final Map<PrivateEventType, AtomicLong> sent = new EnumMap<>(PrivateEventType.class);

    /** A connection that takes some kinds of a key's events; {@code prefix} names the key in combined mode. */
    private static final class Listener {
        final StreamConnection connection;
        final Set<PrivateEventType> kinds;
        final byte[] prefix;

        Listener(StreamConnection connection, PrivateWish wish) {
            this.connection = connection;
            this.kinds = wish.kinds();
            this.prefix = new JsonWriter(128)
                    .raw("{\"stream\":")
                    .quoted(wish.listenKey())
                    .raw(",\"data\":")
                    .toBytes();
        }
    }

    /**
     * Makes streams without connections.
     *
     * @param userData what is delivered, and which key is valid.
     * @param symbols contracts, by their indexes.
     * @param onAppended hears of connections that have something to be flushed.
     */
    PrivateStreams(UserData userData, List<SymbolSpec> symbols, Consumer<StreamConnection> onAppended) {
        this.userData = userData;
        this.writer = new PrivateEventWriter(symbols);
        this.onAppended = onAppended;
        for (PrivateEventType type : PrivateEventType.values()) {
            sent.put(type, new AtomicLong());
        }
        userData.addSink(this);
    }

    /**
     * Lets a connection hear what a key gives, whether or not there is such a key.
     *
     * @param connection of the private door.
     * @param wish key and kinds of events.
     */
    void listen(StreamConnection connection, PrivateWish wish) {
        forget(connection, wish.listenKey());
        listeners.computeIfAbsent(wish.listenKey(), key -> new ArrayList<>()).add(new Listener(connection, wish));
    }

    /** Lets a connection hear no more of a key. */
    void forget(StreamConnection connection, String listenKey) {
        List<Listener> list = listeners.get(listenKey);
        if (list != null) {
            list.removeIf(listener -> listener.connection == connection);
            if (list.isEmpty()) {
                listeners.remove(listenKey);
            }
        }
    }

    /**
     * Delivers what is due and lets keys run out.
     *
     * @param venueNs the venue's time, which keys live by.
     * @param clockNs the driver's time, ahead of that of a recording that has ended.
     */
    void advance(long venueNs, long clockNs) {
        userData.advance(venueNs);
        userData.deliver(clockNs);
    }

    @Override
    public void onEvent(int accountId, PrivateEvent event, long pushTimeMs) {
        String key = event instanceof ListenKeyExpired expired ? expired.listenKey() : userData.listenKeyOf(accountId);
        List<Listener> list = key == null ? null : listeners.get(key);
        if (list == null) {
            return;
        }
        JsonWriter json = writer.write(event, pushTimeMs);
        for (Listener listener : list) {
            if (listener.kinds.contains(event.kind()) && listener.connection.channel.isActive()) {
                listener.connection.appendPayload(listener.prefix, json.bytes(), json.length());
                sent.get(event.kind()).incrementAndGet();
                onAppended.accept(listener.connection);
            }
        }
    }

    /** Adds what was sent, by event type. */
    void addSent(Map<String, Long> byEvent) {
        sent.forEach((type, count) -> {
            if (count.get() > 0) {
                byEvent.merge(type.venueName(), count.get(), Long::sum);
            }
        });
    }
}
