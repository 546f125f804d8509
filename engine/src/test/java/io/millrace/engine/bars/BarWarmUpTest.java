package io.millrace.engine.bars;

import static io.millrace.engine.bars.BarEvents.KLINE_BIT;
import static io.millrace.engine.bars.BarEvents.MINUTE;
import static io.millrace.engine.bars.BarEvents.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.CommandOutcomeCode;
import io.millrace.codecs.event.StreamState;
import io.millrace.codecs.message.EventFlags;
import io.millrace.engine.bars.BarEvents.Candle;
import io.millrace.engine.bars.BarsHarness.Fetch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarWarmUpTest {
    private static final BarSettings.Depths SHORT = new BarSettings.Depths(30, 12, 0, 0, 0, 0);

    private final BarsHarness harness =
            new BarsHarness(BarSettings.defaults().with(SHORT).with(BarSettings.WarmUp.byRest()));

    @Test
    void shouldAskForNothingWhenTheVenuesTimeIsNotKnown() {
        harness.define(0, KLINE_BIT);
        harness.pass(5_000);
        assertTrue(harness.fetches.isEmpty());
    }

    @Test
    void shouldAskForTheInstrumentOfFirstPriorityWhenSeveralNeedBars() {
        harness.apply(harness.events.definition(0, 9, KLINE_BIT));
        harness.apply(harness.events.definition(1, 3, KLINE_BIT));
        harness.apply(harness.events.definition(2, 5, KLINE_BIT));
        seeTheVenue(0);
        harness.pass(1_000);
        assertEquals(
                List.of(1, 2, 0),
                harness.fetches.stream().map(Fetch::instrumentId).toList());
        assertEquals(3, harness.bars.warmUp().inFlight());
        Fetch first = harness.fetches.get(0);
        assertEquals(Timeframe.M1, first.timeframe());
        assertEquals(30, first.limit());
        assertEquals(START_MS - 2 * MINUTE, first.toMs(), "the last minute that is over for longer than the grace");
        assertEquals(29 * MINUTE, first.toMs() - first.fromMs());
    }

    @Test
    void shouldFeedOldBarsBeforeNewOnesWhenHistoryComesBehindThem() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.pass(100);
        Fetch fetch = lastFetch();
        assertFalse(harness.of(0).isCurrent(Timeframe.M1), "history is on its way");
        assertEquals(0, harness.of(0).indicators(Timeframe.M1).count());
        harness.minute(0, Candle.of(START_MS + MINUTE, 100, 2));

        answer(fetch);

        assertEquals(30, harness.series(0, Timeframe.M1).size());
        assertEquals(30, harness.series(0, Timeframe.M1).contiguous());
        harness.pass(100);
        assertTrue(harness.of(0).isCurrent(Timeframe.M1), "the next tick finds that nothing is missing");
        assertEquals(30, harness.of(0).indicators(Timeframe.M1).count());
        assertEquals(5, harness.series(0, Timeframe.M5).contiguous());
    }

    @Test
    void shouldAskForLongerBarsOnlyAsFarAsShorterOnesDoNotReachWhenTheirTurnComes() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.pass(5_000);
        answer(lastFetch());
        harness.pass(1_000);

        Fetch fetch = lastFetch();
        assertEquals(Timeframe.M5, fetch.timeframe());
        long oldestM5 = harness.series(0, Timeframe.M5).oldestMs();
        assertEquals(oldestM5 - 5 * MINUTE, fetch.toMs());
        assertEquals(12 - harness.series(0, Timeframe.M5).size(), fetch.limit());
        answer(fetch);
        harness.pass(2_000);
        assertEquals(0, harness.bars.warmUp().open());
        assertEquals(12, harness.series(0, Timeframe.M5).contiguous());
        assertEquals(2, harness.bars.warmUp().requested());
        assertEquals(2, harness.bars.warmUp().answered());
    }

    @Test
    void shouldAskForTheHoleAloneWhenOneAppears() {
        warm();
        int before = harness.fetches.size();
        long last = harness.series(0, Timeframe.M1).newestMs();
        harness.apply(harness.events.status(StreamState.LOST, KLINE_BIT, 0));
        harness.pass(last + 5 * MINUTE - harness.events.nowMs);
        harness.apply(harness.events.status(StreamState.SUBSCRIBED, KLINE_BIT, 0));
        harness.minute(0, Candle.of(last + 5 * MINUTE, 100, 3));
        harness.pass(2_000);

        List<Fetch> fetches = harness.fetches.subList(before, harness.fetches.size());
        assertFalse(fetches.isEmpty());
        for (int i = 0; i < fetches.size(); i++) {
            assertTrue(fetches.get(i).fromMs() > last, "what is there is not asked for again");
            answer(fetches.get(i));
            harness.pass(2_000);
        }
        assertEquals(0, harness.bars.warmUp().open());
        assertEquals(30, harness.series(0, Timeframe.M1).contiguous());
        assertTrue(harness.of(0).isCurrent(Timeframe.M1));
    }

    @Test
    void shouldNotAskAgainWhenTheVenueDoesNotHaveTheBars() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.pass(100);
        Fetch fetch = lastFetch();
        harness.apply(harness.events.history(0, Timeframe.M1, fetch.commandId(), EventFlags.WHOLE, List.of()));
        harness.pass(2_000);
        Fetch longer = lastFetch();
        assertEquals(Timeframe.M5, longer.timeframe());
        harness.apply(harness.events.history(0, Timeframe.M5, longer.commandId(), EventFlags.WHOLE, List.of()));
        harness.pass(60_000);
        assertEquals(2, harness.fetches.size());
        assertEquals(0, harness.bars.warmUp().open());
        assertTrue(harness.of(0).isCurrent(Timeframe.M1));
        assertNull(harness.series(0, Timeframe.M5));
    }

    @Test
    void shouldTryAgainAndThenGiveUpWhenRequestsFail() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.pass(100);
        Fetch fetch = lastFetch();
        harness.apply(harness.events.outcome(0, fetch.commandId(), CommandOutcomeCode.SENT, 0));
        assertEquals(1, harness.bars.warmUp().inFlight());
        harness.apply(harness.events.outcome(0, fetch.commandId(), CommandOutcomeCode.FAILED, 0));
        assertEquals(0, harness.bars.warmUp().inFlight());
        harness.pass(1_000);
        assertEquals(1, harness.fetches.size(), "not before a pause");

        for (int i = 0; i < 1_000 && harness.bars.warmUp().givenUp() < 2; i++) {
            harness.pass(1_000);
            for (Fetch each : List.copyOf(harness.fetches)) {
                harness.apply(harness.events.outcome(0, each.commandId(), CommandOutcomeCode.REFUSED, 0));
            }
        }
        assertEquals(2, harness.bars.warmUp().givenUp());
        assertEquals(10, harness.fetches.size(), "five attempts for each of two timeframes");
        assertTrue(harness.of(0).isCurrent(Timeframe.M1), "indicators go on without history");
    }

    @Test
    void shouldAskAgainWhenNoAnswerComes() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.pass(100);
        long first = lastFetch().commandId();
        harness.pass(20_000);
        assertTrue(harness.fetches.size() >= 2);
        harness.apply(harness.events.history(0, Timeframe.M1, first, EventFlags.WHOLE, List.of()));
        assertEquals(1, harness.bars.warmUp().inFlight(), "the answer to a request that was given up settles nothing");
    }

    private void warm() {
        harness.define(0, KLINE_BIT);
        harness.minute(0, Candle.of(START_MS, 100, 1));
        harness.pass(5_000);
        answer(lastFetch());
        harness.pass(1_000);
        answer(lastFetch());
        harness.pass(2_000);
        assertEquals(0, harness.bars.warmUp().open());
    }

    private void seeTheVenue(int id) {
        harness.apply(harness.events.kline(id, Timeframe.M1, Candle.flat(START_MS, 100), false));
    }

    private Fetch lastFetch() {
        return harness.fetches.get(harness.fetches.size() - 1);
    }

    /** Answers with all bars that were asked for, in chunks of seven. */
    private void answer(Fetch fetch) {
        List<Candle> candles = new ArrayList<>();
        for (long at = fetch.fromMs();
                at <= fetch.toMs();
                at += fetch.timeframe().lengthMs()) {
            candles.add(Candle.of(at, 100, at / MINUTE));
        }
        for (int from = 0; from < candles.size(); from += 7) {
            int to = Math.min(candles.size(), from + 7);
            int flags = (from == 0 ? EventFlags.FIRST : 0) | (to == candles.size() ? EventFlags.LAST : 0);
            harness.apply(harness.events.history(
                    fetch.instrumentId(), fetch.timeframe(), fetch.commandId(), flags, candles.subList(from, to)));
        }
    }
}
