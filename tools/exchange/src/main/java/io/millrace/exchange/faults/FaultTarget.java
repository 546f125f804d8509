package io.millrace.exchange.faults;

import io.millrace.exchange.market.StreamKind;
import io.millrace.exchange.userdata.PrivateEventType;

/**
 * What a fault is aimed at; whatever is null, or 0, is any.
 *
 * @param symbol of the contract, upper case.
 * @param stream of the market.
 * @param connection id of the stream connection.
 * @param account alias of the client.
 * @param method a request by its name in the WebSocket API ({@code order.place}) or its line in REST ({@code POST
 *     /fapi/v1/order}), whichever door it comes through; {@code order.*} is all that begins so.
 * @param event kind of private event.
 * @param door through which requests come or sockets are connected.
 */
public record FaultTarget(
        String symbol,
        StreamKind stream,
        int connection,
        String account,
        String method,
        PrivateEventType event,
        FaultDoor door) {
    /** Everything. */
    public static final FaultTarget ANY = new FaultTarget(null, null, 0, null, null, null, null);

    /** Checks the ranges. */
    public FaultTarget {
        if (connection < 0) {
            throw new IllegalArgumentException("fault at connection=" + connection + ": ids begin at 1, 0 is any");
        }
    }

    FaultTarget withSymbol(String value) {
        return new FaultTarget(value, stream, connection, account, method, event, door);
    }

    FaultTarget withStream(StreamKind value) {
        return new FaultTarget(symbol, value, connection, account, method, event, door);
    }

    FaultTarget withConnection(int value) {
        return new FaultTarget(symbol, stream, value, account, method, event, door);
    }

    FaultTarget withAccount(String value) {
        return new FaultTarget(symbol, stream, connection, value, method, event, door);
    }

    FaultTarget withMethod(String value) {
        return new FaultTarget(symbol, stream, connection, account, value, event, door);
    }

    FaultTarget withEvent(PrivateEventType value) {
        return new FaultTarget(symbol, stream, connection, account, method, value, door);
    }

    FaultTarget withDoor(FaultDoor value) {
        return new FaultTarget(symbol, stream, connection, account, method, event, value);
    }

    /**
     * Says whether a symbol is meant.
     *
     * @param candidate upper case, or null if there is none.
     */
    public boolean isAtSymbol(String candidate) {
        return symbol == null || symbol.equals(candidate);
    }

    /**
     * Says whether a client is meant.
     *
     * @param candidate its alias, or null if there is none.
     */
    public boolean isAtAccount(String candidate) {
        return account == null || account.equals(candidate);
    }

    /**
     * Says whether a request is meant, by either of its names.
     *
     * @param line method and path.
     * @param name in the WebSocket API, or null if it has none.
     */
    public boolean isAtMethod(String line, String name) {
        if (method == null) {
            return true;
        }
        if (method.endsWith("*")) {
            String start = method.substring(0, method.length() - 1);
            return line.startsWith(start) || (name != null && name.startsWith(start));
        }
        return method.equals(line) || method.equals(name);
    }

    /**
     * Says whether a door is meant.
     *
     * @param candidate the door.
     */
    public boolean isAtDoor(FaultDoor candidate) {
        return door == null || door == candidate;
    }
}
