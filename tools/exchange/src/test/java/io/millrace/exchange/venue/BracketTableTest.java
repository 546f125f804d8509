package io.millrace.exchange.venue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BracketTableTest {
    private static final long E8 = 100_000_000L;
    private static final BracketTable BITCOIN = BracketTable.of(
            new long[] {300_000, 400_000, 125},
            new long[] {800_000, 500_000, 100},
            new long[] {3_000_000, 650_000, 75},
            new long[] {12_000_000, 1_000_000, 50},
            new long[] {70_000_000, 2_000_000, 25});

    @Test
    void shouldSumWhatIsTakenOffWhenRatesRise() {
        assertEquals(
                List.of(0L, 300 * E8, 1_500 * E8, 12_000 * E8, 132_000 * E8),
                BITCOIN.brackets().stream().map(MarginBracket::cumE8).toList());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "299999, 1", "300000, 2", "799999, 2", "800000, 3", "3000000, 4", "12000000, 5", "900000000, 5"
    })
    void shouldCountTheFloorToTheUpperBracket(long notional, int bracket) {
        assertEquals(bracket, BITCOIN.of(notional * E8).number());
    }

    @ParameterizedTest
    @CsvSource({"126, 0", "125, 300000", "101, 300000", "100, 800000", "25, 70000000", "1, 70000000"})
    void shouldLimitThePositionByLeverage(int leverage, long notional) {
        assertEquals(notional * E8, BITCOIN.maxNotionalE8(leverage));
    }

    @Test
    void shouldRefuseBracketsWithAHole() {
        List<MarginBracket> holed = List.of(new MarginBracket(1, 10, 0, 5, 1, 0), new MarginBracket(2, 5, 6, 9, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new BracketTable(holed));
    }
}
