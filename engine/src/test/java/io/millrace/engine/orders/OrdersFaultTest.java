package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.OperatorCommandDecoder;
import io.millrace.codecs.event.RunStartedDecoder;
import io.millrace.codecs.message.EventHeader;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class OrdersFaultTest {
    private static final long SEED = 20_261;
    private static final int STEPS = 4_000;

    /** The trading state takes these whole or not at all before orders can throw. */
    private static boolean isForTradingState(byte[] message) {
        int template = EventHeader.templateId(new UnsafeBuffer(message), 0);
        return template == RunStartedDecoder.TEMPLATE_ID || template == OperatorCommandDecoder.TEMPLATE_ID;
    }

    @Test
    void shouldKeepNothingOfAnEventAtWhichItThrew() {
        Random random = new Random(SEED);
        Harness live = new Harness(OrdersPropertyTest.settings());
        OrdersPropertyTest.Run run = new OrdersPropertyTest.Run(live, random);
        for (int i = 0; i < STEPS; i++) {
            run.step();
        }
        Harness tried = new Harness(OrdersPropertyTest.settings());
        Harness untried = new Harness(OrdersPropertyTest.settings());
        int faults = 0;
        for (int i = 0; i < live.events.size(); i++) {
            byte[] message = live.events.get(i);
            boolean isFault = random.nextInt(20) == 0 && !isForTradingState(message);
            faults += isFault ? 1 : 0;
            tried.replay(message, live.intentsOf.get(i), true, isFault);
            untried.replay(message, live.intentsOf.get(i), !isFault, isFault);
            assertEquals(untried.stage.stateHash(), tried.stage.stateHash(), "seed " + SEED + " event " + i);
        }
        assertTrue(faults > 100, "seed " + SEED);
        assertEquals(untried.digests, tried.digests, "seed " + SEED);
        assertEquals(untried.records.size(), tried.records.size(), "seed " + SEED);
    }
}
