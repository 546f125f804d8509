package io.millrace.exchange.server;

import io.millrace.exchange.userdata.PrivateEventType;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A key that a client gave when it came in by the private door, and what it wants of it.
 *
 * @param listenKey as the client wrote it; not checked.
 * @param kinds of events that it wants.
 */
record PrivateWish(String listenKey, Set<PrivateEventType> kinds) {
    /** Everything of a key. */
    static PrivateWish all(String listenKey) {
        return new PrivateWish(listenKey, EnumSet.allOf(PrivateEventType.class));
    }

    /**
     * Reads the keys of a path, {@code <key>} or several joined by {@code /}.
     *
     * @param joined keys.
     */
    static List<PrivateWish> ofPath(String joined) {
        List<PrivateWish> wishes = new ArrayList<>();
        for (String key : joined.split("/", -1)) {
            if (!key.isEmpty()) {
                wishes.add(all(key));
            }
        }
        return wishes;
    }

    /**
     * Reads a query: {@code listenKey=} opens a wish, {@code events=} behind it narrows it down to the kinds named, joined
     * by {@code /}; {@code streams=} holds keys joined by {@code /}. Unknown names of events are kinds that never come.
     *
     * @param query behind the {@code ?}, still encoded, empty for none.
     */
    static List<PrivateWish> ofQuery(String query) {
        List<PrivateWish> wishes = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int at = pair.indexOf('=');
            String name = at < 0 ? pair : pair.substring(0, at);
            String value = at < 0 ? "" : decoded(pair.substring(at + 1));
            if (name.equals("listenKey") && !value.isEmpty()) {
                wishes.add(all(value));
            } else if (name.equals("streams")) {
                wishes.addAll(ofPath(value));
            } else if (name.equals("events") && !wishes.isEmpty()) {
                PrivateWish last = wishes.remove(wishes.size() - 1);
                wishes.add(new PrivateWish(last.listenKey(), kinds(value)));
            }
        }
        return wishes;
    }

    private static Set<PrivateEventType> kinds(String joined) {
        List<String> names = List.of(joined.split("/", -1));
        Set<PrivateEventType> kinds = EnumSet.noneOf(PrivateEventType.class);
        for (PrivateEventType type : PrivateEventType.values()) {
            if (names.contains(type.venueName())) {
                kinds.add(type);
            }
        }
        return kinds;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A key that is written wrongly is a key that is none.
            return value;
        }
    }
}
