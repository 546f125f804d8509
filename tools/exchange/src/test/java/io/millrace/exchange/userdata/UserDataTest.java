package io.millrace.exchange.userdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.trade.Order;
import io.millrace.exchange.trade.OrderRequest;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.venue.VenueRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class UserDataTest {
    private static final int ACCOUNT = 3;
    private static final long MS = 1_000_000L;
    private static final long START_NS = 1_795_262_400_000_000_000L;
    private static final long HOUR_NS = 3_600_000L * MS;

    private record Heard(int accountId, PrivateEvent event, long pushMs) {}

    private final List<Heard> heard = new ArrayList<>();
    private UserData service = service(DeliverySettings.of(1));

    private UserData service(DeliverySettings settings) {
        UserData made = new UserData(settings);
        made.addSink((accountId, event, pushMs) -> heard.add(new Heard(accountId, event, pushMs)));
        return made;
    }

    private List<PrivateEventType> kinds() {
        return heard.stream().map(one -> one.event().kind()).toList();
    }

    private static OrderUpdate fill(long timeMs, long tradeId) {
        OrderRequest request =
                OrderRequest.of(ACCOUNT, 0, Side.BUY).limit(1000, 5).build();
        Order order = new Order(tradeId, request, 5, timeMs);
        order.fill(5, 1, timeMs);
        return OrderUpdate.of(
                order,
                ExecutionType.TRADE,
                new OrderUpdate.Fill(tradeId, 5, 1, false, 1, "USDT", 0),
                OrderUpdate.OpenNotional.NONE,
                null);
    }

    private static AccountUpdate account(long timeMs) {
        return new AccountUpdate(timeMs, AccountUpdate.Reason.ORDER, -1, List.of(), List.of());
    }

    private static void refuse(Executable executable) {
        assertEquals(-1125, assertThrows(VenueException.class, executable).code());
    }

    // --- listen keys

    @Test
    void shouldGiveOneKeyForAnAccountAndExtendItEachTime() throws VenueException {
        String key = service.openListenKey(ACCOUNT, START_NS);
        assertTrue(key.matches("[A-Za-z0-9]{64}"), key);
        assertNotEquals(key, service.openListenKey(ACCOUNT + 1, START_NS));
        long laterNs = START_NS + HOUR_NS - MS;
        assertEquals(key, service.openListenKey(ACCOUNT, laterNs), "asking again gives the same");
        service.advance(START_NS + HOUR_NS);
        assertEquals(key, service.listenKeyOf(ACCOUNT), "and extends it");
        assertNull(service.listenKeyOf(ACCOUNT + 1));
        assertEquals(key, service.extendListenKey(ACCOUNT, laterNs + HOUR_NS - MS));
        service.advance(laterNs + HOUR_NS);
        assertEquals(key, service.listenKeyOf(ACCOUNT));
    }

    @Test
    void shouldTellOnceWhenAKeyRunsOutAndRefuseToExtendIt() {
        String key = service.openListenKey(ACCOUNT, START_NS);
        assertEquals(START_NS + HOUR_NS, service.nextDueNs());
        service.advance(START_NS + HOUR_NS - MS);
        assertEquals(0, heard.size());
        service.advance(START_NS + HOUR_NS);
        service.advance(START_NS + 2 * HOUR_NS);
        assertEquals(
                List.of(new Heard(
                        ACCOUNT, new ListenKeyExpired((START_NS + HOUR_NS) / MS, key), (START_NS + HOUR_NS) / MS)),
                heard);
        refuse(() -> service.extendListenKey(ACCOUNT, START_NS + 2 * HOUR_NS));
        refuse(() -> service.closeListenKey(ACCOUNT, START_NS + 2 * HOUR_NS));
        assertNotEquals(key, service.openListenKey(ACCOUNT, START_NS + 2 * HOUR_NS));
    }

    @Test
    void shouldTellOfTheOldKeyWhenTheNewOneIsAskedForFirst() {
        String key = service.openListenKey(ACCOUNT, START_NS);
        String next = service.openListenKey(ACCOUNT, START_NS + HOUR_NS);
        assertNotEquals(key, next);
        service.advance(START_NS + HOUR_NS);
        assertEquals(
                new ListenKeyExpired((START_NS + HOUR_NS) / MS, key),
                heard.get(0).event());
        assertEquals(next, service.listenKeyOf(ACCOUNT));
    }

    @Test
    void shouldEndAKeySilentlyWhenItIsClosed() throws VenueException {
        String key = service.openListenKey(ACCOUNT, START_NS);
        service.closeListenKey(ACCOUNT, START_NS + MS);
        assertNull(service.listenKeyOf(ACCOUNT));
        refuse(() -> service.closeListenKey(ACCOUNT, START_NS + MS));
        refuse(() -> service.extendListenKey(ACCOUNT, START_NS + MS));
        service.advance(START_NS + 2 * HOUR_NS);
        assertEquals(0, heard.size());
        assertNotEquals(key, service.openListenKey(ACCOUNT, START_NS + 2 * HOUR_NS));
    }

    @Test
    void shouldLetAKeyRunOutEarlyWhenAFaultAsksForIt() {
        service.expireListenKey(ACCOUNT, START_NS);
        String key = service.openListenKey(ACCOUNT, START_NS);
        service.expireListenKey(ACCOUNT, START_NS + MS);
        service.advance(START_NS + MS);
        assertEquals(new ListenKeyExpired(START_NS / MS + 1, key), heard.get(0).event());
        assertNull(service.listenKeyOf(ACCOUNT));
    }

    // --- order of delivery

    @Test
    void shouldDeliverAFillInShortFirst() {
        service = service(DeliverySettings.immediate(1));
        service.publish(ACCOUNT, fill(START_NS / MS, 1), START_NS);
        service.publish(ACCOUNT, account(START_NS / MS), START_NS);
        assertEquals(0, heard.size(), "never inside the event itself");
        service.advance(START_NS);
        assertEquals(
                List.of(
                        PrivateEventType.TRADE_LITE,
                        PrivateEventType.ORDER_TRADE_UPDATE,
                        PrivateEventType.ACCOUNT_UPDATE),
                kinds());
    }

    @Test
    void shouldNotTellALiquidationInShort() {
        Order order =
                new Order(1, OrderRequest.of(ACCOUNT, 0, Side.BUY).market(5).build(), 0, START_NS / MS);
        order.markLiquidation();
        order.fill(5, 5, START_NS / MS);
        service.publish(
                ACCOUNT,
                OrderUpdate.of(
                        order,
                        ExecutionType.TRADE,
                        new OrderUpdate.Fill(1, 5, 5, false, 0, "USDT", 0),
                        OrderUpdate.OpenNotional.NONE,
                        null),
                START_NS);
        service.advance(START_NS + HOUR_NS);
        assertEquals(List.of(PrivateEventType.ORDER_TRADE_UPDATE), kinds());
    }

    @Test
    void shouldKeepTheOrderWithinAKindAndLetTheAccountVaryBetweenKinds() {
        VenueRandom random = new VenueRandom(11);
        long nowNs = START_NS;
        for (int i = 1; i <= 3000; i++) {
            nowNs += random.nextInt(3) * MS;
            int accountId = ACCOUNT + random.nextInt(2);
            service.publish(accountId, fill(nowNs / MS, i), nowNs);
            service.publish(accountId, account(nowNs / MS), nowNs);
            service.advance(nowNs);
        }
        service.advance(nowNs + HOUR_NS);
        assertEquals(9000, heard.size());
        Map<Integer, Map<PrivateEventType, Long>> lastTimes = new HashMap<>();
        Map<Long, Integer> lite = new HashMap<>();
        Set<Integer> sides = new HashSet<>();
        long lastPushMs = 0;
        for (int i = 0; i < heard.size(); i++) {
            Heard one = heard.get(i);
            assertTrue(one.pushMs() >= lastPushMs, "E goes back at " + i);
            assertTrue(one.pushMs() > one.event().timeMs(), "delivered before it happened at " + i);
            lastPushMs = one.pushMs();
            Long before = lastTimes
                    .computeIfAbsent(one.accountId(), id -> new EnumMap<>(PrivateEventType.class))
                    .put(one.event().kind(), one.event().timeMs());
            assertTrue(before == null || before <= one.event().timeMs(), "T goes back within a kind at " + i);
            if (one.event() instanceof TradeLite event) {
                lite.put(event.update().fill().tradeId(), i);
            } else if (one.event() instanceof OrderUpdate update) {
                assertTrue(lite.get(update.fill().tradeId()) < i, "the short form is first");
                long sameTime = update.timeMs();
                boolean isAccountTold = heard.subList(0, i).stream()
                        .skip(Math.max(0, i - 20))
                        .anyMatch(other -> other.accountId() == one.accountId()
                                && other.event() instanceof AccountUpdate
                                && other.event().timeMs() == sameTime);
                sides.add(isAccountTold ? 1 : 0);
            }
        }
        assertEquals(Set.of(0, 1), sides, "the account comes now before, now after the order");
    }

    @Test
    void shouldDeliverTheSameWhenTheSeedIsTheSame() {
        List<List<Heard>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            heard.clear();
            service = service(DeliverySettings.of(5));
            for (int i = 0; i < 100; i++) {
                service.publish(ACCOUNT, account(START_NS / MS + i), START_NS + i * MS);
            }
            // However time is cut into steps.
            for (long ns = START_NS; run == 0 && ns < START_NS + 100 * MS; ns += MS / 3) {
                service.advance(ns);
            }
            service.advance(START_NS + HOUR_NS);
            runs.add(List.copyOf(heard));
        }
        assertEquals(runs.get(0), runs.get(1));
    }

    @Test
    void shouldLeaveKeysAloneWhenOnlyDelivering() {
        String key = service.openListenKey(ACCOUNT, START_NS);
        service.publish(ACCOUNT, account(START_NS / MS), START_NS);
        service.deliver(START_NS + 5 * HOUR_NS);
        assertEquals(1, heard.size());
        assertTrue(heard.get(0).pushMs() <= START_NS / MS + 4, "E is when it was due");
        assertEquals(key, service.listenKeyOf(ACCOUNT));
    }

    // --- faults

    @Test
    void shouldLoseDoubleDelayAndSwapWhenFaultsSaySo() {
        service = service(DeliverySettings.immediate(1));
        List<DeliveryFaults.Fate> fates = new ArrayList<>(List.of(
                DeliveryFaults.Fate.LOST,
                DeliveryFaults.Fate.DUPLICATED,
                DeliveryFaults.Fate.late(7 * MS),
                DeliveryFaults.Fate.SWAPPED,
                DeliveryFaults.Fate.DELIVERED));
        service.setFaults((accountId, event) -> fates.remove(0));
        for (int i = 1; i <= 5; i++) {
            service.publish(ACCOUNT, account(i), START_NS);
        }
        service.advance(START_NS);
        assertEquals(
                List.of(2L, 2L, 5L, 4L),
                heard.stream().map(one -> one.event().timeMs()).toList());
        service.advance(START_NS + 7 * MS);
        assertEquals(3, heard.get(4).event().timeMs());
        service.setFaults(DeliveryFaults.NONE);
        service.publish(ACCOUNT, account(6), START_NS + 7 * MS);
        service.advance(START_NS + 7 * MS);
        assertEquals(6, heard.size());
    }
}
