package io.millrace.gateway.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.codecs.event.FundingHistoryDecoder;
import io.millrace.codecs.event.FundingInfoDecoder;
import io.millrace.codecs.event.InsuranceFundDecoder;
import io.millrace.codecs.event.LongShortRatioDecoder;
import io.millrace.codecs.event.OpenInterestDecoder;
import io.millrace.codecs.value.Streams;
import io.millrace.gateway.GatewayRig;
import io.millrace.gateway.StubVenue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsPollerTest {
    private static final StatisticsSettings QUICK = new StatisticsSettings(
            1,
            Duration.ofSeconds(10),
            Duration.ofHours(1),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofHours(1),
            Duration.ofMillis(50));

    @Test
    void shouldPublishWhatOnlyRestTellsWhenItIsPolled() {
        try (StubVenue venue = GatewayRig.venue("AUSDT", "BUSDT")) {
            answer(venue);
            InstrumentSettings instruments =
                    InstrumentSettings.of(List.of("AUSDT", "BUSDT"), Streams.bit(Streams.MARK_PRICE));
            try (GatewayRig rig =
                    new GatewayRig(GatewayRig.settings(venue, instruments).with(QUICK))) {
                pass(
                        rig,
                        "all kinds",
                        () -> rig.control.count(OpenInterestDecoder.TEMPLATE_ID) >= 2
                                && rig.control.count(LongShortRatioDecoder.TEMPLATE_ID) >= 2
                                && rig.control.count(FundingHistoryDecoder.TEMPLATE_ID) >= 2);
                assertEquals(1, rig.control.count(FundingInfoDecoder.TEMPLATE_ID));
                assertEquals(2, rig.control.count(InsuranceFundDecoder.TEMPLATE_ID));
                pass(rig, "the first again", () -> asked(venue, "openInterest?symbol=AUSDT") >= 3);
                assertEquals(1, asked(venue, "openInterest?symbol=BUSDT"));
                assertEquals(1, asked(venue, "fundingInfo"));
            }
        }
    }

    @Test
    void shouldAskNothingWhenPollingIsOff() {
        try (StubVenue venue = GatewayRig.venue("AUSDT")) {
            InstrumentSettings instruments = InstrumentSettings.of(List.of("AUSDT"), Streams.bit(Streams.MARK_PRICE));
            try (GatewayRig rig = new GatewayRig(GatewayRig.settings(venue, instruments))) {
                rig.pumpUntil("up", () -> rig.gateway.status().isUp());
                for (int i = 0; i < 100; i++) {
                    rig.time.pass(Duration.ofSeconds(1));
                    rig.gateway.doWork();
                }
                assertFalse(venue.restTargets.stream().anyMatch(target -> target.contains("openInterest")));
            }
        }
    }

    /** Lets the gateway's time go on, a little with each turn. */
    private static void pass(GatewayRig rig, String what, java.util.function.BooleanSupplier condition) {
        rig.pumpUntil(what, () -> {
            rig.time.pass(Duration.ofMillis(1));
            return condition.getAsBoolean();
        });
    }

    private static long asked(StubVenue venue, String part) {
        return venue.restTargets.stream()
                .filter(target -> target.contains(part))
                .count();
    }

    private static void answer(StubVenue venue) {
        venue.on(
                "/fapi/v1/openInterest",
                target -> StubVenue.Reply.json(
                        "{\"openInterest\":\"10659.509\",\"symbol\":\"X\",\"time\":1795262400011}"));
        venue.on(
                "/futures/data/globalLongShortAccountRatio",
                target -> StubVenue.Reply.json("[{\"symbol\":\"X\",\"longShortRatio\":\"1.5\",\"longAccount\":\"0.6\","
                        + "\"shortAccount\":0.4,\"timestamp\":1795262400000}]"));
        venue.on(
                "/fapi/v1/fundingRate",
                target -> StubVenue.Reply.json(
                        "[{\"symbol\":\"X\",\"fundingTime\":1795233600000,\"fundingRate\":\"0.00010000\","
                                + "\"markPrice\":\"1\",\"rateType\":\"Regular\"},{\"symbol\":\"X\",\"fundingTime\":1795240000000,"
                                + "\"fundingRate\":\"0.01\",\"rateType\":\"Special\"}]"));
        venue.on(
                "/fapi/v1/fundingInfo",
                target -> StubVenue.Reply.json("[{\"symbol\":\"BUSDT\",\"adjustedFundingRateCap\":\"0.02\","
                        + "\"adjustedFundingRateFloor\":\"-0.02\",\"fundingIntervalHours\":4}]"));
        venue.on(
                "/fapi/v1/insuranceBalance",
                target -> StubVenue.Reply.json("{\"symbols\":[\"AUSDT\",\"BUSDT\"],\"assets\":[{\"asset\":\"USDT\","
                        + "\"marginBalance\":\"123.45\",\"updateTime\":1795262400000}]}"));
    }

    @Test
    void shouldFitTheSharedWeightWhenSixHundredContractsArePolled() {
        StatisticsSettings settings = StatisticsSettings.of(64);
        double perMinute = 64 / (settings.interestOften().toSeconds() / 60.0)
                + (648 - 64) / (settings.interestSeldom().toSeconds() / 60.0)
                + 2 / (settings.fundingEvery().toSeconds() / 60.0);
        assertTrue(perMinute < 0.06 * 2_400, perMinute + " weight a minute");
    }
}
