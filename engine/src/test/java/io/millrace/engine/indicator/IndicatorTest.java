package io.millrace.engine.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.indicator.Catalogue.Entry;
import io.millrace.engine.indicator.trend.Ema;
import io.millrace.engine.indicator.trend.Sma;
import io.millrace.engine.indicator.volume.SessionVwap;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class IndicatorTest {
    @Test
    void shouldLeaveTheStateAloneWhenASnapshotIsRefused() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        new Sma(20).snapshot(buffer, 0);
        Sma shorter = new Sma(10);
        shorter.update(3);
        long hash = shorter.stateHash();

        IllegalArgumentException settings =
                assertThrows(IllegalArgumentException.class, () -> shorter.restore(buffer, 0));
        assertTrue(settings.getMessage().contains("length 20.0"), settings.getMessage());
        IllegalArgumentException type =
                assertThrows(IllegalArgumentException.class, () -> new Ema(20).restore(buffer, 0));
        assertTrue(type.getMessage().contains("Ema"), type.getMessage());
        assertEquals(hash, shorter.stateHash());
    }

    @Test
    void shouldRefuseASnapshotWhenTheBufferIsTooShort() {
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[64]);
        assertThrows(IndexOutOfBoundsException.class, () -> new Sma(20).snapshot(buffer, 0));
    }

    @Test
    void shouldTellStatesApartByHash() {
        Ema a = new Ema(20);
        Ema b = new Ema(20);
        assertEquals(a.stateHash(), b.stateHash());
        assertNotEquals(a.stateHash(), new Ema(21).stateHash());
        a.update(1);
        b.update(Math.nextUp(1.0));
        assertNotEquals(a.stateHash(), b.stateHash());
        b.reset();
        b.update(1);
        assertEquals(a.stateHash(), b.stateHash());
    }

    @Test
    void shouldNameEveryOutput() {
        for (Entry entry : Catalogue.all()) {
            Indicator indicator = entry.make().get();
            int outputs = indicator.outputNames().size();
            assertEquals(outputs, indicator.outputNames().stream().distinct().count(), entry.name());
            for (int k = 0; k < outputs; k++) {
                assertTrue(Double.isNaN(indicator.output(k)), entry.name());
            }
            assertThrows(IndexOutOfBoundsException.class, () -> indicator.output(outputs), entry.name());
            assertThrows(IndexOutOfBoundsException.class, () -> indicator.output(-1), entry.name());
        }
    }

    @Test
    void shouldRefuseInputsThatAreNoNumbers() {
        Sma sma = new Sma(2);
        sma.update(1);
        long hash = sma.stateHash();
        assertThrows(IllegalArgumentException.class, () -> sma.update(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> sma.update(Double.NEGATIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> sma.update(1e101));
        assertEquals(hash, sma.stateHash());
    }

    @Test
    void shouldRefuseNumbersThatAreNoBar() {
        Bar bar = new Bar().set(2, 3, 1, 2, 10, 4);
        assertThrows(IllegalArgumentException.class, () -> bar.set(4, 3, 1, 2, 10, 4), "open above high");
        assertThrows(IllegalArgumentException.class, () -> bar.set(2, 3, 1, 0.5, 10, 4), "close below low");
        assertThrows(IllegalArgumentException.class, () -> bar.set(2, 3, 1, Double.NaN, 10, 4));
        assertThrows(IllegalArgumentException.class, () -> bar.set(2, Double.POSITIVE_INFINITY, 1, 2, 10, 4));
        assertThrows(IllegalArgumentException.class, () -> bar.set(2, 3, -1, 2, 10, 4));
        assertThrows(IllegalArgumentException.class, () -> bar.set(2, 3, 1, 2, -1, -2));
        assertThrows(IllegalArgumentException.class, () -> bar.set(2, 3, 1, 2, 10, 11));
        assertThrows(IllegalArgumentException.class, () -> bar.set(2, 3, 1e-31, 2, 10, 4));
        assertEquals(3, bar.high());
        assertEquals(2, bar.typical());
        assertEquals(4, bar.takerBuyVolume());
    }

    /** The hash of all output bits is a constant: the same on every machine and JDK. It changes only with a formula. */
    @Test
    void shouldGiveTheSameBitsOnEveryMachine() {
        Series series = Series.wild(2026, 600);
        StateHasher hasher = new StateHasher().begin();
        for (Entry entry : Catalogue.all()) {
            Indicator indicator = entry.make().get();
            for (int i = 0; i < series.size(); i++) {
                Catalogue.feed(indicator, series.bar(i));
                for (int k = 0;
                        indicator.isReady() && k < indicator.outputNames().size();
                        k++) {
                    hasher.f64(indicator.output(k));
                }
            }
        }
        assertEquals(0xd166950e8851c35dL, hasher.hash(), () -> "0x" + Long.toHexString(hasher.hash()));
    }

    @Test
    void shouldBeginAnewWhenASessionStarts() {
        SessionVwap vwap = new SessionVwap();
        vwap.update(new Bar().set(10, 10, 10, 10, 5, 0));
        vwap.update(new Bar().set(20, 20, 20, 20, 15, 0));
        assertEquals(17.5, vwap.value());
        vwap.startSession();
        assertEquals(17.5, vwap.value());
        vwap.update(new Bar().set(30, 30, 30, 30, 0, 0));
        assertEquals(30, vwap.value());
        vwap.update(new Bar().set(40, 40, 40, 40, 1, 0));
        assertEquals(40, vwap.value());
    }
}
