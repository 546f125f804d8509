package io.millrace.engine.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateMemoryTest {
    private static final long SEED = 77;

    @Test
    void shouldHashTheWordsAndNotTheirHistory() {
        StateMemory first = new StateMemory(8);
        StateMemory second = new StateMemory(8);
        assertEquals(0, first.hash());
        first.set(3, 5);
        first.set(1, -9);
        second.set(1, 4);
        second.set(3, 5);
        assertNotEquals(first.hash(), second.hash());
        second.set(1, -9);
        assertEquals(first.hash(), second.hash());
        second.set(1, 5);
        second.set(3, -9);
        assertNotEquals(first.hash(), second.hash(), "places count");
        first.set(3, 0);
        first.set(1, 0);
        assertEquals(0, first.hash());
    }

    @Test
    void shouldTakeBackWhatWasNotCommitted() {
        StateMemory memory = new StateMemory(4);
        memory.set(0, 1);
        memory.commit();
        long hash = memory.hash();
        for (int i = 0; i < 10_000; i++) {
            memory.add(i & 3, i);
        }
        memory.rollback();
        assertEquals(1, memory.get(0));
        assertEquals(0, memory.get(3));
        assertEquals(hash, memory.hash());
    }

    @Test
    void shouldRefuseToReserveMoreThanThereIs() {
        StateMemory memory = new StateMemory(4);
        assertEquals(0, memory.reserve(3));
        assertThrows(IllegalStateException.class, () -> memory.reserve(2));
    }

    @Test
    void shouldMapAsAHashMapDoesAndGoBackWithTheMemory() {
        Random random = new Random(SEED);
        StateMemory memory = new StateMemory(LongMap.words(64));
        LongMap map = new LongMap(memory, 64);
        Map<Long, Long> oracle = new HashMap<>();
        for (int round = 0; round < 2_000; round++) {
            Map<Long, Long> before = new HashMap<>(oracle);
            for (int i = 0; i < 10; i++) {
                long key = 1L + random.nextInt(90);
                if (random.nextInt(3) == 0) {
                    map.remove(key);
                    oracle.remove(key);
                } else if (oracle.containsKey(key) || !map.isFull()) {
                    map.put(key, i);
                    oracle.put(key, (long) i);
                }
            }
            if (random.nextBoolean()) {
                memory.rollback();
                oracle = before;
            }
            memory.commit();
            assertEquals(oracle.size(), map.size(), "seed " + SEED);
            for (long key = 0; key <= 91; key++) {
                assertEquals(oracle.getOrDefault(key, LongMap.MISSING), map.get(key), "seed " + SEED + " key " + key);
            }
        }
        assertThrows(IllegalStateException.class, () -> map.put(0, 1));
    }
}
