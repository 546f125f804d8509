package io.millrace.gateway.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AlgoReportDecoder;
import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.CommandOutcomeDecoder;
import io.millrace.codecs.event.DecodeErrorDecoder;
import io.millrace.codecs.event.LinkState;
import io.millrace.codecs.event.OrderReportDecoder;
import io.millrace.codecs.event.PlaceOrderDecoder;
import io.millrace.codecs.message.EventHeader;
import io.millrace.codecs.port.Inlet;
import io.millrace.codecs.testing.AllocationWindows;
import io.millrace.codecs.value.ClientOrderId;
import io.millrace.gateway.OrderGateway;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.StubVenue;
import io.millrace.gateway.account.OrderAgent;
import io.millrace.gateway.account.PrivateSettings;
import io.millrace.gateway.clock.IngressClock;
import io.millrace.gateway.limits.LedgerMemory;
import io.millrace.gateway.limits.LimitSettings;
import io.millrace.gateway.transport.LoopThreads;
import java.net.URI;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** From the command inlet to the socket, and from the answer to the control inlet, on a session that is logged on. */
@Tag("slow")
class OrderAllocationTest {
    private static final int WINDOW_COMMANDS = 2_000;
    /** Under way at a time: the two threads of the test need not take turns for each command. */
    private static final int IN_FLIGHT = 40;

    private static final long LIMIT_NS = TimeUnit.MINUTES.toNanos(5);
    private static final int BODY = 8;
    private static final int COMMAND_ID = BODY + PlaceOrderDecoder.commandIdEncodingOffset();
    private static final int CLIENT_KEY = BODY + PlaceOrderDecoder.clientKeyEncodingOffset();
    private static final int DEADLINE = BODY + PlaceOrderDecoder.deadlineNsEncodingOffset();
    private static final int OUTCOME = BODY + CommandOutcomeDecoder.outcomeEncodingOffset();

    /** Counts what it takes and keeps nothing. */
    private static final class CountingInlet implements Inlet {
        long sent;
        long otherOutcomes;
        long orders;
        long algos;
        long errors;

        @Override
        public int offer(DirectBuffer buffer, int offset, int length) {
            switch (EventHeader.templateId(buffer, offset)) {
                case CommandOutcomeDecoder.TEMPLATE_ID -> {
                    boolean isSent = buffer.getByte(offset + OUTCOME) == CommandOutcomeCode.SENT.value();
                    sent += isSent ? 1 : 0;
                    otherOutcomes += isSent ? 0 : 1;
                }
                case OrderReportDecoder.TEMPLATE_ID -> orders++;
                case AlgoReportDecoder.TEMPLATE_ID -> algos++;
                case DecodeErrorDecoder.TEMPLATE_ID -> errors++;
                default -> {
                    // States of links and streams.
                }
            }
            return ACCEPTED;
        }

        @Override
        public String toString() {
            return "sent " + sent + ", other outcomes " + otherOutcomes + ", orders " + orders + ", algos " + algos
                    + ", errors " + errors;
        }
    }

    private final CountingInlet control = new CountingInlet();
    private final IngressClock clock = IngressClock.system();
    private final UnsafeBuffer[] commands = {
        OrderMessages.limit(0, 1, 0, 912_000, 10),
        OrderMessages.amend(0, 1, 0, 912_010, 20),
        OrderMessages.cancel(0, 1, 0),
        OrderMessages.stop(0, 1, 0, 904_000),
        OrderMessages.cancelAlgo(0, 1, 0)
    };
    private int number;
    private long done;

    private static String answer(String request) {
        if (request.contains("session.logon")) {
            return "{\"id\":" + id(request) + ",\"status\":200,\"result\":{\"apiKey\":\"k\"}}";
        }
        String method = text(request, "\"method\":\"", "\"");
        return switch (method) {
            case "algoOrder.place" ->
                answer(
                        request,
                        "{\"algoId\":3000000451,\"clientAlgoId\":\""
                                + name(request) + "\",\"algoType\":\"CONDITIONAL\",\"orderType\":\"STOP_MARKET\","
                                + "\"symbol\":\"BTCUSDT\",\"side\":\"SELL\",\"positionSide\":\"BOTH\",\"timeInForce\":\"GTC\","
                                + "\"quantity\":\"0.010\",\"algoStatus\":\"NEW\",\"triggerPrice\":\"90400.00\",\"price\":\"0\","
                                + "\"icebergQuantity\":null,\"workingType\":\"MARK_PRICE\",\"closePosition\":false,"
                                + "\"reduceOnly\":true,\"createTime\":1795262402000,\"updateTime\":1795262402001,"
                                + "\"triggerTime\":0,\"goodTillDate\":0}");
            case "algoOrder.cancel" ->
                answer(
                        request,
                        "{\"algoId\":3000000451,\"clientAlgoId\":\"" + name(request)
                                + "\",\"code\":\"200\",\"msg\":\"success\"}");
            default ->
                answer(
                        request,
                        "{\"orderId\":900711223345,\"symbol\":\"BTCUSDT\",\"status\":\""
                                + (method.equals("order.cancel") ? "CANCELED" : "NEW") + "\",\"clientOrderId\":\""
                                + name(request)
                                + "\",\"price\":\"91200.00\",\"origQty\":\"0.010\",\"executedQty\":\"0\","
                                + "\"cumQty\":\"0\",\"timeInForce\":\"GTC\",\"type\":\"LIMIT\",\"reduceOnly\":false,"
                                + "\"closePosition\":false,\"side\":\"BUY\",\"positionSide\":\"BOTH\",\"stopPrice\":\"0\","
                                + "\"workingType\":\"CONTRACT_PRICE\",\"priceProtect\":false,\"origType\":\"LIMIT\","
                                + "\"priceMatch\":\"NONE\",\"selfTradePreventionMode\":\"EXPIRE_MAKER\",\"goodTillDate\":0,"
                                + "\"updateTime\":1795262400503}");
        };
    }

    private static String answer(String request, String result) {
        return "{\"id\":" + id(request) + ",\"status\":200,\"result\":" + result
                + ",\"rateLimits\":[{\"rateLimitType\":\"REQUEST_WEIGHT\",\"interval\":\"MINUTE\",\"intervalNum\":1,"
                + "\"limit\":2400,\"count\":20}]}";
    }

    private static String id(String request) {
        return text(request, "\"id\":", ",");
    }

    private static String name(String request) {
        String ahead = request.contains("origClientOrderId") ? "\"origClientOrderId\":\"" : "lientOrderId\":\"";
        return text(request, request.contains("lientAlgoId") ? "lientAlgoId\":\"" : ahead, "\"");
    }

    private static String text(String request, String ahead, String behind) {
        int from = request.indexOf(ahead) + ahead.length();
        return request.substring(from, request.indexOf(behind, from));
    }

    @Test
    void shouldAllocateNothingPerCommandFromTheInletToTheSocketAndBack() throws Exception {
        FutureTask<Void> test = new FutureTask<>(() -> {
            run();
            return null;
        });
        LoopThreads.newThread(test).start();
        test.get();
    }

    private void run() throws Exception {
        try (StubVenue venue = new StubVenue()) {
            OrderFaultsTest.answerSetUp(venue, clock::nowNs);
            venue.onRequest = OrderAllocationTest::answer;
            venue.isForgetful = true;
            OrderGateway gateway = gateway(venue);
            gateway.onStart();
            try {
                long endNs = System.nanoTime() + LIMIT_NS;
                while (gateway.status().link() != LinkState.FAST
                        || !gateway.status().hasStandby()
                        || !gateway.status().isSetUp()
                        || gateway.status().streamConnections() < 2) {
                    gateway.doWork();
                    assertTrue(System.nanoTime() < endNs, "the link does not come up: " + control);
                }
                AllocationWindows.assertNothing(WINDOW_COMMANDS + " commands over the socket", () -> trade(gateway));
                assertEquals(number, control.sent, control.toString());
                assertEquals(0, control.otherOutcomes + control.errors, control.toString());
                assertEquals(number / commands.length * 3L, control.orders);
                assertEquals(number / commands.length * 2L, control.algos);
                System.out.println(number + " commands, the last " + AllocationWindows.CLEAN_IN_A_ROW * WINDOW_COMMANDS
                        + " without a byte");
            } finally {
                gateway.onClose();
            }
        }
    }

    private OrderGateway gateway(StubVenue venue) {
        OrderLinkSettings link = OrderLinkSettings.of(venue.uri("ws", "/ws-fapi/v1"))
                .with(OrderLinkSettings.Times.VENUE
                        .withAnswer(Duration.ofMinutes(1))
                        .withSilence(Duration.ofMinutes(4), Duration.ofMinutes(8)));
        OrderSettings settings = OrderSettings.of(venue.uri("http", ""), link.wsApi(), venue.uri("ws", "/private"))
                .with(link)
                .with(deaf(venue.uri("ws", "/private")))
                .with(LimitSettings.VENUE.withLimits(100_000, 100_000, 100_000));
        return new OrderGateway(
                settings,
                new OrderAgent.Keys(OrderRig.ed25519(), null),
                LedgerMemory.inProcess(),
                control,
                OrderRig.btc(),
                new OrderAgent.Time(clock, new Random(1)));
    }

    /** The venue's part here tells nothing on the account's stream; nobody shall look why. */
    private static PrivateSettings deaf(URI uri) {
        PrivateSettings base = PrivateSettings.of(uri);
        return new PrivateSettings(
                uri,
                base.connections(),
                base.renewal(),
                Duration.ofHours(1),
                Duration.ofHours(1),
                base.lifetime(),
                base.firstBackoff(),
                base.maxBackoff());
    }

    private void trade(OrderGateway gateway) {
        long endNs = System.nanoTime() + LIMIT_NS;
        for (int i = 0; i < WINDOW_COMMANDS; i++) {
            UnsafeBuffer command = commands[number % commands.length];
            number++;
            command.putLong(COMMAND_ID, 64L * number, ByteOrder.LITTLE_ENDIAN);
            command.putLong(CLIENT_KEY, ClientOrderId.key(1, 0, 0, number), ByteOrder.LITTLE_ENDIAN);
            command.putLong(DEADLINE, clock.nowNs() + LIMIT_NS, ByteOrder.LITTLE_ENDIAN);
            gateway.commandInlet().offer(command, 0, command.capacity());
            done++;
            long wanted = i == WINDOW_COMMANDS - 1 ? done : done - IN_FLIGHT;
            while (control.orders + control.algos < wanted) {
                gateway.doWork();
                if (System.nanoTime() > endNs || control.otherOutcomes > 0) {
                    throw new AssertionError("command " + number + " has no answer: " + control);
                }
            }
        }
    }
}
