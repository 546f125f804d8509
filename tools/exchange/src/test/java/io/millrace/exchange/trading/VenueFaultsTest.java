package io.millrace.exchange.trading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.faults.ActiveFault;
import io.millrace.exchange.faults.Fault;
import io.millrace.exchange.faults.FaultKind;
import io.millrace.exchange.faults.FaultScript;
import io.millrace.exchange.faults.Faults;
import io.millrace.exchange.faults.TradingFault;
import io.millrace.exchange.klines.KlineMarket;
import io.millrace.exchange.klines.KlineSettings;
import io.millrace.exchange.synthetic.SyntheticMarket;
import io.millrace.exchange.synthetic.SyntheticSettings;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.BracketTable;
import io.millrace.exchange.venue.ContractStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a venue in process, in its own time. */
class VenueFaultsTest {
    private static final int BTC = 0;
    private static final String SYMBOL = "BTCUSDT";

    private final Rig rig = new Rig(SyntheticSettings.of(2, 7).withEventsPerSecond(500), 1, 1_000_000);
    private final TradingVenue venue = rig.venue;
    private final Faults faults = VenueFaults.of(venue);

    private ContractStatus status() {
        return venue.rules(BTC).status();
    }

    @Test
    void shouldBeginAndEndByTheVenuesTime() {
        ActiveFault halt = faults.inject(TradingFault.halt(SYMBOL).afterMs(2000).forMs(3000));
        rig.pass(1900);
        assertEquals(ContractStatus.TRADING, status());
        assertEquals(0, halt.hits());
        rig.pass(200);
        assertEquals(ContractStatus.PRE_SETTLE, status());
        assertEquals(1, halt.hits());
        assertFalse(halt.isSpent());
        assertThrows(
                VenueException.class,
                () -> venue.place(OrderRequest.of(0, BTC, Side.BUY)
                        .limit(50, venue.prices().bestBidTicks(BTC) - 100)
                        .build()));
        rig.pass(3000);
        assertEquals(ContractStatus.TRADING, status());
        assertTrue(halt.isSpent());
        assertEquals(2, rig.contractInfos.size());
    }

    @Test
    void shouldNotBeginWhenClearedBefore() {
        ActiveFault halt = faults.inject(TradingFault.halt(SYMBOL).afterMs(1000));
        faults.clear(halt);
        rig.pass(2000);
        assertEquals(ContractStatus.TRADING, status());
        assertEquals(0, halt.hits());
    }

    @Test
    void shouldCrashThePrice() {
        rig.pass(1000);
        long before = venue.prices().bestBidTicks(BTC);
        faults.inject(TradingFault.flashCrash(SYMBOL, -5, 0));
        assertTrue(venue.prices().bestBidTicks(BTC) <= before * 0.951);
        rig.pass(1000);
        venue.accounts().verify();
    }

    @Test
    void shouldDrainTheBook() {
        rig.pass(1000);
        int before = venue.book(BTC, 1000).bidTicks().length;
        faults.inject(TradingFault.liquidityHole(SYMBOL, 10, 5000));
        rig.pass(1000);
        assertTrue(venue.book(BTC, 1000).bidTicks().length < before / 2);
    }

    @Test
    void shouldHoldTheMarkPriceAwayAndLetItGo() {
        rig.pass(1000);
        long before = venue.prices().markPrice(BTC);
        ActiveFault off = faults.inject(TradingFault.markOff(SYMBOL, 8));
        rig.pass(2000);
        assertEquals(before * 1.08, (double) venue.prices().markPrice(BTC), before * 0.0001);
        faults.clear(off);
        rig.pass(2000);
        assertTrue(venue.prices().markPrice(BTC) < before * 1.04);
    }

    @Test
    void shouldChangeBracketsAndTickAndPutThemBack() {
        BracketTable before = venue.rules(BTC).brackets();
        ActiveFault brackets = faults.inject(TradingFault.changeBrackets(SYMBOL, 2));
        ActiveFault tick = faults.inject(TradingFault.changeTick(SYMBOL, 10).forMs(1000));
        BracketTable doubled = venue.rules(BTC).brackets();
        for (int i = 0; i < before.brackets().size(); i++) {
            long rateE8 = before.brackets().get(i).maintenanceRateE8();
            assertEquals(2 * rateE8, doubled.brackets().get(i).maintenanceRateE8());
        }
        assertEquals(10, venue.rules(BTC).priceStepTicks());
        rig.pass(1500);
        assertEquals(1, venue.rules(BTC).priceStepTicks());
        assertTrue(tick.isSpent());
        assertEquals(doubled, venue.rules(BTC).brackets());
        faults.clear(brackets);
        assertEquals(before, venue.rules(BTC).brackets());
    }

    @Test
    void shouldHoldUntilTheLastOfSeveralEnds() {
        BracketTable before = venue.rules(BTC).brackets();
        ActiveFault first = faults.inject(TradingFault.changeBrackets(SYMBOL, 2));
        ActiveFault second = faults.inject(TradingFault.changeBrackets(SYMBOL, 3));
        faults.clear(first);
        assertNotEquals(before, venue.rules(BTC).brackets());
        faults.clear(second);
        assertEquals(before, venue.rules(BTC).brackets());
        ActiveFault shorter = faults.inject(TradingFault.halt(SYMBOL).forMs(1000));
        faults.inject(TradingFault.halt(SYMBOL).forMs(3000));
        rig.pass(2000);
        assertTrue(shorter.isSpent());
        assertEquals(ContractStatus.PRE_SETTLE, status());
        rig.pass(2000);
        assertEquals(ContractStatus.TRADING, status());
    }

    @Test
    void shouldSettleFundingAtTheForcedRate() {
        // Three seconds before eight hours of the day.
        long startNs = 1_795_276_797_000_000_000L;
        SyntheticSettings settings = SyntheticSettings.of(2, 7).withEventsPerSecond(500);
        TradingVenue other = new TradingVenue(new SyntheticMarket(settings, startNs), VenueSettings.of(1), startNs);
        assertEquals(
                1,
                VenueFaults.of(other)
                        .inject(TradingFault.fundingSpike(SYMBOL, "0"))
                        .hits());
        other.advanceTo(startNs + 5 * Rig.SECOND_NS);
        List<Long> ratesE8 = new ArrayList<>();
        other.history(BTC)
                .fundings()
                .query(startNs / 1_000_000L, -1, 10, (timeMs, rateE8, markE8) -> ratesE8.add(rateE8));
        assertEquals(List.of(other.rules(BTC).fundingCapE8()), ratesE8);
    }

    @Test
    void shouldEndAContractAfterItsNotice() throws VenueException {
        venue.place(OrderRequest.of(0, BTC, Side.BUY).market(50).build());
        faults.inject(TradingFault.delist(SYMBOL, 2000));
        rig.pass(1000);
        assertEquals(50, venue.accounts().positionLots(0, BTC));
        rig.pass(2000);
        assertEquals(0, venue.accounts().positionLots(0, BTC));
        assertEquals(ContractStatus.CLOSE, status());
        venue.accounts().verify();
    }

    @Test
    void shouldExpireListenKeys() {
        venue.userData().openListenKey(0, venue.clock().epochNs());
        ActiveFault expired =
                faults.inject(TradingFault.expireListenKey("client0").afterMs(500));
        rig.pass(400);
        assertEquals(0, expired.hits());
        rig.pass(200);
        assertNull(venue.userData().listenKeyOf(0));
        assertTrue(expired.isSpent());
    }

    private static String everything(long seed) {
        Rig rig = new Rig(SyntheticSettings.of(2, 7).withEventsPerSecond(500), 1, 1_000_000);
        Faults faults = VenueFaults.of(rig.venue);
        faults.apply(FaultScript.everything(seed, 240).withRandomForMs(2000));
        StringBuilder all = new StringBuilder();
        for (int second = 0; second < 60; second++) {
            rig.pass(1000);
            for (FaultKind kind : FaultKind.values()) {
                all.append(faults.hits(kind)).append(' ');
            }
            all.append(rig.frames.getValue()).append('\n');
        }
        rig.venue.accounts().verify();
        faults.clearAll();
        assertTrue(faults.hits(FaultKind.HALTED) > 0 && faults.hits(FaultKind.FLASH_CRASH) > 0, all.toString());
        return all.toString();
    }

    @Test
    void shouldLetTheSameFaultsHappenAtRandomFromTheSameSeed() {
        String first = everything(7);
        assertEquals(first, everything(7));
        assertNotEquals(first, everything(8));
    }

    @Test
    void shouldRefuseWhatNeedsAServer() {
        for (FaultKind kind : List.of(FaultKind.MAINTENANCE, FaultKind.ANSWER_LOST, FaultKind.DROP)) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> faults.inject(Fault.of(kind)));
            assertTrue(refusal.getMessage().contains("needs a server"), refusal.getMessage());
        }
    }

    @Test
    void shouldRefuseWhatAPlayedMarketCannotDo(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("ABCUSDT.csv");
        Files.write(
                file,
                List.of(
                        "timestamp,open,high,low,close,volume",
                        "1795262400000,100.0,104.0,99.0,103.0,71.5",
                        "1795262700000,103.0,104.0,99.0,101.0,70.5"));
        TradingVenue played = new TradingVenue(
                new KlineMarket(KlineSettings.of(List.of(file), 3), Rig.START_NS), VenueSettings.of(1), Rig.START_NS);
        Faults ofPlayed = VenueFaults.of(played);
        for (FaultKind kind : FaultKind.values()) {
            boolean isOfRules = kind == FaultKind.BRACKETS_CHANGED || kind == FaultKind.TICK_CHANGED;
            if (kind.target() == FaultKind.Target.MARKET && !isOfRules) {
                IllegalArgumentException refusal =
                        assertThrows(IllegalArgumentException.class, () -> ofPlayed.inject(Fault.of(kind)));
                assertEquals(
                        "fault " + kind + " cannot happen to a market that is played from a file, use a synthetic one",
                        refusal.getMessage());
                assertThrows(
                        IllegalArgumentException.class, () -> ofPlayed.apply(FaultScript.NONE.withRandom(kind, 1)));
            }
        }
        ofPlayed.inject(TradingFault.changeTick("ABCUSDT", 5));
        assertEquals(5, played.rules(0).priceStepTicks());
        ofPlayed.inject(TradingFault.changeBrackets("ABCUSDT", 2));
        assertEquals(2, ofPlayed.active().size());
    }
}
