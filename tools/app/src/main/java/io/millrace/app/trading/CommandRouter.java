package io.millrace.app.trading;

import io.millrace.codecs.event.ArmCountdownDecoder;
import io.millrace.codecs.event.ConfigureInstrumentDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import org.agrona.DirectBuffer;

/**
 * Hands each command of the engine's to whoever executes it: orders and questions about the account to one, market data to the
 * other.
 *
 * <p><b>Thread:</b> egress. <b>Allocation:</b> none.
 */
final class CommandRouter implements Inlet {
    private static final int FIRST_ORDER_COMMAND = PlaceOrderDecoder.TEMPLATE_ID;
    private static final int LAST_ORDER_COMMAND =
            Math.max(ArmCountdownDecoder.TEMPLATE_ID, ConfigureInstrumentDecoder.TEMPLATE_ID);

    private final Inlet market;
    private final Inlet orders;

    CommandRouter(Inlet market, Inlet orders) {
        this.market = market;
        this.orders = orders;
    }

    @Override
    public int offer(DirectBuffer buffer, int offset, int length) {
        int templateId = EventHeader.templateId(buffer, offset);
        boolean isOrder = templateId >= FIRST_ORDER_COMMAND && templateId <= LAST_ORDER_COMMAND;
        return (isOrder ? orders : market).offer(buffer, offset, length);
    }
}
