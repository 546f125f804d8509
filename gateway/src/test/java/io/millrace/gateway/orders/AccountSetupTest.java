package io.millrace.gateway.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.AccountSettingsDecoder;
import io.millrace.codecs.event.BooleanType;
import io.millrace.codecs.event.MessageHeaderDecoder;
import io.millrace.gateway.OrderSettings;
import io.millrace.gateway.StubVenue;
import io.millrace.gateway.TestClock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the account, and changed, before anything is traded. */
class AccountSetupTest {
    private final TestClock time = new TestClock();
    private final StubVenue venue = new StubVenue();
    private final AtomicBoolean isHedge = new AtomicBoolean();
    private boolean mayWithdraw;

    @BeforeEach
    void setUp() {
        OrderFaultsTest.answerSetUp(venue, time.ingress()::nowNs);
        venue.on(
                "/fapi/v1/accountConfig",
                target -> StubVenue.Reply.json("{\"feeTier\":0,\"canTrade\":true,\"canWithdraw\":" + mayWithdraw
                        + ",\"dualSidePosition\":" + isHedge.get() + "}"));
        venue.on("/fapi/v1/positionSide/dual", target -> {
            isHedge.set(!target.contains("dualSidePosition=false"));
            return StubVenue.Reply.json("{\"code\":200,\"msg\":\"success\"}");
        });
    }

    @AfterEach
    void tearDown() {
        venue.close();
    }

    private OrderRig start(OrderSettings settings) {
        OrderRig rig = new OrderRig(settings, OrderRig.ed25519(), OrderRig.btc(), time);
        rig.pumpUntil("the setup", () -> rig.gateway.status().isSetUp());
        return rig;
    }

    private OrderSettings overRest() {
        return OrderSettings.of(venue.uri("http", ""), null, venue.uri("ws", "/private"));
    }

    private static List<BooleanType> hedgeModes(OrderRig rig) {
        return rig.control.of(AccountSettingsDecoder.TEMPLATE_ID).stream()
                .map(event -> new AccountSettingsDecoder().wrapAndApplyHeader(event, 0, new MessageHeaderDecoder()))
                .map(AccountSettingsDecoder::hedgeMode)
                .toList();
    }

    @Test
    void shouldSwitchHedgeModeOffAndReadItAgainWhenToldTo() {
        isHedge.set(true);
        try (OrderRig rig = start(overRest().withOneWaySet())) {
            assertEquals(List.of(BooleanType.YES, BooleanType.NO), hedgeModes(rig));
        }
    }

    @Test
    void shouldLeaveHedgeModeAloneWhenNotToldTo() {
        isHedge.set(true);
        try (OrderRig rig = start(overRest())) {
            assertEquals(List.of(BooleanType.YES), hedgeModes(rig));
            assertTrue(isHedge.get());
        }
    }

    @Test
    void shouldSayWhenTheKeyMayWithdraw() {
        mayWithdraw = true;
        try (OrderRig rig = start(overRest())) {
            assertTrue(rig.gateway.status().mayWithdraw());
        }
        mayWithdraw = false;
        try (OrderRig rig = start(overRest())) {
            assertFalse(rig.gateway.status().mayWithdraw());
        }
    }

    @Test
    void shouldAskForNoListenKeyWithoutAPrivateStream() {
        try (OrderRig rig = start(OrderSettings.of(venue.uri("http", ""), null, null))) {
            assertEquals(0, rig.gateway.status().streamConnections());
        }
        assertTrue(
                venue.restTargets.stream()
                        .allMatch(target ->
                                target.startsWith("/fapi/v1/time") || target.startsWith("/fapi/v1/accountConfig")),
                () -> "asked: " + venue.restTargets);
    }
}
