package io.millrace.engine.orders;

import static io.millrace.engine.orders.OrderState.ACKNOWLEDGED;
import static io.millrace.engine.orders.OrderState.CANCELLED;
import static io.millrace.engine.orders.OrderState.EXPIRED;
import static io.millrace.engine.orders.OrderState.FILLED;
import static io.millrace.engine.orders.OrderState.INTENT;
import static io.millrace.engine.orders.OrderState.NONE;
import static io.millrace.engine.orders.OrderState.PARTIALLY_FILLED;
import static io.millrace.engine.orders.OrderState.REJECTED;
import static io.millrace.engine.orders.OrderState.SENT;
import static io.millrace.engine.orders.OrderState.TRIGGERED;
import static io.millrace.engine.orders.OrderState.TRIGGERING;
import static io.millrace.engine.orders.OrderState.UNKNOWN;
import static io.millrace.engine.orders.OrderState.UNSENT;
import static io.millrace.engine.orders.OrderState.WORKING;

import java.util.EnumMap;
import java.util.Map;

/**
 * The state machine as a table: for each state and cause the next state, "stays" or "illegal".
 *
 * <p>Answers, stream, queries and audits reach the ring by different ways and in any order, and overlapping connections bring
 * everything twice. So what tells of an earlier station than the one reached changes nothing and is no fault ("stays"); a
 * contradiction is illegal: an order that never left and is open, one end after another.
 */
final class OrderTransitions {
    private static final OrderState[] STATES = OrderState.values();
    private static final OrderState[] TABLE = new OrderState[STATES.length * OrderCause.count()];

    static {
        row(NONE, Map.of(OrderCause.DECIDED, INTENT, OrderCause.ADOPTED, WORKING));
        row(
                INTENT,
                withReports(Map.of(
                        OrderCause.SENT, SENT,
                        OrderCause.UNSENT, UNSENT,
                        OrderCause.RETRIED, INTENT,
                        OrderCause.REFUSED, REJECTED,
                        OrderCause.LOST, UNKNOWN)));
        row(
                SENT,
                withReports(Map.of(
                        OrderCause.SENT, SENT,
                        OrderCause.UNSENT, UNSENT,
                        OrderCause.RETRIED, INTENT,
                        OrderCause.REFUSED, REJECTED,
                        OrderCause.LOST, UNKNOWN)));
        row(
                UNKNOWN,
                withReports(Map.of(
                        OrderCause.SENT, UNKNOWN,
                        OrderCause.UNSENT, UNSENT,
                        OrderCause.REFUSED, REJECTED,
                        OrderCause.LOST, UNKNOWN,
                        OrderCause.NOT_FOUND, REJECTED)));
        row(ACKNOWLEDGED, open(ACKNOWLEDGED, Map.of(OrderCause.OPEN, WORKING)));
        row(WORKING, open(WORKING, Map.of(OrderCause.OPEN, WORKING)));
        row(
                PARTIALLY_FILLED,
                open(
                        PARTIALLY_FILLED,
                        Map.of(
                                OrderCause.OPEN, PARTIALLY_FILLED,
                                OrderCause.TRIGGERING, PARTIALLY_FILLED,
                                OrderCause.TRIGGERED, PARTIALLY_FILLED)));
        row(TRIGGERING, open(TRIGGERING, Map.of(OrderCause.OPEN, TRIGGERING, OrderCause.TRIGGERING, TRIGGERING)));
        row(
                TRIGGERED,
                open(
                        TRIGGERED,
                        Map.of(
                                OrderCause.OPEN, TRIGGERED,
                                OrderCause.TRIGGERING, TRIGGERED,
                                OrderCause.TRIGGERED, TRIGGERED)));
        row(FILLED, end(FILLED, Map.of(OrderCause.WHOLE, FILLED)));
        row(
                CANCELLED,
                end(
                        CANCELLED,
                        Map.of(
                                OrderCause.CANCELLED,
                                CANCELLED,
                                OrderCause.ADOPTED,
                                WORKING,
                                OrderCause.NOT_FOUND,
                                CANCELLED)));
        row(
                EXPIRED,
                end(
                        EXPIRED,
                        Map.of(
                                OrderCause.EXPIRED,
                                EXPIRED,
                                OrderCause.ADOPTED,
                                WORKING,
                                OrderCause.NOT_FOUND,
                                EXPIRED)));
        // The venue never had these: whatever it reports of them contradicts, but that it does not know them.
        // An audit that shows them open all the same is a reason to take them in, and to cancel them.
        row(
                REJECTED,
                Map.of(
                        OrderCause.ADOPTED, WORKING,
                        OrderCause.SENT, REJECTED,
                        OrderCause.LOST, REJECTED,
                        OrderCause.REFUSED, REJECTED,
                        OrderCause.REJECTED, REJECTED,
                        OrderCause.NOT_FOUND, REJECTED));
        row(
                UNSENT,
                Map.of(
                        OrderCause.ADOPTED,
                        WORKING,
                        OrderCause.UNSENT,
                        UNSENT,
                        OrderCause.LOST,
                        UNSENT,
                        OrderCause.NOT_FOUND,
                        UNSENT));
    }

    private OrderTransitions() {}

    /** Returns the next state, the same one if the cause is old news, null if it contradicts what is known. */
    static OrderState next(OrderState state, OrderCause cause) {
        return TABLE[state.code() * OrderCause.count() + cause.code()];
    }

    private static void row(OrderState state, Map<OrderCause, OrderState> causes) {
        causes.forEach((cause, next) -> TABLE[state.code() * OrderCause.count() + cause.code()] = next);
    }

    /** Whoever reports of an order that nothing was heard of proves that the venue took it. */
    private static Map<OrderCause, OrderState> withReports(Map<OrderCause, OrderState> causes) {
        Map<OrderCause, OrderState> all = new EnumMap<>(OrderCause.class);
        all.put(OrderCause.ANSWERED, ACKNOWLEDGED);
        all.put(OrderCause.OPEN, WORKING);
        all.putAll(forward());
        all.putAll(causes);
        return all;
    }

    private static Map<OrderCause, OrderState> open(OrderState state, Map<OrderCause, OrderState> causes) {
        Map<OrderCause, OrderState> all = new EnumMap<>(OrderCause.class);
        // News of the command behind news of the order.
        all.put(OrderCause.SENT, state);
        all.put(OrderCause.LOST, state);
        all.put(OrderCause.ANSWERED, state);
        all.putAll(forward());
        // Nobody but the venue ends an open order: it is gone, though nobody saw it go.
        all.put(OrderCause.NOT_FOUND, EXPIRED);
        all.putAll(causes);
        return all;
    }

    private static Map<OrderCause, OrderState> forward() {
        return Map.of(
                OrderCause.PART, PARTIALLY_FILLED,
                OrderCause.WHOLE, FILLED,
                OrderCause.CANCELLED, CANCELLED,
                OrderCause.EXPIRED, EXPIRED,
                OrderCause.REJECTED, REJECTED,
                OrderCause.TRIGGERING, TRIGGERING,
                OrderCause.TRIGGERED, TRIGGERED);
    }

    private static Map<OrderCause, OrderState> end(OrderState state, Map<OrderCause, OrderState> causes) {
        Map<OrderCause, OrderState> all = new EnumMap<>(OrderCause.class);
        // The way here, told late.
        all.put(OrderCause.SENT, state);
        all.put(OrderCause.LOST, state);
        all.put(OrderCause.ANSWERED, state);
        all.put(OrderCause.OPEN, state);
        all.put(OrderCause.PART, state);
        all.put(OrderCause.TRIGGERING, state);
        all.put(OrderCause.TRIGGERED, state);
        all.putAll(causes);
        return all;
    }
}
