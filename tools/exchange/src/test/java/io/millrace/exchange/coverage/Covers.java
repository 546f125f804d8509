package io.millrace.exchange.coverage;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the endpoints, WebSocket methods, streams, events and error codes that a test holds to the venue's protocol. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Covers {
    /** {@code POST /fapi/v1/order}, {@code WS order.place}, {@code STREAM @aggTrade}, {@code EVENT ORDER_TRADE_UPDATE},
     * {@code ERROR -1121}. */
    String[] value();
}
