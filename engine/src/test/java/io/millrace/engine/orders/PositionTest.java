package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.codecs.value.Grid;
import io.millrace.engine.memory.StateMemory;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PositionTest {
    private static final long SEED = 5;

    private final StateMemory memory = new StateMemory(Instruments.words() + FillMemory.words(1024));
    private final Instruments instruments = new Instruments(memory);
    private final FillMemory fills = new FillMemory(memory, instruments, 1024);

    @Test
    void shouldAverageWhatOpensAndKeepThatPriceForWhatIsLeft() {
        instruments.fill(3, 10, 100);
        instruments.fill(3, 30, 120);
        assertEquals(115, instruments.entryTicks(3));
        instruments.fill(3, -20, 200);
        assertEquals(115, instruments.entryTicks(3));
        instruments.fill(3, -25, 90);
        assertEquals(-5, instruments.get(3, Instruments.LOTS));
        assertEquals(90, instruments.entryTicks(3), "beyond zero it is a new position");
        instruments.fill(3, 5, 80);
        assertEquals(0, instruments.entryTicks(3));
    }

    @Test
    void shouldKeepCashExactInBothDirections() {
        Random random = new Random(SEED);
        BigInteger cash = BigInteger.ZERO;
        for (int i = 0; i < 10_000; i++) {
            long lots = (random.nextBoolean() ? 1 : -1) * (1 + (random.nextLong() >>> 24));
            long ticks = 1 + (random.nextLong() >>> 34);
            instruments.fill(0, lots, ticks);
            cash = cash.add(BigInteger.valueOf(lots).multiply(BigInteger.valueOf(ticks)));
            BigInteger known = BigInteger.valueOf(instruments.get(0, Instruments.CASH_HIGH))
                    .shiftLeft(64)
                    .add(new BigInteger(Long.toUnsignedString(instruments.get(0, Instruments.CASH_LOW))));
            assertEquals(cash, known, "seed " + SEED + " fill " + i);
        }
    }

    @Test
    void shouldTakeForgottenFillsForCounted() {
        for (long id = 1; id <= 1_030; id++) {
            long key = FillMemory.key(7, 1, id);
            assertEquals(FillMemory.NEW, fills.find(key));
            fills.put(key, FillMemory.COUNTED);
        }
        assertEquals(FillMemory.FORGOTTEN, fills.find(FillMemory.key(7, 1, 6)));
        assertEquals(FillMemory.COUNTED, fills.find(FillMemory.key(7, 1, 7)));
        assertEquals(FillMemory.NEW, fills.find(FillMemory.key(8, 1, 6)), "of another instrument");
        assertEquals(FillMemory.NEW, fills.find(FillMemory.key(7, 2, 1_030)), "of the other side");
    }

    @Test
    void shouldRoundNotionalsUpAndSayWhatDoesNotFit() {
        Grid tenth = new Grid(1, -1);
        Grid thousandth = new Grid(1, -3);
        assertEquals(91_200_00000000L, Notional.e8(tenth, thousandth, 912_000, 1_000));
        assertEquals(1, Notional.e8(new Grid(1, -7), new Grid(1, -4), 1, 1));
        assertEquals(Notional.TOO_LARGE, Notional.e8(tenth, thousandth, 1L << 40, 1L << 40));
        assertEquals(Notional.TOO_LARGE, Notional.e8(new Grid(1, 6), new Grid(1, 6), 1L << 30, 1));
    }
}
