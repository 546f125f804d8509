package io.millrace.codecs.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.codecs.event.ContractType;
import io.millrace.codecs.event.InstrumentStatus;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class InstrumentTableTest {
    private final InstrumentTable table = new InstrumentTable();

    @Test
    void shouldFindAThousandInstrumentsByIdAndSymbol() {
        for (int id = 0; id < 1024; id++) {
            table.put(spec(id, 1, "COIN" + id + "USDT"));
        }
        assertEquals(1024, table.size());
        assertEquals(1024, table.nextId());
        for (int id = 0; id < 1024; id++) {
            assertEquals("COIN" + id + "USDT", table.byId(id).symbol());
            assertSame(table.byId(id), find("COIN" + id + "USDT"));
        }
        assertNull(find("COIN1024USDT"));
        assertNull(find(""));
        assertNull(table.byId(-1));
        assertNull(table.byId(5000));
    }

    @Test
    void shouldReplaceOlderVersionAndSaySo() {
        table.put(spec(3, 1, "\u5e01USDT"));
        int revision = table.revision();
        table.put(spec(3, 2, "\u5e01USDT"));
        assertNotEquals(revision, table.revision());
        assertEquals(1, table.size());
        assertEquals(2, find("\u5e01USDT").gridVersion());
        assertEquals(4, table.nextId());
    }

    @Test
    void shouldRefuseWhatWouldGiveAnIdTwice() {
        table.put(spec(0, 1, "AUSDT"));
        assertThrows(IllegalArgumentException.class, () -> table.put(spec(0, 1, "BUSDT")));
        assertThrows(IllegalArgumentException.class, () -> table.put(spec(1, 1, "AUSDT")));
        assertThrows(IllegalArgumentException.class, () -> table.put(spec(1, 1, "")));
        assertThrows(IllegalArgumentException.class, () -> table.put(spec(1, 1, "X".repeat(65))));
        assertThrows(IllegalArgumentException.class, () -> spec(InstrumentSpec.MAX_INSTRUMENTS, 1, "C"));
        assertThrows(IllegalArgumentException.class, () -> spec(1, 65536, "C"));
    }

    private InstrumentSpec find(String symbol) {
        byte[] bytes = ("##" + symbol).getBytes(StandardCharsets.UTF_8);
        return table.find(new UnsafeBuffer(bytes), 2, bytes.length - 2);
    }

    private static InstrumentSpec spec(int id, int gridVersion, String symbol) {
        return new InstrumentSpec(
                id,
                gridVersion,
                symbol,
                new Grid(1, -1),
                new Grid(1, -3),
                InstrumentSpec.Limits.NONE,
                ContractType.PERPETUAL,
                InstrumentStatus.TRADING,
                0,
                0,
                0,
                0);
    }
}
