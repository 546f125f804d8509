package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.pricing.MarkPrice;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.ExpiryReason;
import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.OrderStatus;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.userdata.OrderUpdate;
import io.millrace.exchange.venue.BookImage;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.ContractRules;
import io.millrace.exchange.venue.ContractStatus;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ContractOperationsTest {
    private static final int BTC = 0;

    private Rig rig;
    private TradingVenue venue;

    @BeforeEach
    void open() {
        rig = new Rig(SyntheticSettings.of(2, 9).withEventsPerSecond(1000).withJumpsPerHour(0), 2, 100_000);
        venue = rig.venue;
        rig.pass(1500);
    }

    private Order buyBelow(long ticks) throws VenueException {
        return venue.place(OrderRequest.of(0, BTC, Side.BUY)
                .limit(100, venue.prices().bestBidTicks(BTC) - ticks)
                .build());
    }

    private static int codeOf(VenueException e) {
        return e.code();
    }

    @Test
    void shouldRefuseOrdersAndKeepTheBookWhenHalted() throws VenueException {
        Order resting = buyBelow(3);
        venue.contracts().halt(BTC, ContractStatus.PRE_SETTLE);
        BookImage halted = venue.book(BTC, 1000);
        rig.pass(2000);
        assertTrue(halted.hasLevelsOf(venue.book(BTC, 1000)), "nothing happens in the book");
        VenueException refused = assertThrows(VenueException.class, () -> buyBelow(3));
        assertTrue(List.of(-1122, -4140, -4141).contains(codeOf(refused)), refused.toString());
        assertEquals(
                OrderStatus.CANCELED,
                venue.cancel(0, BTC, resting.orderId(), null).status());
        venue.contracts().resume(BTC);
        rig.pass(2000);
        assertTrue(!halted.hasLevelsOf(venue.book(BTC, 1000)));
        assertEquals(OrderStatus.NEW, buyBelow(3).status());
    }

    @Test
    void shouldCloseEverythingWhenAContractIsDelisted() throws VenueException {
        venue.place(OrderRequest.of(0, BTC, Side.BUY).market(200).build());
        venue.place(OrderRequest.of(1, BTC, Side.SELL).market(50).build());
        Order resting = buyBelow(400);
        venue.contracts().delist(BTC, venue.nowMs() + 500);
        assertEquals(OrderStatus.NEW, resting.status());
        rig.pass(1000);
        assertEquals(OrderStatus.EXPIRED, resting.status());
        assertEquals(ExpiryReason.DELISTED, resting.expiryReason());
        assertEquals(0, venue.accounts().positionLots(0, BTC));
        assertEquals(0, venue.accounts().positionLots(1, BTC));
        assertEquals(ContractStatus.CLOSE, venue.rules(BTC).status());
        OrderUpdate closing = rig.told(0, OrderUpdate.class).stream()
                .filter(update -> update.request().clientOrderId().startsWith("settlement_autoclose-"))
                .findFirst()
                .orElseThrow();
        assertEquals(200, closing.executedLots());
        venue.accounts().verify();
        assertThrows(VenueException.class, () -> buyBelow(3));
    }

    @Test
    void shouldAnnounceStatusDeliveryAndBracketsButNotTheTick() {
        venue.contracts().changeTick(BTC, 10);
        assertEquals(List.of(), rig.contractInfos);
        venue.contracts().halt(BTC, ContractStatus.PRE_SETTLE);
        venue.contracts().resume(BTC);
        venue.contracts().changeBrackets(BTC, BracketTable.of(new long[] {900_000_000, 20_000_000, 2}));
        venue.contracts().delist(BTC, venue.nowMs() + 500);
        assertEquals(4, rig.contractInfos.size());
        assertTrue(rig.contractInfos.get(0).contains("\"cs\":\"PRE_SETTLE\""), rig.contractInfos.get(0));
        assertTrue(rig.contractInfos.get(1).contains("\"cs\":\"TRADING\""), rig.contractInfos.get(1));
        assertTrue(rig.contractInfos.get(2).contains("\"bks\":["), rig.contractInfos.get(2));
        assertTrue(rig.contractInfos.get(3).contains("\"dt\":" + (venue.nowMs() + 500)), rig.contractInfos.get(3));
    }

    @Test
    void shouldAskForCoarserPricesWhenTheTickIsChanged() throws VenueException {
        long off = venue.prices().bestBidTicks(BTC) / 10 * 10 - 7;
        Order old =
                venue.place(OrderRequest.of(0, BTC, Side.BUY).limit(100, off).build());
        venue.contracts().changeTick(BTC, 10);
        OrderRequest request = OrderRequest.of(0, BTC, Side.BUY).limit(100, off).build();
        assertEquals(-4014, codeOf(assertThrows(VenueException.class, () -> venue.place(request))));
        assertEquals(OrderStatus.NEW, old.status(), "what stands there stays");
        assertEquals(
                OrderStatus.NEW,
                venue.place(request.toBuilder().priceTicks(off / 10 * 10).build())
                        .status());
    }

    @Test
    void shouldLiquidateWhenBracketsAskForMoreThanThereIs() throws VenueException {
        venue.accounts().controls().setLeverage(rig.clients.get(0), BTC, 25);
        for (int i = 0; i < 10; i++) {
            venue.place(OrderRequest.of(0, BTC, Side.BUY).market(2000).build());
            rig.pass(200);
        }
        long before = venue.accounts().positionLots(0, BTC);
        assertEquals(20_000, before);
        venue.contracts().changeBrackets(BTC, BracketTable.of(new long[] {900_000_000, 20_000_000, 2}));
        rig.pass(2000);
        assertTrue(venue.accounts().positionLots(0, BTC) < before, "reduced to what the margin carries");
        assertTrue(rig.told(0, OrderUpdate.class).stream()
                .anyMatch(update -> update.request().clientOrderId().startsWith("autoclose-")));
        venue.accounts().verify();
    }

    @Test
    void shouldFillWhoeverStandsInTheWayWhenThePriceIsMoved() throws VenueException {
        Order near = buyBelow(50);
        Order far = buyBelow(15_000);
        long target = venue.prices().bestBidTicks(BTC) - 6_000;
        venue.contracts().movePrice(BTC, target, 3000, true);
        rig.pass(4000);
        assertEquals(OrderStatus.FILLED, near.status());
        assertEquals(OrderStatus.NEW, far.status());
        long bid = venue.prices().bestBidTicks(BTC);
        assertTrue(Math.abs(bid - target) < 600, bid + " is not near " + target);
        venue.accounts().verify();
    }

    @Test
    void shouldLeaveAHoleWhenLiquidityIsDrained() {
        int before = venue.book(BTC, 1000).bidTicks().length;
        venue.contracts().drain(BTC, 5, 2000);
        rig.pass(1000);
        int drained = venue.book(BTC, 1000).bidTicks().length;
        assertTrue(drained < before / 10, drained + " of " + before + " levels are left");
        rig.pass(60_000);
        int refilled = venue.book(BTC, 1000).bidTicks().length;
        assertTrue(refilled > before / 2, refilled + " of " + before + " levels are back");
    }

    @Test
    void shouldLiquidateAtOnceWhenTheMarkPriceIsPutThere() throws VenueException {
        venue.accounts().controls().setMarginType(rig.clients.get(0), BTC, true);
        venue.accounts().controls().setLeverage(rig.clients.get(0), BTC, 100);
        venue.place(OrderRequest.of(0, BTC, Side.BUY).market(1000).build());
        long markE8 = venue.prices().markPrice(BTC);
        venue.contracts().pinMark(BTC, markE8 / 100 * 98);
        assertEquals(0, venue.accounts().positionLots(0, BTC));
        assertEquals(markE8 / 100 * 98, venue.prices().markPrice(BTC));
        venue.accounts().verify();
    }

    @Test
    void shouldSettleByOtherFundingTermsFromTheRunningIntervalOn() {
        ContractRules hourly =
                venue.rules(BTC).copy().funding(1, 1_000L, -1_000L).build();
        venue.contracts().define(BTC, hourly);

        MarkPrice mark = venue.history(BTC).mark();
        long hourMs = 3_600_000L;
        assertEquals((venue.nowMs() / hourMs + 1) * hourMs, mark.nextFundingMs());
        assertEquals(1, mark.intervalHours());
        venue.contracts().forceFundingRate(BTC, 500_000L);
        assertEquals(1_000L, mark.rateE8(), "within the new cap");
        assertEquals(List.of(), rig.contractInfos, "the venue has no announcement of funding terms");
        assertEquals(hourly, venue.rules(BTC));
    }

    @Test
    void shouldKeepTheGridOfAContractWhenOtherRulesAreDefined() {
        ContractRules other = venue.rules(1);
        assertThrows(IllegalArgumentException.class, () -> venue.contracts().define(BTC, other));
    }
}
