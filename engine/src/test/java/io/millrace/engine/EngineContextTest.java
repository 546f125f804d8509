package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class EngineContextTest {
    private static String errorOf(EngineContext context) {
        return assertThrows(IllegalStateException.class, context::conclude).getMessage();
    }

    @Test
    void shouldTakeTheDefaults() {
        EngineContext context = new EngineContext();
        assertSame(context, context.conclude());
    }

    @Test
    void shouldNameSettingValueLimitAndCure() {
        assertEquals(
                "engine.ringSlots=1000 is not a power of two, use 1024", errorOf(new EngineContext().ringSlots(1000)));
        assertEquals("engine.ringSlots=8 is outside 16 to 1048576, use 16", errorOf(new EngineContext().ringSlots(8)));
        assertEquals(
                "engine.slotLength=1000 is not a multiple of 64, use 1024",
                errorOf(new EngineContext().slotLength(1000)));
        assertEquals(
                "engine.slotLength=256 is outside 512 to 65536, use 512", errorOf(new EngineContext().slotLength(256)));
        assertEquals(
                "engine.ringSlots=1048576 x engine.slotLength=2048 is over the limit of 1073741824 bytes,"
                        + " use fewer or shorter slots",
                errorOf(new EngineContext().ringSlots(1 << 20).slotLength(2048)));
        assertEquals(
                "engine.checkpointInterval=100 is not a power of two, use 128",
                errorOf(new EngineContext().checkpointInterval(100)));
        assertEquals("engine.batchLimit=0 is outside 1 to 1048576, use 1", errorOf(new EngineContext().batchLimit(0)));
        assertEquals("engine.sampleShift=63 is outside 0 to 62, use 62", errorOf(new EngineContext().sampleShift(63)));
        assertEquals(
                "engine.nanoClock=null, leave it out for the default", errorOf(new EngineContext().nanoClock(null)));
        assertEquals(
                "engine.firstSequence=-1 is outside 0 to 72057594037927935, use 0",
                errorOf(new EngineContext().firstSequence(-1)));
    }
}
