package io.millrace.engine.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.memory.StateMemory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OrderStoreTest {
    private static final int CAPACITY = 24;

    /** Something that happens to one of the orders: it comes, gets a state, or is forgotten. */
    record Step(long key, OrderState state) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> keys = Arbitraries.longs().between(1, CAPACITY);
        return Combinators.combine(keys, Arbitraries.of(OrderState.class))
                .as(Step::new)
                .list()
                .ofMaxSize(400);
    }

    @Property(tries = 200)
    void shouldKeepLiveOrdersFirst(@ForAll("steps") List<Step> steps) {
        OrderStore store = new OrderStore(new StateMemory(OrderStore.words(CAPACITY)), CAPACITY);
        Map<Long, OrderState> expected = new HashMap<>();
        for (Step step : steps) {
            int slot = store.ofKey(step.key());
            if (slot == OrderStore.NONE) {
                slot = store.take(step.key());
            }
            if (step.state() == OrderState.NONE) {
                store.release(slot);
                expected.remove(step.key());
            } else {
                store.state(slot, step.state());
                expected.put(step.key(), step.state());
            }
            check(store, expected);
        }
    }

    private static void check(OrderStore store, Map<Long, OrderState> expected) {
        assertEquals(expected.size(), store.size());
        assertEquals(expected.values().stream().filter(OrderState::isLive).count(), store.unfinished());
        assertEquals(
                expected.values().stream().filter(OrderState.UNKNOWN::equals).count(), store.unknown());
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < store.size(); i++) {
            int slot = store.at(i);
            long key = store.get(slot, OrderFields.KEY);
            assertTrue(seen.add(key), "twice in the list: " + key);
            assertEquals(expected.get(key), store.state(slot));
            assertEquals(i < store.unfinished(), store.state(slot).isLive(), "place " + i);
            assertTrue(store.isTaken(slot) && slot < store.slots());
        }
        for (int slot = 0; slot < store.slots(); slot++) {
            assertEquals(seen.contains(store.get(slot, OrderFields.KEY)), store.isTaken(slot));
        }
    }
}
