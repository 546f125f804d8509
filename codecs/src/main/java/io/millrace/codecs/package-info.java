/**
 * What the parts of Millrace say to each other: values ({@code value}), the header every message begins with
 * ({@code message}), the generated SBE codecs ({@code event}), the venue's formats ({@code binance}) and the two ports
 * through which engine, gateway and journal meet ({@code port}).
 *
 * <p><b>Thread:</b> everything here is confined to the caller's thread unless its Javadoc says otherwise. <b>I/O:</b>
 * none. <b>May import:</b> Agrona; Jackson in the REST readers alone.
 */
package io.millrace.codecs;
