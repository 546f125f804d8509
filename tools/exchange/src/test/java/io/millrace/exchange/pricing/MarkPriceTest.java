package io.millrace.exchange.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.account.Money;
import io.millrace.exchange.pricing.MarkPrice.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkPriceTest {
    private static final long START_MS = 1_795_262_400_000L;
    private static final long HOUR_MS = 3_600_000L;
    private static final FundingTerms TERMS = new FundingTerms(10_000, 8, 300_000, -300_000);

    private static Sample at(String middle, String last) {
        long middleE8 = Money.parse(middle);
        long half = Money.parse("0.05");
        return new Sample(middleE8 - half, middleE8 + half, middleE8 - half, middleE8 + half, Money.parse(last));
    }

    @Test
    void shouldBeTheMedianOfTheTwoPricesAndTheLastTrade() {
        MarkPrice mark = new MarkPrice(7, TERMS, START_MS);
        List<BigDecimal> basis = new ArrayList<>();
        for (int second = 1; second <= 100; second++) {
            BigDecimal middle = new BigDecimal(60_000 + 3 * (second % 17));
            BigDecimal last = middle.add(new BigDecimal(second % 5 - 2));
            long timeMs = START_MS + second * 1000L;

            mark.sample(at(middle.toPlainString(), last.toPlainString()), timeMs);

            BigDecimal index = Money.toDecimal(mark.indexE8());
            basis.add(middle.subtract(index));
            List<BigDecimal> window = basis.subList(Math.max(0, basis.size() - 30), basis.size());
            BigDecimal mean = window.stream()
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .divide(new BigDecimal(window.size()), 8, RoundingMode.HALF_EVEN);
            BigDecimal left = new BigDecimal(mark.nextFundingMs() - timeMs);
            BigDecimal first = index.multiply(BigDecimal.ONE.add(Money.toDecimal(mark.rateE8())
                    .multiply(left)
                    .divide(new BigDecimal(8 * HOUR_MS), 20, RoundingMode.HALF_EVEN)));
            BigDecimal expected = median(first, index.add(mean), last);
            BigDecimal off = Money.toDecimal(mark.markE8()).subtract(expected).abs();
            assertTrue(off.compareTo(new BigDecimal("0.00000002")) < 0, "second " + second + " off by " + off);
        }
    }

    private static BigDecimal median(BigDecimal a, BigDecimal b, BigDecimal c) {
        List<BigDecimal> sorted = new ArrayList<>(List.of(a, b, c));
        sorted.sort(null);
        return sorted.get(1);
    }

    @Test
    void shouldGiveTheSameDigitsForTheSameSeedAndOthersForAnother() {
        MarkPrice one = new MarkPrice(7, TERMS, START_MS);
        MarkPrice same = new MarkPrice(7, TERMS, START_MS);
        MarkPrice other = new MarkPrice(8, TERMS, START_MS);
        boolean isDifferent = false;
        for (int second = 1; second <= 50; second++) {
            Sample sample = at("60000", "60000");
            one.sample(sample, START_MS + second * 1000L);
            same.sample(sample, START_MS + second * 1000L);
            other.sample(sample, START_MS + second * 1000L);
            assertEquals(one.indexE8(), same.indexE8());
            assertEquals(one.markE8(), same.markE8());
            isDifferent |= one.indexE8() != other.indexE8();
        }
        assertTrue(isDifferent);
    }

    @Test
    void shouldCapSpotMarketsThatStrayFromTheMedian() {
        // 100 counts as 105 at most: (105 x 20 % + 100 x 80 %) = 101.
        assertEquals(101_00, IndexProcess.weighted(new long[] {100_00, 100_00, 200_00}));
        assertEquals(99_00, IndexProcess.weighted(new long[] {100_00, 100_00, 10_00}));
    }

    @ParameterizedTest
    @CsvSource({
        // average premium, hours, rate
        "0,        8, 0.0001", // interest alone
        "0.0003,   8, 0.0001", // within the clamp the premium cancels out
        "0.0008,   8, 0.0003", // beyond it, less 0.05 %
        "-0.0008,  8, -0.0003",
        "0.0008,   4, 0.00015",
        "0.0008,   1, 0.0000375",
        "0.01,     8, 0.003", // cap
        "-0.01,    8, -0.003", // floor
    })
    void shouldMakeTheRateFromTheAveragePremium(String average, int hours, String expected) {
        assertEquals(Money.parse(expected), FundingRate.rate(Money.parse(average), TERMS, hours));
    }

    @Test
    void shouldWeighLaterPremiumsMore() {
        FundingRate rising = new FundingRate(TERMS, START_MS);
        rising.sample(0);
        rising.sample(0);
        rising.sample(60_000);

        assertEquals(30_000, rising.averagePremiumE8(), "(1 x 0 + 2 x 0 + 3 x 60,000) / 6");
    }

    @Test
    void shouldSettleAtTheBoundaryWithTheMarkPriceOfThatSecond() {
        MarkPrice mark = new MarkPrice(7, TERMS, START_MS);
        long dueMs = mark.nextFundingMs();
        assertEquals(0, dueMs % (8 * HOUR_MS));
        assertFalse(mark.sample(at("60000", "60000"), dueMs - 1));
        mark.forceRate(Money.parse("0.0012"));

        assertTrue(mark.sample(at("60000", "60000"), dueMs + 40));

        assertEquals(Money.parse("0.0012"), mark.settledRateE8());
        assertEquals(dueMs, mark.settledMs());
        assertEquals(dueMs + 8 * HOUR_MS, mark.nextFundingMs());
        assertFalse(mark.sample(at("60000", "60000"), dueMs + 1040));
    }

    @Test
    void shouldSettleHourlyAfterTheCapAndReturnToFourHoursWhenCalm() {
        FundingRate funding = new FundingRate(TERMS, START_MS);

        funding.settled(TERMS.capE8());
        assertEquals(1, funding.intervalHours());
        assertEquals(0, funding.nextMs() % HOUR_MS);
        for (int i = 1; i < FundingRate.CALM_SETTLEMENTS; i++) {
            funding.settled(FundingRate.CALM_RATE_E8);
        }
        assertEquals(1, funding.intervalHours());
        funding.settled(-FundingRate.CALM_RATE_E8);
        assertEquals(4, funding.intervalHours());
    }
}
