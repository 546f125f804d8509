package io.millrace.exchange.conditional;

import static io.millrace.exchange.conditional.AlgoRig.ACCOUNT;
import static io.millrace.exchange.conditional.AlgoRig.BTC;
import static io.millrace.exchange.conditional.AlgoRig.MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.exchange.trade.OrderType;
import io.millrace.exchange.trade.Side;
import io.millrace.exchange.trade.VenueException;
import io.millrace.exchange.trade.WorkingType;
import io.millrace.exchange.venue.VenueRandom;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random prices and orders, against the rules as the venue writes them down, applied to each order's whole history of prices
 * in exact decimals, without any index.
 */
class TriggerOracleTest {
    private static final int TICKS = 8_000;
    private static final BigDecimal TENTHS_OF_PERCENT = BigDecimal.valueOf(1000);
    private static final BigDecimal PROTECT = new BigDecimal("0.05");

    private final AlgoRig rig = new AlgoRig();
    private final Map<Long, Naive> waiting = new TreeMap<>();

    /** An order with every price that it has seen. */
    private static final class Naive {
        final AlgoRequest request;
        final List<BigDecimal> seen = new ArrayList<>();
        boolean isActive;

        Naive(AlgoRequest request, BigDecimal price) {
            this.request = request;
            seen.add(price);
            this.isActive = request.isTrailing() && request.activatePriceTicks() == 0;
        }

        boolean isMet(BigDecimal last, BigDecimal mark) {
            BigDecimal price = request.workingType() == WorkingType.MARK_PRICE ? mark : last;
            seen.add(price);
            if (request.isTrailing()) {
                return isTrailingMet(price);
            }
            BigDecimal trigger = BigDecimal.valueOf(request.triggerPriceTicks(), 1);
            boolean isReached = switch (request.type()) {
                case STOP, STOP_MARKET ->
                    request.side() == Side.BUY ? price.compareTo(trigger) >= 0 : price.compareTo(trigger) <= 0;
                default -> request.side() == Side.BUY ? price.compareTo(trigger) <= 0 : price.compareTo(trigger) >= 0;
            };
            boolean isApart = mark.subtract(last).abs().compareTo(PROTECT.multiply(mark)) > 0;
            return isReached && !(request.priceProtect() && isApart);
        }

        private boolean isTrailingMet(BigDecimal price) {
            BigDecimal rate = BigDecimal.valueOf(request.callbackTenths()).divide(TENTHS_OF_PERCENT);
            BigDecimal activate = BigDecimal.valueOf(request.activatePriceTicks(), 1);
            if (request.side() == Side.BUY) {
                BigDecimal lowest = seen.stream().min(BigDecimal::compareTo).orElseThrow();
                isActive |= lowest.compareTo(activate) <= 0;
                return isActive && price.compareTo(lowest.multiply(BigDecimal.ONE.add(rate))) >= 0;
            }
            BigDecimal highest = seen.stream().max(BigDecimal::compareTo).orElseThrow();
            isActive |= highest.compareTo(activate) >= 0;
            return isActive && price.compareTo(highest.multiply(BigDecimal.ONE.subtract(rate))) <= 0;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldTriggerExactlyWhatTheRulesSay(long seed) {
        VenueRandom random = new VenueRandom(seed);
        int triggered = 0;
        for (int tick = 0; tick < TICKS; tick++) {
            if (random.nextInt(3) == 0 && waiting.size() < 60) {
                placeOne(random);
            }
            if (random.nextInt(10) == 0 && !waiting.isEmpty()) {
                cancelOne(random);
            }
            move(random);
            rig.nowNs += MS;
            rig.events.clear();
            rig.service.onPrices(BTC, rig.nowNs);
            triggered += compare(seed, tick);
            rig.service.advance(rig.nowNs);
        }
        assertTrue(triggered > 400, "seed " + seed + " triggered only " + triggered);
        assertEquals(
                waiting.size(),
                rig.service.open(ACCOUNT, BTC).stream()
                        .filter(order -> order.status() == AlgoStatus.NEW)
                        .count());
    }

    private void move(VenueRandom random) {
        // Jumps now and then, so that several orders fire at once and the prices part from each other.
        int reach = random.nextInt(50) == 0 ? 60_000 : 1_500;
        int step = random.nextInt(2 * reach + 1) - reach;
        if (random.nextInt(2) == 0) {
            rig.lastTicks[BTC] = bounded(rig.lastTicks[BTC] + step);
        } else {
            // Mark prices come back to the last price, and are not on the grid of ticks.
            long offGrid = random.nextInt((int) AlgoRig.TICK_E8);
            long ticks = rig.markE8[BTC] / AlgoRig.TICK_E8;
            long next = ticks + (rig.lastTicks[BTC] - ticks) / 4 + step;
            rig.markE8[BTC] = bounded(next) * AlgoRig.TICK_E8 + offGrid;
        }
    }

    private static long bounded(long ticks) {
        return Math.max(700_000, Math.min(1_100_000, ticks));
    }

    private void placeOne(VenueRandom random) {
        OrderType[] types = {
            OrderType.STOP,
            OrderType.STOP_MARKET,
            OrderType.TAKE_PROFIT,
            OrderType.TAKE_PROFIT_MARKET,
            OrderType.TRAILING_STOP_MARKET
        };
        OrderType type = types[random.nextInt(types.length)];
        long near = rig.lastTicks[BTC] + random.nextInt(40_001) - 20_000;
        AlgoRequest.Builder builder = AlgoRequest.of(ACCOUNT, BTC, random.nextInt(2) == 0 ? Side.BUY : Side.SELL, type)
                .qtyLots(100)
                .workingType(random.nextInt(2) == 0 ? WorkingType.CONTRACT_PRICE : WorkingType.MARK_PRICE);
        if (type == OrderType.TRAILING_STOP_MARKET) {
            builder.trailing(random.nextInt(2) == 0 ? 0 : near, 1 + random.nextInt(40));
        } else {
            builder.triggerPriceTicks(near).priceProtect(random.nextInt(2) == 0);
        }
        if (type == OrderType.STOP || type == OrderType.TAKE_PROFIT) {
            builder.priceTicks(near);
        }
        AlgoRequest request = builder.build();
        BigDecimal last = last();
        BigDecimal mark = mark();
        BigDecimal price = request.workingType() == WorkingType.MARK_PRICE ? mark : last;
        try {
            AlgoOrder order = rig.service.place(request, rig.nowNs);
            waiting.put(order.algoId(), new Naive(request, price));
        } catch (VenueException e) {
            assertEquals(-2021, e.code(), e.toString());
            assertTrue(isMetAlready(request, price), request + " at " + price);
        }
    }

    private static boolean isMetAlready(AlgoRequest request, BigDecimal price) {
        if (request.isTrailing()) {
            int side = price.compareTo(BigDecimal.valueOf(request.activatePriceTicks(), 1));
            return request.side() == Side.BUY ? side <= 0 : side >= 0;
        }
        AlgoRequest bare = AlgoRequest.of(ACCOUNT, BTC, request.side(), request.type())
                .triggerPriceTicks(request.triggerPriceTicks())
                .build();
        return new Naive(bare, price).isMet(price, price);
    }

    private void cancelOne(VenueRandom random) {
        List<Long> ids = List.copyOf(waiting.keySet());
        long id = ids.get(random.nextInt(ids.size()));
        waiting.remove(id);
        try {
            rig.service.cancel(ACCOUNT, id, null, rig.nowNs);
        } catch (VenueException e) {
            throw new AssertionError("order " + id + " should wait", e);
        }
    }

    /** Returns how many orders have triggered. */
    private int compare(long seed, int tick) {
        BigDecimal last = last();
        BigDecimal mark = mark();
        List<String> activations = new ArrayList<>();
        List<String> triggers = new ArrayList<>();
        for (Map.Entry<Long, Naive> entry : waiting.entrySet()) {
            boolean wasActive = entry.getValue().isActive;
            boolean isMet = entry.getValue().isMet(last, mark);
            boolean isActive = entry.getValue().isActive;
            String name = entry.getKey() % 1000 + " ";
            if (isActive && !wasActive) {
                activations.add(name + "NEW *");
            }
            if (isMet) {
                triggers.add(name + "TRIGGERING" + (isActive ? " *" : ""));
            }
        }
        List<String> heardActivations = rig.events.stream()
                .filter(event -> event.contains("NEW"))
                .sorted()
                .toList();
        List<String> heardTriggers = rig.events.stream()
                .filter(event -> event.contains("TRIGGERING"))
                .toList();
        String where = "seed " + seed + " tick " + tick + " last " + last + " mark " + mark;
        assertEquals(activations.stream().sorted().toList(), heardActivations, where);
        assertEquals(triggers, heardTriggers, where);
        waiting.keySet().removeIf(id -> triggers.stream().anyMatch(event -> event.startsWith(id % 1000 + " ")));
        return triggers.size();
    }

    private BigDecimal last() {
        return BigDecimal.valueOf(rig.lastTicks[BTC], 1);
    }

    private BigDecimal mark() {
        return BigDecimal.valueOf(rig.markE8[BTC], 8);
    }
}
